import type { ReactNode } from 'react'
import { type Tone, toneFill, toneText } from './tone.ts'

interface MarkProps {
  readonly tone: Tone
  readonly children: ReactNode
}

/** A state in a word, with a dot; the tint only repeats what the word says. */
export function Badge({ tone, children }: MarkProps) {
  return (
    <span
      className={`inline-flex h-[22px] flex-none items-center gap-1.5 rounded-full px-2 text-xs font-medium whitespace-nowrap ${toneFill[tone]}`}
    >
      <span aria-hidden className="size-1.5 flex-none rounded-full bg-current" />
      {children}
    </span>
  )
}

/** SpacePay's own word for a payment; one we do not know is shown exactly as it came. */
export function StatusBadge({ status }: { readonly status: string }) {
  const known = statuses.get(status)
  return <Badge tone={known?.tone ?? 'unsure'}>{known?.word ?? status}</Badge>
}

const statuses: ReadonlyMap<string, { readonly tone: Tone; readonly word: string }> = new Map([
  ['pending', { tone: 'wait', word: 'Pending' }],
  ['processing', { tone: 'wait', word: 'Processing' }],
  ['completed', { tone: 'ok', word: 'Completed' }],
  ['failed', { tone: 'bad', word: 'Failed' }],
  ['expired', { tone: 'idle', word: 'Expired' }],
  ['cancelled', { tone: 'idle', word: 'Cancelled' }],
] as const)

/** Our own judgement (underpaid, late, …), beside a status and never instead of it. */
export function Flag({ tone, children }: MarkProps) {
  return (
    <span
      className={`inline-flex h-5 flex-none items-center rounded-sm border border-current/35 px-1.5 text-xs font-medium whitespace-nowrap ${toneText[tone]}`}
    >
      {children}
    </span>
  )
}

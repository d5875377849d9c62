import type { ReactNode } from 'react'
import { Identifier } from './identifier.tsx'
import type { Tone } from './tone.ts'

/** Why there is nothing here, and the next step. */
export function EmptyState({ title, children, action, heading: Heading = 'h2' }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-1 px-6 py-12 text-center">
      <Heading className="text-md font-semibold">{title}</Heading>
      <div className="max-w-[52ch] text-sm text-muted">{children}</div>
      {action !== undefined && <div className="mt-3 flex flex-wrap gap-2">{action}</div>}
    </div>
  )
}

interface EmptyStateProps {
  readonly title: string
  readonly children: ReactNode
  readonly action?: ReactNode
  /** `h1` where the panel is all there is on the page. */
  readonly heading?: 'h1' | 'h2'
}

/** What happened, what is safe and what to do; `reference` is what support can search in the log. */
export function ErrorPanel({
  title,
  cause,
  wayOut,
  heading: Heading = 'h2',
  ...more
}: ErrorPanelProps) {
  const { reference, action } = more
  return (
    <section
      role="alert"
      className="rounded-r-lg border border-l-3 border-line border-l-bad bg-surface px-5 py-4 text-sm"
    >
      <Heading className="text-md font-semibold">{title}</Heading>
      <p className="mt-1 max-w-[72ch] text-muted">{cause}</p>
      <p className="mt-1 max-w-[72ch] text-muted">{wayOut}</p>
      {(action !== undefined || reference) && (
        <div className="mt-3 flex flex-wrap items-center gap-3">
          {action}
          {reference && (
            <span className="text-xs text-faint">
              Reference <Identifier value={reference} label="Reference" full />
            </span>
          )}
        </div>
      )}
    </section>
  )
}

interface ErrorPanelProps {
  readonly title: string
  readonly cause: ReactNode
  readonly wayOut: ReactNode
  readonly reference?: string | null | undefined
  /** `h1` where the panel is all there is on the page. */
  readonly heading?: 'h1' | 'h2'
  readonly action?: ReactNode
}

/** One thing to know before reading on, such as a verdict or a filter that was not understood. */
export function Notice({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <div className={`rounded-r-md border-l-3 px-3.5 py-2.5 text-sm text-text ${noticeTone[tone]}`}>
      {children}
    </div>
  )
}

const noticeTone = {
  ok: 'border-ok bg-ok-soft',
  wait: 'border-wait bg-wait-soft',
  warn: 'border-warn bg-warn-soft',
  bad: 'border-bad bg-bad-soft',
  unsure: 'border-unsure bg-unsure-soft',
  idle: 'border-line-strong bg-idle-soft',
} as const satisfies Record<Tone, string>

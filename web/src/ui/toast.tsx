import { X } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { IconButton } from './button.tsx'
import { type Tone, toneText } from './tone.ts'

interface ToastText {
  readonly title: string
  readonly detail?: string
  readonly tone: Tone
}

const SHOWN_MS = 6_000
const MOST = 3

/** For the end of background work only; a fault a person has to act on belongs where they act. */
export function toast(text: ToastText): void {
  serial += 1
  const id = serial
  publish([...shown, { ...text, id }].slice(-MOST))
  // A fault stays until it is read.
  if (text.tone !== 'bad') setTimeout(() => dismiss(id), SHOWN_MS)
}

/** Mounted once, by the root. */
export function Toaster() {
  const toasts = useSyncExternalStore(subscribe, () => shown)
  return (
    <output
      aria-live="polite"
      className="pointer-events-none fixed right-4 bottom-4 z-50 flex w-[min(360px,calc(100vw-32px))] flex-col gap-2"
    >
      {toasts.map(({ id, title, detail, tone }) => (
        <div
          key={id}
          className="pointer-events-auto flex items-start gap-2 rounded-lg bg-surface py-2 pr-2 pl-4 text-sm shadow-overlay"
        >
          <div className="min-w-0 flex-1 py-1">
            <p className={`font-medium ${toneText[tone]}`}>{title}</p>
            {detail && <p className="text-muted">{detail}</p>}
          </div>
          <IconButton label="Dismiss" onClick={() => dismiss(id)}>
            <X aria-hidden className="size-4" />
          </IconButton>
        </div>
      ))}
    </output>
  )
}

interface Shown extends ToastText {
  readonly id: number
}

let serial = 0
let shown: readonly Shown[] = []
const listeners = new Set<() => void>()

function dismiss(id: number): void {
  publish(shown.filter((toast) => toast.id !== id))
}

function publish(next: readonly Shown[]): void {
  shown = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

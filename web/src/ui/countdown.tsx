import { useNow } from './now.ts'

const SECOND = 1000

/** `9:41` until the instant, then `ended`; its width does not change as it runs. */
export function Countdown({ until, ended }: { readonly until: string; readonly ended: string }) {
  const text = useNow((nowMs) => countdownText(Date.parse(until) - nowMs) ?? ended)
  return (
    <span role="timer" className="tabular-nums">
      {text}
    </span>
  )
}

/** Null when nothing is left. */
export function countdownText(remainingMs: number): string | null {
  if (remainingMs <= 0) return null
  const seconds = Math.ceil(remainingMs / SECOND)
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  const rest = String(seconds % 60).padStart(2, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`
}

import type { LiveEvent } from '@desk/shared/live/live-event'
import type { Api } from './api.ts'

export type LiveState = 'live' | 'reconnecting'

interface ChangeHandlers {
  readonly onEvent: (event: LiveEvent) => void
  readonly onState: (state: LiveState) => void
  /** Desk answered, but not with a stream: the session may have ended. */
  readonly onRefused: () => void
}

/** Desk ends every stream within a minute so that sessions are checked again; that gap is not worth a word. */
const GRACE_MS = 6_000
const RETRY_MS = [1_000, 2_000, 5_000, 10_000, 30_000] as const

/**
 * Keeps a stream of changes open, over restarts and lost connections, until the returned function is
 * called. Every time it opens `resync` is told: changes since the last read, at first the screen's own,
 * were missed.
 */
export function followChanges(api: Api, { onEvent, onState, onRefused }: ChangeHandlers) {
  let stream: { unsubscribe(): void } | null = null
  let failures = 0
  let grace: ReturnType<typeof setTimeout> | null = null
  let retry: ReturnType<typeof setTimeout> | undefined

  const lost = () => {
    grace ??= setTimeout(() => onState('reconnecting'), GRACE_MS)
  }
  const opened = () => {
    if (grace) clearTimeout(grace)
    grace = null
    failures = 0
    onState('live')
    onEvent({ kind: 'resync' })
  }
  const start = () => {
    stream = api.payments.changes.subscriptionOptions().subscribe({
      onData: onEvent,
      onConnectionStateChange: ({ state }) => (state === 'pending' ? opened() : lost()),
      onError: () => {
        lost()
        onRefused()
        stream?.unsubscribe()
        retry = setTimeout(start, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)])
        failures += 1
      },
    })
  }
  start()

  return () => {
    stream?.unsubscribe()
    if (grace) clearTimeout(grace)
    clearTimeout(retry)
  }
}

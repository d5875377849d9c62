import { setTimeout as delay } from 'node:timers/promises'

/** Work that goes on for as long as Desk runs. */
export interface BackgroundLoop {
  /** Something may be waiting: look now instead of at the next interval. */
  wake(): void
  /** Resolves once a round that began after this call found nothing left to do. For tests. */
  settled(): Promise<void>
  /** Lets the round under way end and starts no more. */
  stop(): Promise<void>
}

export interface BackgroundLoopOptions {
  /** For the log. */
  readonly name: string
  /** One round; `true` means there is more to do at once. Should end soon after the signal. */
  readonly round: (signal: AbortSignal) => Promise<boolean>
  /** Awaited before each round, for what has to come first. */
  readonly turn?: (() => Promise<void>) | undefined
  /** Pause after a round that left nothing to do. */
  readonly intervalMs: number
  readonly log: { error(facts: object, message: string): void }
}

/** A round that throws is logged and tried again after a growing pause; it never ends the loop. */
export function startLoop(options: BackgroundLoopOptions): BackgroundLoop {
  const { name, round, turn, intervalMs, log } = options
  const stopping = new AbortController()
  let pause = new AbortController()
  let isWoken = false
  let waiting: PromiseWithResolvers<void>[] = []

  const rest = async (milliseconds: number): Promise<void> => {
    pause = new AbortController()
    if (isWoken || stopping.signal.aborted) return
    try {
      await delay(milliseconds, undefined, { signal: pause.signal })
    } catch (error) {
      if (!pause.signal.aborted) throw error
    }
  }

  const run = async (): Promise<void> => {
    let failures = 0
    while (!stopping.signal.aborted) {
      await turn?.()
      isWoken = false
      const asked = waiting
      try {
        const hasMore = await round(stopping.signal)
        failures = 0
        if (hasMore) continue
        waiting = waiting.filter((each) => !asked.includes(each))
        for (const each of asked) each.resolve()
        await rest(intervalMs)
      } catch (error) {
        failures++
        log.error({ err: error, loop: name, failures }, 'A background round failed')
        isWoken = false
        await rest(Math.min(longestPauseMs, shortestPauseMs * 2 ** failures))
      }
    }
  }

  const running = run()
  const wake = (): void => {
    isWoken = true
    pause.abort()
  }
  return {
    wake,
    settled: async () => {
      const asked = Promise.withResolvers<void>()
      waiting = [...waiting, asked]
      wake()
      await asked.promise
    },
    stop: async () => {
      stopping.abort()
      wake()
      await running
    },
  }
}

const shortestPauseMs = 250
const longestPauseMs = 15_000

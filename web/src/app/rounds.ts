/**
 * One round of work: resolves to the milliseconds after which another is due because this one could not
 * tell everything, or null when it could.
 */
export type Round = () => Promise<number | null>

export interface Rounds {
  /** Has a round run after `waitMs`, together with whatever else asks until then. */
  readonly ask: (waitMs: number) => void
  /** No round begins any more. */
  readonly stop: () => void
}

/**
 * Gathers what asks for work into rounds that never overlap. Who asks while a round runs gets another one
 * after it: what that round reads may be from before the change.
 */
export function startRounds(run: Round): Rounds {
  let timer: ReturnType<typeof setTimeout> | null = null
  let isRunning = false
  let askedMeanwhileMs: number | null = null
  let isStopped = false

  const ask = (waitMs: number) => {
    if (isStopped) return
    if (isRunning) askedMeanwhileMs = Math.min(waitMs, askedMeanwhileMs ?? waitMs)
    else timer ??= setTimeout(() => void begin(), waitMs)
  }
  const begin = async () => {
    timer = null
    isRunning = true
    let dueMs: number | null = null
    try {
      dueMs = await run()
    } finally {
      isRunning = false
      const nextMs = askedMeanwhileMs ?? dueMs
      askedMeanwhileMs = null
      if (nextMs !== null) ask(nextMs)
    }
  }
  return {
    ask,
    stop: () => {
      isStopped = true
      if (timer) clearTimeout(timer)
    },
  }
}

/** How often SpacePay may be called, by all Desks together. */
export interface RateBudget {
  /**
   * Waits until one call may go out. Throws RateBudgetExhausted at once, without taking anything,
   * when that would be later than `waitMsMax` from now.
   */
  take(options?: { readonly waitMsMax?: number }): Promise<void>
  /** Nobody calls before `instant`: SpacePay said so. A later instant wins over an earlier one. */
  blockUntil(instant: Date): Promise<void>
}

export interface BudgetRate {
  readonly perSecond: number
  /** Calls that may go out at once after a quiet time. */
  readonly burst: number
}

export class RateBudgetExhausted extends Error {
  override readonly name = 'RateBudgetExhausted'
  readonly retryAt: Date

  constructor(retryAt: Date) {
    super('The shared rate budget is used up.')
    this.retryAt = retryAt
  }
}

export interface Waiting {
  readonly now: () => Date
  readonly sleep: (milliseconds: number) => Promise<void>
}

/** A budget for one process; the same schedule as the shared one. */
export function memoryRateBudget(rate: BudgetRate, { now, sleep }: Waiting): RateBudget {
  let tokens = rate.burst
  let refilledAt = now().getTime()
  let blockedUntil = 0

  /** Milliseconds until the place just taken comes up; the bucket may go into debt for it. */
  const reserve = (waitMsMax: number): number => {
    const nowMs = now().getTime()
    const from = Math.max(nowMs, refilledAt)
    const refilled = Math.min(rate.burst, tokens + ((from - refilledAt) / 1000) * rate.perSecond)
    const debt = Math.max(0, 1 - refilled)
    const waitMs = Math.ceil(from - nowMs + (debt / rate.perSecond) * 1000)
    if (waitMs > waitMsMax) throw new RateBudgetExhausted(new Date(nowMs + waitMs))
    tokens = refilled - 1
    refilledAt = from
    return waitMs
  }

  return {
    take: (options = {}) =>
      takeWhen({
        deadlineMs: now().getTime() + (options.waitMsMax ?? Infinity),
        reserve: async (waitMsMax) => reserve(waitMsMax),
        isBlocked: async () => now().getTime() < blockedUntil,
        waiting: { now, sleep },
      }),
    blockUntil: async (instant) => {
      blockedUntil = Math.max(blockedUntil, instant.getTime())
      // The bucket goes on filling, but for one call only: no burst at the end of a block.
      const from = Math.max(refilledAt, blockedUntil)
      tokens = Math.min(1, tokens + ((from - refilledAt) / 1000) * rate.perSecond)
      refilledAt = from
    },
  }
}

/** Takes a place in the queue and waits for it; a block announced meanwhile means queueing again. */
export async function takeWhen(steps: {
  readonly deadlineMs: number
  readonly reserve: (waitMsMax: number) => Promise<number>
  readonly isBlocked: () => Promise<boolean>
  readonly waiting: Waiting
}): Promise<void> {
  const { now, sleep } = steps.waiting
  for (;;) {
    const waitMs = await steps.reserve(steps.deadlineMs - now().getTime())
    if (waitMs <= 0) return
    await sleep(waitMs)
    if (!(await steps.isBlocked())) return
  }
}

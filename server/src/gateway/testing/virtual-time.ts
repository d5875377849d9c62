import type { Waiting } from '../rate-budget.ts'

export interface VirtualTime extends Waiting {
  /** Every sleep asked for, in milliseconds. */
  readonly slept: number[]
  readonly advance: (milliseconds: number) => void
}

/** A clock that moves only by sleeping on it, so a test sees every wait and spends none. */
export function virtualTime(start = '2026-04-01T12:00:00.000Z'): VirtualTime {
  let nowMs = Date.parse(start)
  const slept: number[] = []
  const advance = (milliseconds: number) => {
    nowMs += milliseconds
  }
  return {
    slept,
    advance,
    now: () => new Date(nowMs),
    sleep: async (milliseconds) => {
      slept.push(milliseconds)
      advance(milliseconds)
    },
  }
}

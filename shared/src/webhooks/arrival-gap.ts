import { median } from './median.ts'

/** Fewer than so many missing deliveries can be chance. */
export const EXPECTED_MISSING_MIN = 10

export interface ArrivalHistory {
  readonly nowMs: number
  /** When the newest accepted delivery came; null before the first. */
  readonly lastAtMs: number | null
  /** How many came between the same two times of day on the same weekday, in each earlier week that Desk knows. */
  readonly sameSilence: readonly number[]
  /** The same for the hour that ends now. */
  readonly sameHour: readonly number[]
}

export interface ArrivalGap {
  /** ISO 8601; null before the first delivery. */
  readonly lastAt: string | null
  readonly silentMs: number | null
  /** How many usually come in a stretch like this silence; null while no earlier week is known. */
  readonly expected: number | null
  /** How long it usually is from one to the next at this time; null where unknown or none usually come. */
  readonly usualIntervalMs: number | null
  readonly isAlarming: boolean
}

/**
 * Whether it has been silent for longer than chance explains: when at least ten deliveries usually come in a
 * stretch of the week like this silence, none coming at all has another reason.
 */
export function judgeArrivalGap(history: ArrivalHistory): ArrivalGap {
  const { nowMs, lastAtMs } = history
  const expected = median(history.sameSilence)
  const perHour = median(history.sameHour)
  return {
    lastAt: lastAtMs === null ? null : new Date(lastAtMs).toISOString(),
    silentMs: lastAtMs === null ? null : Math.max(0, nowMs - lastAtMs),
    expected,
    usualIntervalMs: perHour === null || perHour === 0 ? null : HOUR_MS / perHour,
    isAlarming: lastAtMs !== null && expected !== null && expected >= EXPECTED_MISSING_MIN,
  }
}

const HOUR_MS = 60 * 60_000

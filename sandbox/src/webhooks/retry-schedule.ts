const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Pause before each attempt; nothing is documented, so this is our conventional choice. */
const pausesMs = [
  0,
  10 * SECOND,
  MINUTE,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  6 * HOUR,
  24 * HOUR,
] as const
const JITTER = 0.1

/**
 * Milliseconds until the next attempt after so many that failed, give or take a tenth, or null when
 * there is none. `fraction` (0 ≤ x < 1) places it within that tenth; `divisor` makes all of it faster.
 */
export function pauseAfter(
  attempts: number,
  pace: { readonly fraction: number; readonly divisor: number },
): number | null {
  const pause = pausesMs[attempts]
  if (pause === undefined) return null
  const spread = 1 + JITTER * (2 * pace.fraction - 1)
  return Math.round((pause * spread) / pace.divisor)
}

/** SpacePay's promise where it makes one: the next working day. */
export const PROMISED_WORKING_DAYS = 1
/** What comes later than this is not slow but lost. */
const slowestWorkingDays = 5
/** With fewer days seen, what was seen says little. */
const daysSeenMin = 10

/**
 * The day by the end of which a business day's money is to be there: so many working days after it. Saturday
 * and Sunday are none; holidays are not known.
 */
export function expectedBy(day: string, workingDays: number): string {
  let at = Date.parse(day)
  for (let left = workingDays; left > 0;) {
    at += dayMs
    if (isWorkingDay(at)) left--
  }
  return new Date(at).toISOString().slice(0, 10)
}

/** How many working days lie behind a day up to another, that one included; 0 on the same day. */
export function workingDaysBetween(day: string, later: string): number {
  let count = 0
  for (let at = Date.parse(day) + dayMs; at <= Date.parse(later); at += dayMs) {
    if (isWorkingDay(at)) count++
  }
  return count
}

/**
 * After how many working days money is to be expected, from the delays that were seen: as long as 19 of 20
 * took, never less than the promise and never more than a working week.
 */
export function usualDelay(delays: readonly number[]): number {
  if (delays.length < daysSeenMin) return PROMISED_WORKING_DAYS
  const sorted = delays.toSorted((a, b) => a - b)
  const seen = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? PROMISED_WORKING_DAYS
  return Math.min(Math.max(seen, PROMISED_WORKING_DAYS), slowestWorkingDays)
}

const dayMs = 86_400_000

function isWorkingDay(at: number): boolean {
  const weekday = new Date(at).getUTCDay()
  return weekday !== 0 && weekday !== 6
}

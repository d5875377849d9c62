import { dayOf } from '../ui/business-day.ts'

const HOUR_MS = 60 * 60_000

/** The instant at which a calendar day (`YYYY-MM-DD`) is over in a zone, whatever its clocks do that day. */
export function endOfDay(day: string, zone: string): Date {
  let before = Date.parse(day) - 14 * HOUR_MS
  let after = Date.parse(day) + 38 * HOUR_MS
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (dayOf(middle, zone) > day) after = middle
    else before = middle
  }
  return new Date(after)
}

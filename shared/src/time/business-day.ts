import { dayMoved, offsetAt, wallTime } from './zoned-days.ts'

/** When business days begin; a day that begins at 05:00 carries the date of that morning. */
export interface BusinessDayRule {
  /** IANA. */
  readonly zone: string
  /** `HH:MM` in the zone. */
  readonly cutOff: string
}

/** One business day; instants are ISO 8601 UTC, the end is exclusive. */
export interface BusinessDay {
  /** `YYYY-MM-DD`. */
  readonly day: string
  readonly startsAt: string
  readonly endsAt: string
}

/** A half-open stretch of time; null is open. ISO 8601 UTC. */
export interface InstantRange {
  readonly from: string | null
  readonly before: string | null
}

const DAY_MS = 86_400_000

/**
 * When a business day begins, in milliseconds. A cut-off that a clock change skips comes as much later as
 * the clock was put forward, one that is shown twice is the first of both: so a day may have 23 or 25 hours,
 * and none overlaps another. Where a calendar lacks a day (Samoa's 30 December 2011), it begins when it ends.
 */
export function startOfBusinessDay(day: string, { zone, cutOff }: BusinessDayRule): number {
  const asUtc = Date.parse(`${day}T${cutOff}:00Z`)
  // By the offset before a clock change that is near, and by the one after it.
  const before = asUtc - offsetAt(asUtc - DAY_MS, zone)
  const after = asUtc - offsetAt(asUtc + DAY_MS, zone)
  const isShown = (atMs: number) => {
    const wall = wallTime(atMs, zone)
    return wall.day === day && wall.time === cutOff
  }
  return isShown(before) || !isShown(after) ? before : after
}

/** The business day that an instant lies in, `YYYY-MM-DD`; `at` is ISO 8601 or milliseconds. */
export function businessDayOf(at: string | number, rule: BusinessDayRule): string {
  const atMs = typeof at === 'number' ? at : Date.parse(at)
  const isSame = latest.zone === rule.zone && latest.cutOff === rule.cutOff
  if (isSame && latest.fromMs <= atMs && atMs < latest.beforeMs) return latest.day
  // Where the clock is put back over midnight, a day may begin while the wall shows the one before.
  let day = dayMoved(wallTime(atMs, rule.zone).day, 1)
  let beforeMs = startOfBusinessDay(dayMoved(day, 1), rule)
  let fromMs = startOfBusinessDay(day, rule)
  while (fromMs > atMs) {
    day = dayMoved(day, -1)
    beforeMs = fromMs
    fromMs = startOfBusinessDay(day, rule)
  }
  latest = { ...rule, day, fromMs, beforeMs }
  return day
}

/** The bounds of a business day by its date. */
export function businessDayNamed(day: string, rule: BusinessDayRule): BusinessDay {
  return {
    day,
    startsAt: instantText(startOfBusinessDay(day, rule)),
    endsAt: instantText(startOfBusinessDay(dayMoved(day, 1), rule)),
  }
}

/** The instants that business days cover, both days included. */
export function instantsOfDays(
  days: { readonly from: string | null; readonly to: string | null },
  rule: BusinessDayRule,
): InstantRange {
  return {
    from: days.from && instantText(startOfBusinessDay(days.from, rule)),
    before: days.to && instantText(startOfBusinessDay(dayMoved(days.to, 1), rule)),
  }
}

/** Without a fraction of a second, which no day begins with. */
function instantText(atMs: number): string {
  return new Date(atMs).toISOString().replace('.000Z', 'Z')
}

/** Rows of one screen mostly lie in the same day, and finding one asks the calendar many times. */
let latest = { zone: '', cutOff: '', day: '', fromMs: 0, beforeMs: 0 }

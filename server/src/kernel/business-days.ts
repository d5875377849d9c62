import { Temporal } from 'temporal-polyfill'

/** A half-open stretch of time; null is open. ISO 8601 UTC. */
export interface InstantRange {
  readonly from: string | null
  readonly before: string | null
}

/**
 * The instants that calendar days cover in a zone, both days included. A day with a clock change is
 * 23 or 25 hours long, and where midnight does not exist the day starts at the first moment that does.
 */
export function instantsOfDays(
  days: { readonly from: string | null; readonly to: string | null },
  zone: string,
): InstantRange {
  return {
    from: days.from && startOfDay(Temporal.PlainDate.from(days.from), zone),
    before: days.to && startOfDay(Temporal.PlainDate.from(days.to).add({ days: 1 }), zone),
  }
}

/**
 * The same, where an end may also be a clock's time in the zone, to the minute: `2026-11-23T14:30`. Both
 * minutes are included, and one that a clock change shows twice is included twice.
 */
export function instantsOfRange(
  range: { readonly from: string | null; readonly to: string | null },
  zone: string,
): InstantRange {
  const { from, to } = range
  const days = instantsOfDays({ from: dayIn(from), to: dayIn(to) }, zone)
  return {
    from: from !== null && isClock(from) ? minuteStart(from, zone) : days.from,
    before: to !== null && isClock(to) ? minuteEnd(to, zone) : days.before,
  }
}

function isClock(end: string): boolean {
  return end.includes('T')
}

function dayIn(end: string | null): string | null {
  return end === null || isClock(end) ? null : end
}

function minuteStart(clock: string, zone: string): string {
  const moment = Temporal.PlainDateTime.from(clock)
  return moment.toZonedDateTime(zone, { disambiguation: 'earlier' }).toInstant().toString()
}

function minuteEnd(clock: string, zone: string): string {
  const moment = Temporal.PlainDateTime.from(clock)
  const last = moment.toZonedDateTime(zone, { disambiguation: 'later' })
  return last.toInstant().add({ minutes: 1 }).toString()
}

/** The calendar day of an instant in a zone, as YYYY-MM-DD. */
export function dayOf(instant: Date, zone: string): string {
  const moment = Temporal.Instant.fromEpochMilliseconds(instant.getTime())
  return moment.toZonedDateTimeISO(zone).toPlainDate().toString()
}

function startOfDay(day: Temporal.PlainDate, zone: string): string {
  return day.toZonedDateTime(zone).toInstant().toString()
}

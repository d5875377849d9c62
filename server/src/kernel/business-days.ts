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

/** The calendar day of an instant in a zone, as YYYY-MM-DD. */
export function dayOf(instant: Date, zone: string): string {
  const moment = Temporal.Instant.fromEpochMilliseconds(instant.getTime())
  return moment.toZonedDateTimeISO(zone).toPlainDate().toString()
}

function startOfDay(day: Temporal.PlainDate, zone: string): string {
  return day.toZonedDateTime(zone).toInstant().toString()
}

import { Temporal } from 'temporal-polyfill'
import {
  type BusinessDayRule,
  type InstantRange,
  instantsOfDays,
} from '@desk/shared/time/business-day'

/**
 * The instants that business days cover, where an end may also be a clock's time in the zone, to the minute:
 * `2026-11-23T14:30`. Both minutes are included, and one that a clock change shows twice is included twice.
 */
export function instantsOfRange(
  range: { readonly from: string | null; readonly to: string | null },
  rule: BusinessDayRule,
): InstantRange {
  const { from, to } = range
  const days = instantsOfDays({ from: dayIn(from), to: dayIn(to) }, rule)
  return {
    from: from !== null && isClock(from) ? minuteStart(from, rule.zone) : days.from,
    before: to !== null && isClock(to) ? minuteEnd(to, rule.zone) : days.before,
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

/** The calendar day of an instant in a zone, as YYYY-MM-DD: for names of files, never for counting. */
export function dayOf(instant: Date, zone: string): string {
  const moment = Temporal.Instant.fromEpochMilliseconds(instant.getTime())
  return moment.toZonedDateTimeISO(zone).toPlainDate().toString()
}

import { Temporal } from 'temporal-polyfill'
import type { BusinessDay, BusinessDayRule } from '@desk/shared/settlements/business-day'

/**
 * The days from the one that holds `from` to the one that holds `until`, without gaps. A cut-off that a
 * clock change skips moves to the first moment after the gap, one that comes twice is the first of both:
 * so a day may have 23 or 25 hours, and none overlaps another.
 */
export function businessDayBounds(
  rule: BusinessDayRule,
  { from, until }: { readonly from: Date; readonly until: Date },
): BusinessDay[] {
  const days: BusinessDay[] = []
  let day = calendarDay(from, rule.zone).subtract({ days: 1 })
  let startsAt = startOf(day, rule)
  while (startsAt.epochMilliseconds <= until.getTime()) {
    const next = day.add({ days: 1 })
    const endsAt = startOf(next, rule)
    // Where a calendar lacks a day (Samoa's 30 December 2011), that day is empty and is left out.
    if (endsAt.epochMilliseconds > Math.max(from.getTime(), startsAt.epochMilliseconds)) {
      days.push({ day: day.toString(), startsAt: startsAt.toString(), endsAt: endsAt.toString() })
    }
    day = next
    startsAt = endsAt
  }
  return days
}

/** The business day that an instant lies in. */
export function businessDayAt(rule: BusinessDayRule, instant: Date): BusinessDay {
  const day = businessDayBounds(rule, { from: instant, until: instant }).at(-1)
  if (!day) throw new Error(`No business day holds ${instant.toISOString()}.`)
  return day
}

/** The bounds of a day by its date, `YYYY-MM-DD`. */
export function boundsOfDay(rule: BusinessDayRule, day: string): BusinessDay {
  const date = Temporal.PlainDate.from(day)
  return {
    day,
    startsAt: startOf(date, rule).toString(),
    endsAt: startOf(date.add({ days: 1 }), rule).toString(),
  }
}

function startOf(day: Temporal.PlainDate, { zone, cutOff }: BusinessDayRule): Temporal.Instant {
  const moment = day.toPlainDateTime(Temporal.PlainTime.from(cutOff))
  return moment.toZonedDateTime(zone, { disambiguation: 'compatible' }).toInstant()
}

function calendarDay(instant: Date, zone: string): Temporal.PlainDate {
  const moment = Temporal.Instant.fromEpochMilliseconds(instant.getTime())
  return moment.toZonedDateTimeISO(zone).toPlainDate()
}

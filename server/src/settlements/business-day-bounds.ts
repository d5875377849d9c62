import {
  type BusinessDay,
  businessDayNamed,
  businessDayOf,
  type BusinessDayRule,
} from '@desk/shared/time/business-day'
import { dayMoved } from '@desk/shared/time/zoned-days'

/** The days from the one that holds `from` to the one that holds `until`, without gaps; no day is empty. */
export function businessDayBounds(
  rule: BusinessDayRule,
  { from, until }: { readonly from: Date; readonly until: Date },
): BusinessDay[] {
  const days: BusinessDay[] = []
  let day = businessDayNamed(businessDayOf(from.getTime(), rule), rule)
  while (Date.parse(day.startsAt) <= until.getTime()) {
    if (Date.parse(day.startsAt) < Date.parse(day.endsAt)) days.push(day)
    day = businessDayNamed(dayMoved(day.day, 1), rule)
  }
  return days
}

/** The business day that an instant lies in. */
export function businessDayAt(rule: BusinessDayRule, instant: Date): BusinessDay {
  return businessDayNamed(businessDayOf(instant.getTime(), rule), rule)
}

/** The bounds of a day by its date, `YYYY-MM-DD`. */
export function boundsOfDay(rule: BusinessDayRule, day: string): BusinessDay {
  return businessDayNamed(day, rule)
}

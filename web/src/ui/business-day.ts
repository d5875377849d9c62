const DAY_MS = 24 * 60 * 60_000

/** `days` later in the calendar; clock changes do not matter, since no clock is involved. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
}

/** `"Today, 22 Nov"`, `"Sat, 21 Nov"`, `"Mon, 3 Nov 2025"`; `today` is the business day it is now. */
export function dayTitle(day: string, today: string): string {
  if (day === today) return `Today, ${plain(day, { day: 'numeric', month: 'short' })}`
  if (day === addDays(today, -1)) {
    return `Yesterday, ${plain(day, { day: 'numeric', month: 'short' })}`
  }
  const sameYear = day.slice(0, 4) === today.slice(0, 4)
  return `${plain(day, { weekday: 'short' })}, ${shortDay(day, sameYear)}`
}

/** `"Sunday 22 November"`. */
export function longDay(day: string): string {
  return plain(day, { weekday: 'long', day: 'numeric', month: 'long' })
}

/** `"22 Nov"`, or `"22 Nov 2026"` with the year. */
export function shortDay(day: string, withoutYear: boolean): string {
  return plain(day, {
    day: 'numeric',
    month: 'short',
    ...(withoutYear ? {} : { year: 'numeric' as const }),
  })
}

function plain(day: string, parts: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { ...parts, timeZone: 'UTC' }).format(Date.parse(day))
}

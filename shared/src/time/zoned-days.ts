/** What a clock and a calendar on the wall show at an instant. */
export interface WallTime {
  /** `YYYY-MM-DD`. */
  readonly day: string
  /** `HH:MM`, to `23:59`. */
  readonly time: string
}

export function wallTime(atMs: number, zone: string): WallTime {
  const parts = clockIn(zone).formatToParts(atMs)
  const of = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((part) => part.type === type)?.value ?? ''
  return {
    day: `${yearText(of('year'))}-${of('month')}-${of('day')}`,
    time: `${of('hour')}:${of('minute')}`,
  }
}

/** As ISO 8601 writes it, years after 9999 with a sign. */
function yearText(year: string): string {
  return year.length > 4 ? `+${year.padStart(6, '0')}` : year.padStart(4, '0')
}

/**
 * The earliest instant at which the wall shows this day and time, in milliseconds. Where the clock skips
 * it, an instant before the gap or after it, at most the gap away; where it is shown twice, the first.
 */
export function earliestOfClock({ day, time }: WallTime, zone: string): number {
  const asUtc = Date.parse(`${day}T${time}:00Z`)
  const guesses = [asUtc - DAY_MS, asUtc + DAY_MS].map((near) => asUtc - offsetAt(near, zone))
  const shown = guesses.filter((guess) => {
    const wall = wallTime(guess, zone)
    return wall.day === day && wall.time === time
  })
  return Math.min(...(shown.length > 0 ? shown : guesses))
}

/** The first instant of a day, also where midnight is skipped or the day is 23 or 25 hours long. */
export function startOfDayMs(day: string, zone: string): number {
  const midnight = Date.parse(`${day}T00:00:00Z`)
  const guesses = [midnight - DAY_MS, midnight + DAY_MS].map(
    (near) => midnight - offsetAt(near, zone),
  )
  const begun = guesses.filter((guess) => wallTime(guess, zone).day >= day)
  return Math.min(...(begun.length > 0 ? begun : guesses))
}

/** `("2026-02-28", 1)` → `"2026-03-01"`. */
export function dayMoved(day: string, by: number): string {
  const moved = new Date(Date.parse(`${day}T00:00:00Z`) + by * DAY_MS)
  // Years after 9999 have more characters.
  return moved.toISOString().replace(/T.*/, '')
}

/** 1 for Monday to 7 for Sunday, as ISO 8601 counts. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7
}

const DAY_MS = 86_400_000

/** How far the wall is ahead of UTC, in milliseconds. */
export function offsetAt(atMs: number, zone: string): number {
  const { day, time } = wallTime(atMs, zone)
  const minute = Math.floor(atMs / 60_000) * 60_000
  return Date.parse(`${day}T${time}:00Z`) - minute
}

function clockIn(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  clocks.set(zone, made)
  return made
}

/** Making one takes twenty times as long as using it. */
const clocks = new Map<string, Intl.DateTimeFormat>()

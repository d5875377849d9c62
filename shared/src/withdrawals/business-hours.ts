import { dayMoved, earliestOfClock, wallTime, weekdayOf } from '../time/zoned-days.ts'
import type { BusinessHours } from './policy.ts'

const MINUTE_MS = 60_000
/** Clock changes move a time by three hours at most. */
const SHIFT_MINUTES_MAX = 180
const DAYS_AHEAD_MAX = 15

/** Whether withdrawals leave at the instant; without hours they always do. */
export function isOpen(hours: BusinessHours | null, atMs: number): boolean {
  if (hours === null) return true
  const { day, time } = wallTime(atMs, hours.zone)
  return hours.weekdays.includes(weekdayOf(day)) && hours.from <= time && time < hours.until
}

/** The first instant from now on at which withdrawals leave, in milliseconds; null where there is none. */
export function nextOpening(hours: BusinessHours | null, nowMs: number): number | null {
  if (hours === null || isOpen(hours, nowMs)) return nowMs
  const today = wallTime(nowMs, hours.zone).day
  for (let ahead = 0; ahead <= DAYS_AHEAD_MAX; ahead += 1) {
    const day = dayMoved(today, ahead)
    const opening = weekdayIsOpen(hours, day) ? openingOf(hours, { day, nowMs }) : null
    if (opening !== null) return opening
  }
  return null
}

function weekdayIsOpen({ weekdays }: BusinessHours, day: string): boolean {
  return weekdays.includes(weekdayOf(day))
}

/** Usually the very minute; where the clock skips it, the first one after the gap. */
function openingOf(
  hours: BusinessHours,
  { day, nowMs }: { readonly day: string; readonly nowMs: number },
): number | null {
  const opens = earliestOfClock({ day, time: hours.from }, hours.zone)
  const nextMinute = Math.ceil(nowMs / MINUTE_MS) * MINUTE_MS
  const from = Math.max(opens, nextMinute)
  for (let count = 0; count <= SHIFT_MINUTES_MAX; count += 1) {
    const atMs = from + count * MINUTE_MS
    if (isOpen(hours, atMs)) return atMs
  }
  return null
}

/** The longest stretch without an open minute, in whole hours, clock changes aside. */
export function longestClosedHours(hours: BusinessHours | null): number {
  if (hours === null) return 0
  const days = hours.weekdays.toSorted((left, right) => left - right)
  const open = minutesOf(hours.until) - minutesOf(hours.from)
  const gaps = days.map((day, index) => {
    const next = days[index + 1] ?? (days[0] ?? 1) + 7
    return (next - day) * 24 * 60 - open
  })
  return Math.ceil(Math.max(...gaps) / 60)
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}

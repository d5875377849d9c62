const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** `"4 s ago"`, `"8 min ago"`, `"in 2 h"`, `"3 d ago"`; from 30 days on the date is the better answer. */
export function relativeText(at: string, nowMs: number): string {
  const distance = Date.parse(at) - nowMs
  const span = Math.abs(distance)
  if (span < 2 * SECOND) return 'just now'
  if (span >= 30 * DAY) return dayText(at, { zone: 'UTC', nowMs })
  const length = shortSpan(span)
  return distance < 0 ? `${length} ago` : `in ${length}`
}

/** `"4 s"`, `"8 min"`, `"2 h"`, `"3 d"`: the largest unit alone, rounded down. */
export function shortSpan(spanMs: number): string {
  if (spanMs < MINUTE) return `${Math.floor(spanMs / SECOND)} s`
  if (spanMs < HOUR) return `${Math.floor(spanMs / MINUTE)} min`
  if (spanMs < DAY) return `${Math.floor(spanMs / HOUR)} h`
  return `${Math.floor(spanMs / DAY)} d`
}

/** Both clocks a person may have to quote: `"Sun 22 Nov 2026, 14:31:02 London\n14:31:02 UTC"`. */
export function bothClocks(at: string, zone: string): string {
  const here = `${full(at, zone)} ${zoneName(zone)}`
  const sameDay = format(at, 'UTC', dayParts) === format(at, zone, dayParts)
  return `${here}\n${sameDay ? format(at, 'UTC', timeParts) : full(at, 'UTC')} UTC`
}

/** `"14:31"` today, `"21 Nov 14:31"` this year, `"21 Nov 2025"` before; days are those of `zone`. */
export function clockText(at: string, { zone, nowMs }: ZonedNow): string {
  const today = new Date(nowMs).toISOString()
  const minutes = format(at, zone, { hour: '2-digit', minute: '2-digit' })
  if (format(at, zone, dayParts) === format(today, zone, dayParts)) return minutes
  const isThisYear =
    format(at, zone, { year: 'numeric' }) === format(today, zone, { year: 'numeric' })
  return isThisYear ? `${dayText(at, { zone, nowMs })} ${minutes}` : dayText(at, { zone, nowMs })
}

/** `"14:31:02"` today, `"21 Nov 14:31:02"` and `"21 Nov 2025 14:31:02"` before: for what follows within seconds. */
export function preciseText(at: string, { zone, nowMs }: ZonedNow): string {
  const seconds = format(at, zone, timeParts)
  const today = new Date(nowMs).toISOString()
  const isToday = format(at, zone, dayParts) === format(today, zone, dayParts)
  return isToday ? seconds : `${dayText(at, { zone, nowMs })} ${seconds}`
}

/** `"22 Nov 2026, 14:31 (London time)"`: for a letter, whose reader knows neither today nor our zone. */
export function letterText(at: string, zone: string): string {
  const minutes = format(at, zone, { hour: '2-digit', minute: '2-digit' })
  const clock = zone === 'UTC' ? 'UTC' : `${zoneName(zone)} time`
  return `${format(at, zone, dayParts)}, ${minutes} (${clock})`
}

/** `Europe/London` → `London`. */
export function zoneName(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')
}

interface ZonedNow {
  readonly zone: string
  readonly nowMs: number
}

const dayParts = { day: 'numeric', month: 'short', year: 'numeric' } as const
const timeParts = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const

function dayText(at: string, { zone, nowMs }: ZonedNow): string {
  const isThisYear =
    format(at, zone, { year: 'numeric' }) ===
    format(new Date(nowMs).toISOString(), zone, { year: 'numeric' })
  return format(at, zone, isThisYear ? { day: 'numeric', month: 'short' } : dayParts)
}

function full(at: string, zone: string): string {
  return `${format(at, zone, { weekday: 'short' })} ${format(at, zone, dayParts)}, ${format(at, zone, timeParts)}`
}

function format(at: string, zone: string, parts: Intl.DateTimeFormatOptions): string {
  const key = `${zone} ${Object.keys(parts).join()}`
  const known = formats.get(key)
  const made =
    known ?? new Intl.DateTimeFormat('en-GB', { ...parts, timeZone: zone, hourCycle: 'h23' })
  if (!known) formats.set(key, made)
  return made.format(new Date(at))
}

/** Making one takes as long as a thousand uses of it. */
const formats = new Map<string, Intl.DateTimeFormat>()

import type { ChartSpan } from '@desk/shared/webhooks/arrival-chart'

/** What stands under a point: the time of day, or the day where days follow each other. */
export function tickText(at: string, { zone, span }: { zone: string; span: ChartSpan }): string {
  return format(at, zone, span === 'week' || span === 'month' ? days : hours)
}

/** `"Mon 23 Nov, 14:30"`. */
export function pointText(at: string, zone: string): string {
  return format(at, zone, { ...days, weekday: 'short', ...hours })
}

const hours = { hour: '2-digit', minute: '2-digit' } as const
const days = { day: 'numeric', month: 'short' } as const

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

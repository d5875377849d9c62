import { addDays, shortDay } from './business-day.ts'

/** Calendar days of the business zone, both included; null is open. */
export interface DayRange {
  readonly from: string | null
  readonly to: string | null
}

export const presetNames = [
  'today',
  'yesterday',
  'last 7 days',
  'last 30 days',
  'this month',
  'last month',
] as const
export type PresetName = (typeof presetNames)[number]

/** The days a preset means on the business day `today`. */
export function presetRange(name: PresetName, today: string): DayRange {
  const monthStart = `${today.slice(0, 7)}-01`
  switch (name) {
    case 'today':
      return { from: today, to: today }
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) }
    case 'last 7 days':
      return { from: addDays(today, -6), to: today }
    case 'last 30 days':
      return { from: addDays(today, -29), to: today }
    case 'this month':
      return { from: monthStart, to: today }
    case 'last month': {
      const end = addDays(monthStart, -1)
      return { from: `${end.slice(0, 7)}-01`, to: end }
    }
  }
}

/** The preset that means exactly these days today, if any; the earlier of two that mean the same. */
export function presetOf(range: DayRange, today: string): PresetName | null {
  const same = presetNames.find((name) => {
    const { from, to } = presetRange(name, today)
    return from === range.from && to === range.to
  })
  return same ?? null
}

/** `"last 7 days"`, `"1 – 15 Nov"`, `"from 3 Nov 2025"`; empty when neither end is set. */
export function rangeText(range: DayRange, today: string): string {
  return presetOf(range, today) ?? daysText(range, today)
}

/** The days themselves, for where a preset would mean others tomorrow: `"1 Nov – 15 Nov"`. */
export function daysText({ from, to }: DayRange, today: string): string {
  const text = (day: string) => shortDay(day, day.slice(0, 4) === today.slice(0, 4))
  if (from && to) return from === to ? text(from) : `${text(from)} – ${text(to)}`
  if (from) return `from ${text(from)}`
  return to ? `until ${text(to)}` : ''
}

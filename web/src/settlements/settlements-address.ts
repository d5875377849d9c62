import { addDays } from '../ui/business-day.ts'

/** The address of the settlements: the days that are shown, and the day that is open. */
export interface SettlementsSearch {
  from?: string
  to?: string
  day?: string
}

const fields = ['from', 'to', 'day'] as const

/** Keeps only what can be a calendar day. */
export function keepSettlementsSearch(
  search: Readonly<Record<string, unknown>>,
): SettlementsSearch {
  const kept: SettlementsSearch = {}
  for (const field of fields) {
    const text = search[field]
    if (typeof text === 'string' && isDay(text)) kept[field] = text
  }
  return kept
}

/** The days an address asks for: both included, at most `daysMax`, this month where it asks for none. */
export function daysShown({ from, to }: SettlementsSearch, today: string): ShownDays {
  const month = monthOf(today)
  if (from === undefined && to === undefined) return { from: month.from, to: today }
  const first = from ?? to ?? month.from
  const last = to ?? (from !== undefined && from <= today ? today : first)
  const [start, end] = first <= last ? [first, last] : [last, first]
  const earliest = addDays(end, 1 - daysMax)
  return { from: start < earliest ? earliest : start, to: end }
}

export interface ShownDays {
  readonly from: string
  readonly to: string
}

const daysMax = 400

/** The first and the last day of the month of a day, `by` months later. */
export function monthOf(day: string, by = 0): ShownDays {
  const [year = 0, month = 1] = day.split('-').map(Number)
  const iso = (at: number) => new Date(at).toISOString().slice(0, 10)
  return {
    from: iso(Date.UTC(year, month - 1 + by, 1)),
    to: iso(Date.UTC(year, month + by, 0)),
  }
}

/** `"November 2026"`, of `2026-11` or a day in it. */
export function monthName(day: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(Date.parse(`${day.slice(0, 7)}-01`))
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < '2009-01-01' || text > '2199-12-31') return false
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

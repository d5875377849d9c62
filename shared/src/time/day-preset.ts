/** Calendar days, both included; null is open. */
export interface DayRange {
  readonly from: string | null
  readonly to: string | null
}

const lastDays = /^last-([1-9]\d{0,3})d$/

/** Stretches of days that move along with the calendar, as they are typed; `last-7d` takes any number of days. */
export const dayPresets = [
  'today',
  'yesterday',
  'last-7d',
  'last-30d',
  'last-90d',
  'this-month',
  'last-month',
  'this-year',
  'last-year',
] as const

/** Whether the word is a preset that `presetDays` knows. */
export function isDayPreset(word: string): boolean {
  return lastDays.test(word) || dayPresets.some((preset) => preset === word)
}

/** The days a preset means on the day `today` (YYYY-MM-DD); everything for a word that is none. */
export function presetDays(preset: string, today: string): DayRange {
  const count = lastDays.exec(preset)?.[1]
  if (count !== undefined) return { from: moved(today, 1 - Number(count)), to: today }
  const [year = ''] = today.split('-')
  switch (preset) {
    case 'today':
      return { from: today, to: today }
    case 'yesterday':
      return { from: moved(today, -1), to: moved(today, -1) }
    case 'this-month':
      return { from: `${today.slice(0, 7)}-01`, to: today }
    case 'last-month': {
      const to = moved(`${today.slice(0, 7)}-01`, -1)
      return { from: `${to.slice(0, 7)}-01`, to }
    }
    case 'this-year':
      return { from: `${year}-01-01`, to: today }
    case 'last-year':
      return { from: `${Number(year) - 1}-01-01`, to: `${Number(year) - 1}-12-31` }
    default:
      return { from: null, to: null }
  }
}

/** Days are counted in UTC, where each has 24 hours. */
function moved(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}

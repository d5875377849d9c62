import type { CsvMapping } from '@desk/shared/settlements/csv-mapping'

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/**
 * Reads a day as banks write it into `YYYY-MM-DD`: `23.11.2026`, `23/11/26`, `23 Nov 2026`, `20261123`, with a
 * time behind it or not. Null where it is none, such as the 31st of June.
 */
export function parseDay(text: string, order: CsvMapping['dateOrder']): string | null {
  const bare = text.trim().replace(/[T ]\d{1,2}:\d{2}.*$/, '')
  if (/^\d{8}$/.test(bare) && order === 'year_month_day') {
    return realDay(bare.slice(0, 4), bare.slice(4, 6), bare.slice(6))
  }
  const [a = '', b = '', c = '', ...more] = bare.split(/[-./ ,]+/)
  if (more.length > 0) return null
  switch (order) {
    case 'year_month_day':
      return realDay(a, b, c)
    case 'day_month_year':
      return realDay(c, b, a)
    case 'month_day_year':
      return realDay(c, a, b)
  }
}

function realDay(year: string, month: string, day: string): string | null {
  const named = months.indexOf(month.slice(0, 3).toLowerCase()) + 1
  const number = named > 0 ? String(named) : month
  if (!/^(?:\d{2}|\d{4})$/.test(year) || !/^\d{1,2}$/.test(number) || !/^\d{1,2}$/.test(day)) {
    return null
  }
  const text = `${year.padStart(4, '20')}-${number.padStart(2, '0')}-${day.padStart(2, '0')}`
  const at = Date.parse(`${text}T00:00:00Z`)
  const isReal = !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
  return isReal && text >= '2009-01-01' && text <= '2199-12-31' ? text : null
}

import { formatCents } from '@desk/shared/money/amount-cents'
import { readersLocale } from './readers-locale.ts'

/** Dollars for a button, a title or a sentence, in the reader's own grouping. */
export function moneyText(cents: number): string {
  return formatCents(cents, { locale: readersLocale })
}

const short = new Intl.NumberFormat(readersLocale, {
  style: 'currency',
  currency: 'USD',
  currencyDisplay: 'narrowSymbol',
  notation: 'compact',
  maximumFractionDigits: 1,
})
/** `"$12.3K"`: for an axis, which is read by the eye; the exact figures stand in tooltip and table. */
export function shortMoneyText(cents: number): string {
  return short.format(cents / 100)
}

import { formatCents } from '@desk/shared/money/amount-cents'
import { readersLocale } from './readers-locale.ts'

/** Dollars for a button, a title or a sentence, in the reader's own grouping. */
export function moneyText(cents: number): string {
  return formatCents(cents, { locale: readersLocale })
}

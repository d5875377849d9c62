import { formatCents } from '@desk/shared/money/amount-cents'
import type { FoundTotals } from '@desk/shared/payments/find-many'
import { countText, readersLocale } from '../ui/readers-locale.ts'

/** `187 found, 9 not found, 4 more than once · 187 payments, $1,204.50`. */
export function foundText({ found, missing, repeated, payments, sums }: FoundTotals): string {
  const lines = [
    `${countText(found)} found`,
    `${countText(missing)} not found`,
    ...(repeated > 0 ? [`${countText(repeated)} more than once`] : []),
  ]
  if (payments === 0) return lines.join(', ')
  const money = sums.map(({ cents, currency }) =>
    formatCents(cents, { currency, locale: readersLocale }),
  )
  const noun = payments === 1 ? 'payment' : 'payments'
  return `${lines.join(', ')} · ${[`${countText(payments)} ${noun}`, ...money].join(', ')}`
}

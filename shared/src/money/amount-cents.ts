import type * as z from 'zod/mini'

/** Fiat as integer minor units (US cents), small enough to be an exact JavaScript number. */
export type AmountCents = number & z.core.$brand<'AmountCents'>

export function isAmountCents(value: number): value is AmountCents {
  return Number.isSafeInteger(value)
}

const centsPerUnit = 100n

/** `-1234` → `"-12.34"`: the exact decimal text that formatting and exports start from. */
export function centsToDecimal(cents: number | bigint): string {
  const value = BigInt(cents)
  const sign = value < 0n ? '-' : ''
  const magnitude = value < 0n ? -value : value
  const fraction = (magnitude % centsPerUnit).toString().padStart(2, '0')
  return `${sign}${magnitude / centsPerUnit}.${fraction}`
}

/**
 * Reads what a person types for an amount, such as `1,204.5` or `$89.50`, into cents.
 * Returns null when it is not an amount or has more than two decimals: nothing is rounded away.
 */
export function parseDollars(text: string): AmountCents | null {
  const match = /^\$?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?$/.exec(text.trim())
  if (!match) return null
  const whole = (match[1] ?? '').replaceAll(',', '')
  const cents = Number(BigInt(whole) * centsPerUnit + BigInt((match[2] ?? '').padEnd(2, '0')))
  return isAmountCents(cents) ? cents : null
}

/**
 * Money as people read it: `"$1,204.00"`, with a true minus sign for negatives. A currency that is no
 * ISO code, as an upstream may send, stands behind the figure as it came.
 */
export function formatCents(cents: number | bigint, options: MoneyFormat = {}): string {
  const { currency = 'USD', locale = 'en-US' } = options
  const decimal = decimalForIntl(centsToDecimal(cents))
  const text = /^[a-z]{3}$/i.test(currency)
    ? moneyFormat(locale, currency).format(decimal)
    : `${moneyFormat(locale, null).format(decimal)} ${currency}`
  return text.replace('-', '−')
}

export interface MoneyFormat {
  readonly currency?: string
  readonly locale?: string
}

function moneyFormat(locale: string, currency: string | null): Intl.NumberFormat {
  const key = `${locale} ${currency}`
  const known = formats.get(key)
  if (known) return known
  // Desk's money is US dollars, so a bare $ means them in every locale; other dollars keep their letters.
  const currencyDisplay = currency?.toUpperCase() === 'USD' ? 'narrowSymbol' : 'symbol'
  const made = new Intl.NumberFormat(
    locale,
    currency === null
      ? { minimumFractionDigits: 2 }
      : { style: 'currency', currency, currencyDisplay },
  )
  formats.set(key, made)
  return made
}

/** Making one takes twenty times as long as using it. */
const formats = new Map<string, Intl.NumberFormat>()

/** Intl formats decimal text exactly; its types only know that text as this template. */
function decimalForIntl(decimal: string): `${number}` {
  if (!isDecimal(decimal)) throw new TypeError(`Not a decimal: ${decimal}`)
  return decimal
}

function isDecimal(text: string): text is `${number}` {
  return /^-?\d+(?:\.\d+)?$/.test(text)
}

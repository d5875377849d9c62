import { createHash } from 'node:crypto'
import type { ParsedLine } from './parsed-statement.ts'

/** A line as it becomes a row; see `bank_line`. Amounts are exact integers. */
export interface BankLineValues {
  readonly row_number: number
  readonly booked_on: string
  readonly value_on: string | null
  readonly amount_minor: number
  readonly currency: string
  readonly reference: string
  readonly counterparty: string
  readonly description: string
  readonly text: string
  readonly original_minor: number | null
  readonly original_currency: string | null
  readonly rate: string | null
  readonly charge_minor: number
  readonly worth_cents: number | null
  /** SHA-256, hex. */
  readonly duplicate_key: string
}

/**
 * Lines of one file as rows. Two are the same booking when account, day, amount and reference agree and they
 * are the same-manieth of such in their files: what really came twice is kept twice, however often it is imported.
 */
export function bankLineValues(
  lines: readonly ParsedLine[],
  account: { readonly id: string; readonly currency: string },
): readonly BankLineValues[] {
  const seen = new Map<string, number>()
  return lines.map((line) => {
    const reference = (line.reference || line.description)
      .replaceAll(/\s+/g, ' ')
      .trim()
      .toUpperCase()
    const alike = JSON.stringify([account.id, line.bookedOn, String(line.amountMinor), reference])
    const nth = (seen.get(alike) ?? 0) + 1
    seen.set(alike, nth)
    return {
      row_number: line.row,
      booked_on: line.bookedOn,
      value_on: line.valueOn,
      amount_minor: Number(line.amountMinor),
      currency: account.currency,
      reference: line.reference,
      counterparty: line.counterparty,
      description: line.description,
      text: line.text,
      original_minor: line.originalMinor === null ? null : Number(line.originalMinor),
      original_currency: line.originalCurrency,
      rate: line.rate,
      charge_minor: Number(chargeOf(line, account.currency)),
      worth_cents: worthOf(line, account.currency),
      duplicate_key: createHash('sha256').update(`${alike}#${nth}`).digest('hex'),
    }
  })
}

/** What the bank said it kept; where it only says what was sent, the rest of that. */
function chargeOf(line: ParsedLine, currency: string): bigint {
  const { chargeMinor, originalMinor, originalCurrency, amountMinor } = line
  const isSame = originalMinor !== null && originalCurrency === currency
  if (chargeMinor > 0n || !isSame || amountMinor <= 0n || originalMinor <= amountMinor)
    return chargeMinor
  return originalMinor - amountMinor
}

/** In cents of a dollar: the amount itself, or what was sent where that was dollars. */
function worthOf(
  { amountMinor, originalMinor, originalCurrency }: ParsedLine,
  currency: string,
): number | null {
  if (currency === 'USD') return Number(amountMinor)
  if (originalMinor === null || originalCurrency !== 'USD') return null
  const sent = Math.abs(Number(originalMinor))
  return amountMinor < 0n ? -sent : sent
}

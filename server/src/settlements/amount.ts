import { type AmountCents, isAmountCents } from '@desk/shared/money/amount-cents'

/** A sum of cents as the database adds it up; throws beyond what is exact. */
export function toAmountCents(sum: number | string | bigint): AmountCents {
  const cents = Number(sum)
  if (!isAmountCents(cents)) throw new RangeError(`A sum of ${sum} cents is not exact.`)
  return cents
}

import type { Quote } from './published-shapes.ts'
import { demand } from './verdict.ts'

/** A published rate may be a rounded number, so a millionth is forgiven, and the amount's last digit. */
const PARTS_FORGIVEN = 1_000_000n

/** Fails unless what the quote asks for is worth `dueCents` at its rate. */
export function demandAmountAtRate(quote: Quote, dueCents: number): void {
  const amount = amountOf(quote)
  const rate = decimalOf(quote.rateUsdAsset ?? quote.exchangeRate ?? '')
  demand(rate.digits > 0n, 'a rate above zero', quote)
  // amount × rate × 100 = cents, with every decimal point moved to the right end.
  const lastDigit = 100n * rate.digits
  const worth = amount.digits * lastDigit
  const due = BigInt(dueCents) * 10n ** BigInt(amount.decimals + rate.decimals)
  const difference = worth > due ? worth - due : due - worth
  demand(
    difference * PARTS_FORGIVEN <= due + lastDigit * PARTS_FORGIVEN,
    `an amount worth ${dueCents} cents at the quote's rate`,
    quote,
  )
}

interface Decimal {
  readonly digits: bigint
  readonly decimals: number
}

/** Base units of the documented quote, or the whole tokens of the marketing page. */
function amountOf(quote: Quote): Decimal {
  const { token, expectedAmountAsset, expectedAmount } = quote
  if (expectedAmountAsset !== undefined && typeof token !== 'string') {
    return { digits: BigInt(expectedAmountAsset), decimals: token.decimals }
  }
  demand(expectedAmount !== undefined, 'a token with decimals, or expectedAmount', quote)
  return decimalOf(expectedAmount)
}

function decimalOf(number: string | number): Decimal {
  const text = typeof number === 'number' ? number.toFixed(10) : number
  const [whole = '', fraction = ''] = text.split('.')
  return { digits: BigInt(whole + fraction), decimals: fraction.length }
}

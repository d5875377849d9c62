import type { Quote } from './published-shapes.ts'
import { demand } from './verdict.ts'

/** A published rate may be a rounded number, so the last digits are forgiven. */
const PARTS_FORGIVEN = 1_000_000n

/** Fails unless the quote asks for floor(cents / 100 / rate × 10^decimals), as in the published samples. */
export function demandAmountAtRate(quote: Quote, dueCents: number): void {
  const { token, expectedAmountAsset, rateUsdAsset } = quote
  // The marketing page's text fields do not say how many decimals they stand for.
  if (typeof token === 'string' || expectedAmountAsset === undefined) return
  if (rateUsdAsset === undefined) return
  const rate = decimalOf(rateUsdAsset)
  demand(rate.digits > 0n, 'a rate above zero', quote)
  const expected =
    (BigInt(dueCents) * 10n ** BigInt(token.decimals + rate.decimals)) / (100n * rate.digits)
  const got = BigInt(expectedAmountAsset)
  const difference = got > expected ? got - expected : expected - got
  demand(
    difference * PARTS_FORGIVEN <= expected + PARTS_FORGIVEN,
    `${dueCents} cents of ${token.symbol} at ${rateUsdAsset} to be ${expected}`,
    expectedAmountAsset,
  )
}

function decimalOf(rate: string | number): { readonly digits: bigint; readonly decimals: number } {
  const [whole = '0', fraction = ''] = (typeof rate === 'number' ? rate.toFixed(10) : rate).split(
    '.',
  )
  return { digits: BigInt(whole + fraction), decimals: fraction.length }
}

import * as z from 'zod/mini'
import type { AmountCents } from '../money/amount-cents.ts'
import { amountCents } from '../money/amount-cents-schema.ts'

/** Received minus expected: negative is too little. */
export interface Slippage {
  /** Integer text in the token's base units. */
  readonly baseUnits: string
  /** At the quote's own price; null when the quote has none. */
  readonly cents: AmountCents | null
  /** Hundredths of a percent of what was expected. */
  readonly basisPoints: number
}

/**
 * How far a receipt is off its quote, all integers, halves rounded away from zero. Null when either
 * side is unknown, when nothing was expected, or when the result would not be an exact number.
 */
export function slippageOf(paid: {
  readonly expectedBaseUnits: string | null
  readonly receivedBaseUnits: string | null
  readonly amountDueCents: AmountCents | null
}): Slippage | null {
  if (paid.expectedBaseUnits === null || paid.receivedBaseUnits === null) return null
  const expected = BigInt(paid.expectedBaseUnits)
  if (expected <= 0n) return null
  const difference = BigInt(paid.receivedBaseUnits) - expected
  const basisPoints = exactInteger(dividedRounded(difference * 10_000n, expected))
  if (basisPoints === null) return null
  return {
    baseUnits: difference.toString(),
    cents: centsOf(difference, expected, paid.amountDueCents),
    basisPoints,
  }
}

function centsOf(
  difference: bigint,
  expected: bigint,
  dueCents: AmountCents | null,
): AmountCents | null {
  if (dueCents === null) return null
  const cents = z.safeParse(
    amountCents,
    Number(dividedRounded(difference * BigInt(dueCents), expected)),
  )
  return cents.success ? cents.data : null
}

/** `divisor` is above zero. */
function dividedRounded(dividend: bigint, divisor: bigint): bigint {
  const magnitude = dividend < 0n ? -dividend : dividend
  const rounded = (2n * magnitude + divisor) / (2n * divisor)
  return dividend < 0n ? -rounded : rounded
}

function exactInteger(value: bigint): number | null {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : null
}

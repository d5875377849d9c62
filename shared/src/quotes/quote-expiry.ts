import type { QuoteSnapshot } from '../payments/payment-snapshot.ts'

/** Where a quote stands. `open_ended` is active without an end; `other` is a word we do not know. */
export type QuoteState = 'active' | 'open_ended' | 'expired' | 'used' | 'failed' | 'other'

export interface QuoteStanding {
  readonly state: QuoteState
  /** Until the rate ends; 0 unless `active`. */
  readonly remainingMs: number
}

/**
 * SpacePay marks a quote expired only when somebody looks at it, so an active one past its end counts
 * as expired here. A used or failed quote stays what it is.
 */
export function quoteStanding(
  quote: Pick<QuoteSnapshot, 'status' | 'expiresAt'>,
  nowMs: number,
): QuoteStanding {
  if (quote.status !== 'active')
    return { state: endedStates.get(quote.status) ?? 'other', remainingMs: 0 }
  if (quote.expiresAt === null) return { state: 'open_ended', remainingMs: 0 }
  const remainingMs = Date.parse(quote.expiresAt) - nowMs
  return remainingMs > 0 ? { state: 'active', remainingMs } : { state: 'expired', remainingMs: 0 }
}

const endedStates: ReadonlyMap<string, QuoteState> = new Map([
  ['expired', 'expired'],
  ['used', 'used'],
  ['failed', 'failed'],
])

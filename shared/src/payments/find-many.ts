import type { AmountCents } from '../money/amount-cents.ts'
import type { MissReason } from './miss-reason.ts'
import type { Slip } from './near-forms.ts'
import type { PastedLine } from './pasted-lines.ts'
import type { PaymentId } from './payment.ts'
import type { PaymentHit } from './payment-find.ts'

/** Of one line so many payments are listed, newest first among equal evidence. */
export const HITS_LISTED_MAX = 20
/** The payments of one line are counted no further than this. */
export const HITS_COUNTED_MAX = 100

/** What one pasted line turned out to be: payments, or why there are none. */
export interface FoundLine extends PastedLine {
  readonly hits: readonly PaymentHit[]
  /** How many payments carry the text, those listed among them; counted to `HITS_COUNTED_MAX`. */
  readonly hitCount: number
  readonly miss: Miss | null
}

export interface Miss {
  readonly reason: MissReason
  /** Payments that were perhaps meant, the likeliest first, at most three. */
  readonly near: readonly NearPayment[]
  /** False where there were too many lines to also look into metadata, older quotes and slips of typing. */
  readonly isLookedInto: boolean
}

/** A payment that a miss resembles. */
export interface NearPayment {
  readonly id: PaymentId
  readonly orderId: string | null
  readonly amountCents: AmountCents | null
  readonly currency: string
  /** ISO 8601 UTC. */
  readonly createdAt: string
  readonly slip: Slip
}

/** What a whole paste came to. */
export interface FoundTotals {
  /** Lines that are some payment. */
  readonly found: number
  readonly missing: number
  /** Different texts that stand on more than one line. */
  readonly repeated: number
  /** Different payments among those listed. */
  readonly payments: number
  /** Of those payments, per currency in the order of their names; integer minor units. */
  readonly sums: readonly { readonly currency: string; readonly cents: bigint }[]
  /** Payments without an amount, which are in no sum. */
  readonly withoutAmount: number
  /** Lines with more payments than are listed: the rest is in no sum. */
  readonly overfull: number
}

/** Counts lines, and sums each payment once however many lines lead to it. */
export function totalsOf(lines: readonly FoundLine[]): FoundTotals {
  const payments = new Map(lines.flatMap(({ hits }) => hits.map((hit) => [hit.id, hit])))
  const sums = new Map<string, bigint>()
  let withoutAmount = 0
  for (const { amountCents, currency } of payments.values()) {
    if (amountCents === null) withoutAmount += 1
    else sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(amountCents))
  }
  const found = lines.filter(({ miss }) => miss === null).length
  return {
    found,
    missing: lines.length - found,
    repeated: lines.filter(({ repeatedOn }) => repeatedOn.length > 0).length,
    payments: payments.size,
    sums: [...sums]
      .map(([currency, cents]) => ({ currency, cents }))
      .sort((a, b) => (a.currency < b.currency ? -1 : 1)),
    withoutAmount,
    overfull: lines.filter(({ hits, hitCount }) => hitCount > hits.length).length,
  }
}

import type { AmountCents } from '../money/amount-cents.ts'
import type { PaymentId } from './payment.ts'

/**
 * One source's account of a payment at one moment, in our words, whatever shape it arrived in.
 * A minimal account (a webhook) says nothing about quotes, receipt, fees or address: those are null
 * there because they were not told, not because they do not exist.
 */
export interface PaymentSnapshot {
  readonly extent: 'full' | 'minimal'
  readonly id: PaymentId
  readonly merchantId: string | null
  /** `payment`, `deposit`, or a word we do not know yet, kept as it came (lower case). */
  readonly type: string
  /** Lower case; stray synonyms mapped (`confirmed` → `completed`); unknown words kept. */
  readonly status: string
  /** The status word exactly as it was sent. */
  readonly rawStatus: string
  readonly amountCents: AmountCents | null
  readonly amountDueCents: AmountCents | null
  readonly convenienceFeeCents: AmountCents | null
  readonly merchantFeeCents: AmountCents | null
  readonly swapFeeCents: AmountCents | null
  readonly netCents: AmountCents | null
  readonly currency: string
  readonly orderId: string | null
  readonly redirectUrl: string | null
  /** The JSON text the shop attached, when the source repeats it. */
  readonly customMetadata: string | null
  /** EVM addresses in lower case. */
  readonly depositAddress: string | null
  readonly quotes: readonly QuoteSnapshot[]
  readonly receipt: ReceiptSnapshot | null
  /** ISO 8601 UTC. */
  readonly createdAt: string | null
}

export interface TokenSnapshot {
  readonly id: string | null
  readonly symbol: string
  readonly contractAddress: string | null
  readonly decimals: number | null
  readonly isNative: boolean
}

export interface QuoteSnapshot {
  readonly id: string
  readonly token: TokenSnapshot
  /** CAIP-2, such as `eip155:8453`; null when the source names no chain. */
  readonly network: string | null
  readonly depositAddress: string | null
  /** Integer text in the token's base units; null when it cannot be known exactly. */
  readonly expectedBaseUnits: string | null
  /** US dollars for one whole token, as decimal text. */
  readonly rate: string | null
  readonly amountDueCents: AmountCents | null
  readonly status: string
  readonly expiresAt: string | null
  readonly createdAt: string | null
}

export interface ReceiptSnapshot {
  readonly txHash: string | null
  readonly blockNumber: string | null
  /** When the transaction was mined, ISO 8601 UTC. */
  readonly transactionAt: string | null
  readonly senderAddress: string | null
  readonly token: TokenSnapshot | null
  readonly network: string | null
  readonly quoteId: string | null
  readonly receivedBaseUnits: string | null
  /** Decimal text, such as `"150.74"`. */
  readonly receivedUsd: string | null
  readonly confirmations: number | null
  readonly requiredConfirmations: number | null
  readonly riskScore: number | null
  readonly riskSeverity: string | null
  readonly riskProvider: string | null
  readonly completedAt: string | null
}

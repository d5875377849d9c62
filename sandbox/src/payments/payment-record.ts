import * as z from 'zod'
import { mainMerchant } from '../registry/merchant.ts'

export const paymentStatuses = [
  'pending',
  'processing',
  'completed',
  'failed',
  'expired',
  'cancelled',
] as const
export const paymentTypes = ['payment', 'deposit'] as const

/**
 * What a payer does. `expire` is "nothing"; `late` is money after the payment has expired; `two` is
 * the amount in two halves, which nothing documents: the first counts and is too little.
 */
export const payerOutcomes = ['exact', 'under', 'over', 'expire', 'fail', 'late', 'two'] as const
export type PayerOutcome = (typeof payerOutcomes)[number]

const quoteRecord = z.object({
  id: z.string(),
  tokenId: z.string(),
  /** What the payer owes in this quote, fee included. 0 in an open deposit. */
  dueCents: z.int(),
  rateE8: z.int(),
  createdAt: z.int(),
  expiresAt: z.int(),
  use: z.enum(['open', 'used', 'failed']),
})
export type QuoteRecord = z.infer<typeof quoteRecord>

const transactionRecord = z.object({
  hash: z.string(),
  sender: z.string(),
  quoteId: z.string(),
  tokenId: z.string(),
  /** Base units, integer text. */
  amount: z.string(),
  block: z.int(),
  minedAt: z.int(),
  /** When the chain has made the required confirmations. */
  confirmedAt: z.int(),
  /** A reverted transaction moved nothing. */
  isReverted: z.boolean(),
  /** A reorganisation of the chain threw it out for good. */
  isDropped: z.boolean().default(false),
})
export type TransactionRecord = z.infer<typeof transactionRecord>

/**
 * What is kept of a payment: everything the API shows follows from it. Instants are epoch
 * milliseconds of sandbox time. A record is never changed, only replaced.
 */
export const paymentRecord = z.object({
  id: z.string(),
  merchantId: z.string().default(mainMerchant.id),
  type: z.enum(paymentTypes),
  status: z.enum(paymentStatuses),
  amountCents: z.int(),
  orderId: z.string(),
  redirectUrl: z.string().nullable(),
  customMetadata: z.string().nullable(),
  secret: z.string(),
  depositAddress: z.string(),
  createdAt: z.int(),
  expiresAt: z.int(),
  quotes: z.array(quoteRecord),
  transaction: transactionRecord.nullable(),
  /** Money that came besides the transaction that counts; the payment takes no notice of it. */
  strays: z.array(transactionRecord).default([]),
  settledAt: z.int().nullable(),
  /** What this payment will do by itself, and when. */
  plan: z.object({ outcome: z.enum(payerOutcomes), at: z.int() }).nullable(),
})
export type PaymentRecord = z.infer<typeof paymentRecord>
export type PaymentStatus = PaymentRecord['status']

/** The quote that was paid, else the payer's latest choice. */
export function leadingQuote(
  payment: Pick<PaymentRecord, 'quotes' | 'transaction'>,
): QuoteRecord | null {
  const paid = payment.transaction?.quoteId
  return payment.quotes.find((quote) => quote.id === paid) ?? payment.quotes.at(-1) ?? null
}

/** Whether money was seen for it that may be shown as a receipt, and no longer moves. */
export function hasSettledMoney(payment: PaymentRecord): boolean {
  return (
    payment.transaction !== null &&
    !payment.transaction.isReverted &&
    !payment.transaction.isDropped &&
    payment.status !== 'processing'
  )
}

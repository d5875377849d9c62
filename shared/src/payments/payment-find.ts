import * as z from 'zod/mini'
import type { AmountCents } from '../money/amount-cents.ts'
import type { PaymentId } from './payment.ts'

/** Whatever a person has in the clipboard; links with secrets in them are longer than ids. */
export const paymentFindInput = z.object({ text: z.string().check(z.maxLength(2_000)) })
export type PaymentFindInput = z.infer<typeof paymentFindInput>

/** What the pasted text turned out to be, best evidence first. `text` is any other place, such as the metadata. */
export const matchedOnKinds = [
  'payment_id',
  'order_id',
  'tx_hash',
  'deposit_address',
  'sender_address',
  'text',
] as const
export type MatchedOn = (typeof matchedOnKinds)[number]

/** One candidate for "which payment is this?". `exact` is false when only a part matched. */
export interface PaymentHit {
  readonly id: PaymentId
  readonly orderId: string | null
  readonly status: string
  readonly amountCents: AmountCents | null
  readonly currency: string
  /** ISO 8601 UTC. */
  readonly createdAt: string
  readonly matchedOn: MatchedOn
  readonly exact: boolean
}

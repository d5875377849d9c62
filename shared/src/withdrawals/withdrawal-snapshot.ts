import type { AmountCents } from '../money/amount-cents.ts'
import type { ReceiptSnapshot } from '../payments/payment-snapshot.ts'

/** SpacePay's account of a withdrawal, in our words, whatever shape it arrived in. */
export interface WithdrawalSnapshot {
  readonly extent: 'full' | 'minimal'
  readonly id: string
  readonly amountCents: AmountCents | null
  readonly currency: string
  readonly network: string | null
  readonly recipientAddress: string | null
  readonly status: string
  readonly rawStatus: string
  readonly orderId: string | null
  readonly customMetadata: string | null
  readonly errorMessage: string | null
  readonly receipt: ReceiptSnapshot | null
  readonly createdAt: string | null
  readonly updatedAt: string | null
}

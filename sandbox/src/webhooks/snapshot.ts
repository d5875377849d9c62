import { feesOf } from '../payments/fees.ts'
import type { PaymentRecord } from '../payments/payment-record.ts'
import type { WithdrawalRecord } from '../withdrawals/withdrawal-record.ts'

/** The minimal payment of a webhook: enough to know what to read, nothing more. */
export function paymentSnapshot(payment: PaymentRecord) {
  return {
    id: payment.id,
    type: payment.type,
    merchantId: payment.merchantId,
    amountInCents: payment.amountCents,
    amountDueCents: feesOf(payment).amountDueCents,
    currency: 'USD',
    status: payment.status,
    orderId: payment.orderId,
    createdAt: new Date(payment.createdAt).toISOString(),
  }
}

export function withdrawalSnapshot(withdrawal: WithdrawalRecord) {
  return {
    id: withdrawal.id,
    merchantId: withdrawal.merchantId,
    amountInCents: withdrawal.amountCents,
    currency: 'USD',
    status: withdrawal.status,
    orderId: withdrawal.orderId,
    createdAt: new Date(withdrawal.createdAt).toISOString(),
  }
}

/** Who or what an event is about. */
export interface Subject {
  readonly id: string
  readonly merchantId: string
  readonly orderId: string | null
  readonly data: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

export function paymentSubject(payment: PaymentRecord): Subject {
  const { id, merchantId, orderId } = payment
  return { id, merchantId, orderId, data: { payment: paymentSnapshot(payment) } }
}

export function withdrawalSubject(withdrawal: WithdrawalRecord): Subject {
  const { id, merchantId, orderId } = withdrawal
  return { id, merchantId, orderId, data: { withdrawal: withdrawalSnapshot(withdrawal) } }
}

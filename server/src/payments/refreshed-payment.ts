import type { PaymentId } from '@desk/shared/payments/payment'
import type { PaymentDetail } from '@desk/shared/payments/payment-detail'
import type { Db } from '../database.ts'
import type { Attribution } from '../kernel/actor.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Context } from '../kernel/trpc.ts'
import { readPaymentDetail } from './payment-detail.queries.ts'

/**
 * The payment after SpacePay was asked about it now. Refuses with `payment_unknown_to_spacepay` or
 * `spacepay_unavailable`: showing the old row as if it were fresh would be a lie.
 */
export async function refreshedPayment(
  db: Db,
  payments: Context['payments'],
  { id, by }: { readonly id: PaymentId; readonly by: Attribution },
): Promise<PaymentDetail> {
  const answer = await payments.refresh(id, by)
  if (answer.outcome === 'unknown_to_spacepay') {
    throw new Refusal(
      'not_found',
      'payment_unknown_to_spacepay',
      'SpacePay has no payment with this id. What Desk shows comes from earlier messages.',
    )
  }
  if (answer.outcome === 'unavailable') {
    throw new Refusal(
      'conflict',
      'spacepay_unavailable',
      `SpacePay did not answer: ${answer.reason} Nothing was changed; try again in a minute.`,
    )
  }
  return readPaymentDetail(db, id)
}

import { paymentId } from '@desk/shared/payments/payment'
import type { PaymentHit } from '@desk/shared/payments/payment-find'
import type { HitRow } from './payment-find.queries.ts'
import { toCents } from './payment-row.ts'

/** The one place where a row becomes a candidate for "which payment is this?". */
export function toHit(row: HitRow, evidence: Pick<PaymentHit, 'matchedOn' | 'exact'>): PaymentHit {
  return {
    id: paymentId.parse(row.id),
    orderId: row.order_id,
    status: row.status,
    amountCents: toCents(row.amount_cents),
    currency: row.currency,
    createdAt: row.created_at.toISOString(),
    ...evidence,
  }
}

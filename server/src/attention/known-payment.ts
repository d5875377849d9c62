import type { PaymentId } from '@desk/shared/payments/payment'
import type { Trx } from '../database.ts'
import { Refusal } from '../kernel/refusal.ts'

export interface KnownPayment {
  readonly id: PaymentId
  readonly orderId: string | null
  readonly amountCents: number | null
}

/** Refuses with `payment_unknown`: nobody writes about what Desk does not know. */
export async function knownPayment(trx: Trx, id: PaymentId): Promise<KnownPayment> {
  const known = await trx
    .selectFrom('payment')
    .select(['order_id as orderId', 'amount_cents as amountCents'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (known) return { id, ...known }
  throw new Refusal('not_found', 'payment_unknown', `Desk has no payment "${id}".`)
}

/** What an audit entry is about; people know payments by their order number. */
export function subjectOf({ id, orderId }: Pick<KnownPayment, 'id' | 'orderId'>) {
  return { kind: 'payment', id, ...(orderId !== null && { label: orderId }) } as const
}

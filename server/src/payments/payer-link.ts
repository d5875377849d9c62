import type { PaymentId } from '@desk/shared/payments/payment'
import { recordAudit } from '../audit/record-audit.ts'
import type { Db } from '../database.ts'
import type { Attribution } from '../kernel/actor.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Sealer } from '../kernel/sealed.ts'
import { findSealedLink } from './payment-creation.queries.ts'

/**
 * The link by which anybody can pay the payment, for one person, who is written down. Refuses with
 * `no_payer_link` where Desk does not know it.
 */
export async function readPayerLink(
  { db, sealer }: { readonly db: Db; readonly sealer: Sealer },
  id: PaymentId,
  by: Attribution,
): Promise<{ url: string }> {
  const sealed = await findSealedLink(db, id)
  if (sealed === null) {
    throw new Refusal(
      'not_found',
      'no_payer_link',
      'This payment was not made in Desk, and SpacePay tells its link only once, to whoever makes it.',
    )
  }
  await db.transaction().execute((trx) =>
    recordAudit(trx, by, {
      action: 'payment.read_link',
      subject: { kind: 'payment', id },
    }),
  )
  return { url: sealer.open(sealed, id) }
}

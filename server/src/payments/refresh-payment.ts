import type { PaymentId } from '@desk/shared/payments/payment'
import type { Db } from '../database.ts'
import { GatewayError } from '../gateway/gateway-error.ts'
import type { Gateway } from '../gateway/gateway.ts'
import type { RefreshOutcome } from '../kernel/trpc.ts'
import { learn } from './apply-projection.ts'
import { apiObservation, missingObservation } from './observations.ts'

export interface RefreshDependencies {
  readonly db: Db
  readonly gateway: Pick<Gateway, 'getPayment'>
  readonly now: () => Date
}

/**
 * Asks SpacePay about one payment now and lets the mirror learn the answer. A payment that SpacePay
 * does not know keeps all that is known of it, and the "not found" is recorded beside it.
 */
export async function refreshPayment(
  { db, gateway, now }: RefreshDependencies,
  id: PaymentId,
): Promise<RefreshOutcome> {
  const askedAt = now()
  try {
    const { value, raw, readAt } = await gateway.getPayment(id)
    const answer = apiObservation({ value, raw, askedAt, answeredAt: readAt })
    const changes = await db.transaction().execute((trx) => learn(trx, [answer]))
    return { outcome: 'read', changed: changes.length > 0 }
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    if (error.outcome !== 'not_found') return { outcome: 'unavailable', reason: error.message }
    await learnMissing(db, id, { askedAt, answeredAt: now() })
    return { outcome: 'unknown_to_spacepay' }
  }
}

/** For payments Desk knows: an id someone made up is no payment that went missing. */
async function learnMissing(
  db: Db,
  id: PaymentId,
  times: { readonly askedAt: Date; readonly answeredAt: Date },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const known = await trx
      .selectFrom('payment')
      .select('id')
      .where('id', '=', id)
      .executeTakeFirst()
    if (known) await learn(trx, [missingObservation(id, times)])
  })
}

import type { PaymentId } from '@desk/shared/payments/payment'
import { recordAudit } from '../audit/record-audit.ts'
import type { Db, Trx } from '../database.ts'
import { GatewayError } from '../gateway/gateway-error.ts'
import type { Gateway } from '../gateway/gateway.ts'
import type { Attribution } from '../kernel/actor.ts'
import type { RefreshOutcome } from '../kernel/trpc.ts'
import { learn, type MirrorChange } from './apply-projection.ts'
import { apiObservation, missingObservation, type Observation } from './observations.ts'
import { lockPayments } from './payment-mirror.queries.ts'

export interface RefreshDependencies {
  readonly db: Db
  readonly gateway: Pick<Gateway, 'getPayment'>
  readonly now: () => Date
}

/**
 * Asks SpacePay about one payment now and lets the mirror learn the answer. A payment that SpacePay
 * does not know keeps all that is known of it, and the "not found" is recorded beside it.
 * `takeAskers` says on whose behalf, asked once when the answer is written: the audit log then tells of
 * each of them in that same transaction. What SpacePay did not answer is for the caller to write down.
 */
export async function refreshPayment(
  { db, gateway, now }: RefreshDependencies,
  id: PaymentId,
  takeAskers?: () => readonly Attribution[],
): Promise<RefreshOutcome> {
  const askedAt = now()
  try {
    const { value, raw, readAt } = await gateway.getPayment(id)
    const answer = apiObservation({ value, raw, askedAt, answeredAt: readAt })
    const changes = await db
      .transaction()
      .execute((trx) => (takeAskers ? learnAudited(trx, answer, takeAskers) : learn(trx, [answer])))
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

async function learnAudited(
  trx: Trx,
  answer: Observation,
  takeAskers: () => readonly Attribution[],
): Promise<readonly MirrorChange[]> {
  const { paymentId: id } = answer
  // Held from before the first look, so that before and after have only this answer between them.
  await lockPayments(trx, [id])
  const before = await statusOf(trx, id)
  const changes = await learn(trx, [answer])
  const after = await statusOf(trx, id)
  for (const by of takeAskers()) {
    await recordAudit(trx, by, {
      action: 'payment.refresh',
      subject: { kind: 'payment', id },
      before: before === null ? undefined : { status: before },
      after: after === null ? undefined : { status: after },
    })
  }
  return changes
}

/** Null for a payment Desk does not know. */
async function statusOf(trx: Trx, id: string): Promise<string | null> {
  const known = await trx
    .selectFrom('payment')
    .select('status')
    .where('id', '=', id)
    .executeTakeFirst()
  return known?.status ?? null
}

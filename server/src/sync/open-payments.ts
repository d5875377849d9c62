import { paymentId, type PaymentId } from '@desk/shared/payments/payment'
import { sql } from 'kysely'
import type { Db } from '../database.ts'
import { refreshPayment } from '../payments/refresh-payment.ts'
import type { SyncDependencies } from './list-page.ts'

/**
 * Asks again about payments that are not final, or of which webhooks and API tell different things, the
 * longest unasked first, and resolves to whether more are due. Stops at the first one that SpacePay does not answer: the others would not fare better.
 */
export async function sweepOpenPayments(
  dependencies: SyncDependencies,
  signal: AbortSignal,
): Promise<boolean> {
  const due = await findDuePayments(dependencies.db, dependencies.now())
  for (const id of due) {
    if (signal.aborted) return false
    const answer = await refreshPayment(dependencies, id)
    if (answer.outcome === 'unavailable') return false
  }
  return due.length >= paymentsPerRound
}

const paymentsPerRound = 20

/** The older a payment, the rarer it changes: asked after a tenth of its age, within these bounds. */
const pauseAtLeast = '30 seconds'
const pauseAtMost = '7 days'

async function findDuePayments(db: Db, now: Date): Promise<PaymentId[]> {
  const rows = await db
    .selectFrom('payment')
    .select('id')
    .where(sql<boolean>`(
      status not in ('completed', 'failed', 'expired', 'cancelled') or api_read_at is null)`)
    .where(isDue(now))
    .orderBy('api_read_at', (direction) => direction.asc().nullsFirst())
    .limit(paymentsPerRound)
    .execute()
  // Apart, since an `or` between the two would read all payments.
  const doubted = await db
    .selectFrom('drift_watch')
    .innerJoin('payment', 'payment.id', 'drift_watch.payment_id')
    .select('payment.id')
    .where(sql<boolean>`asks_api`)
    .where(isDue(now))
    .orderBy('api_read_at', (direction) => direction.asc().nullsFirst())
    .limit(doubtedPerRound)
    .execute()
  return [...new Set([...doubted, ...rows].map(({ id }) => paymentId.parse(id)))]
}

const doubtedPerRound = 5

function isDue(now: Date) {
  return sql<boolean>`(
    api_read_at is null or api_read_at <= ${now}::timestamptz - greatest(
      ${pauseAtLeast}::interval,
      least(${pauseAtMost}::interval, (${now}::timestamptz - created_at) / 10)))`
}

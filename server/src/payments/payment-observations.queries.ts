import { sql } from 'kysely'
import type { PaymentId } from '@desk/shared/payments/payment'
import type { ObservationSource, ObservationSummary } from '@desk/shared/payments/payment-detail'
import type { Trx } from '../database.ts'
import { toCents } from './payment-row.ts'

const OBSERVATIONS_MAX = 100

/** The newest hundred things each source said about a payment, in the order they happened, newest first. */
export async function findObservations(
  trx: Trx,
  paymentId: PaymentId,
): Promise<ObservationSummary[]> {
  const ranked = trx
    .selectFrom('observation')
    .select(['id', 'source', 'status', 'amount_cents', 'occurred_at', 'learned_at'])
    .select(
      sql<number>`row_number() over (partition by source order by occurred_at desc, id desc)`.as(
        'rank',
      ),
    )
    .where('payment_id', '=', paymentId)
  const rows = await trx
    .selectFrom(ranked.as('ranked'))
    .select(['id', 'source', 'status', 'amount_cents', 'occurred_at', 'learned_at'])
    .where('rank', '<=', OBSERVATIONS_MAX)
    .orderBy('occurred_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map((row) => ({
    id: String(row.id),
    source: row.source,
    status: row.status,
    amountCents: toCents(row.amount_cents),
    occurredAt: row.occurred_at.toISOString(),
    learnedAt: row.learned_at.toISOString(),
  }))
}

/** The last thing a source said about the payment, by when it was so, not by when it reached us. */
export function newestOf(
  observations: readonly ObservationSummary[],
  source: ObservationSource,
): ObservationSummary | null {
  return observations.find((observation) => observation.source === source) ?? null
}

/** The newest whole account, as it was kept; webhooks tell too little to count. */
export async function findRawJson(trx: Trx, paymentId: PaymentId): Promise<string | null> {
  const row = await trx
    .selectFrom('observation')
    .select('body')
    .where('payment_id', '=', paymentId)
    .where('extent', '=', 'full')
    .orderBy('occurred_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.body ?? null
}

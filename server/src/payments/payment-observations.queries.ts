import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { ObservationSource, ObservationSummary } from '@desk/shared/payments/payment-detail'
import { type NestedRow, toInstant } from './nested-row.ts'
import type { PaymentExpressions } from './payment-matching.ts'
import { toCents } from './payment-row.ts'

const OBSERVATIONS_MAX = 100

/** The newest hundred things each source said about a payment, in the order they happened, newest first. */
export function observationsOf(eb: PaymentExpressions) {
  const columns = ['id', 'source', 'status', 'amount_cents', 'occurred_at', 'learned_at'] as const
  const ranked = eb
    .selectFrom('observation')
    .select(columns)
    .select(
      sql<number>`row_number() over (partition by source order by occurred_at desc, id desc)`.as(
        'rank',
      ),
    )
    .whereRef('payment_id', '=', 'payment.id')
  return jsonArrayFrom(
    eb
      .selectFrom(ranked.as('ranked'))
      .select(columns.map((column) => `ranked.${column}` as const))
      .where('rank', '<=', OBSERVATIONS_MAX)
      .orderBy('ranked.occurred_at', 'desc')
      .orderBy('ranked.id', 'desc'),
  )
}

export function toObservation(row: NestedRow<typeof observationsOf>): ObservationSummary {
  return {
    id: String(row.id),
    source: row.source,
    status: row.status,
    amountCents: toCents(row.amount_cents),
    occurredAt: toInstant(row.occurred_at),
    learnedAt: toInstant(row.learned_at),
  }
}

/** The last thing a source said about the payment, by when it was so, not by when it reached us. */
export function newestOf(
  observations: readonly ObservationSummary[],
  source: ObservationSource,
): ObservationSummary | null {
  return observations.find((observation) => observation.source === source) ?? null
}

/**
 * The last body of a source, as it was kept: of the API its newest account, not that it knew none; of the
 * webhooks the newest by its own time, however late it came.
 */
export function lastBodyOf(eb: PaymentExpressions, source: ObservationSource) {
  return eb
    .selectFrom('observation')
    .select('body')
    .whereRef('payment_id', '=', 'payment.id')
    .where('source', '=', source)
    .where('extent', '<>', 'missing')
    .orderBy('occurred_at', 'desc')
    .orderBy('observation.id', 'desc')
    .limit(1)
}

/** When somebody first said that it is processing. */
export function processingSinceOf(eb: PaymentExpressions) {
  return eb
    .selectFrom('observation')
    .select((seen) => seen.fn.min('occurred_at').as('since'))
    .whereRef('observation.payment_id', '=', 'payment.id')
    .where('observation.status', '=', 'processing')
}

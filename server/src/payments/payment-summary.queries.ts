import type { PaymentSummary } from '@desk/shared/payments/payment-list'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import type { Db } from '../database.ts'
import type { SearchPlace } from './payment-conditions.ts'
import { type Matching, matches, understand } from './payment-matching.ts'
import { refuseTooBroad } from '../kernel/refuse-too-broad.ts'
import { untilGone } from '../kernel/until-gone.ts'

const ROWS_COUNTED_MAX = 10_000

/**
 * How many payments a query matches and their sum in cents as integer text, over at most 10,000 rows;
 * past that both are lower limits. Refuses with `search_too_broad`.
 */
export async function readPaymentSummary(
  reads: Db,
  { query, signal, asOf }: SummaryQuestion,
  place: SearchPlace,
): Promise<PaymentSummary> {
  return refuseTooBroad(async () => {
    const matching = await understand(reads, query, place)
    const { count, sum } = await countUpTo(reads, matching, {
      rows: ROWS_COUNTED_MAX + 1,
      signal,
    })
    const exact = count <= ROWS_COUNTED_MAX
    return {
      count: exact ? count : ROWS_COUNTED_MAX,
      sumCents: sum ?? '0',
      exact,
      allTime: matching.allTime,
      // Of the past it is that instant.
      asOf: asOf ?? (await newestChange(reads))?.toISOString() ?? null,
    }
  }, signal)
}

interface SummaryQuestion {
  readonly query: PaymentQuery
  readonly signal?: AbortSignal | undefined
  /** ISO 8601 UTC, where `reads` shows the past. */
  readonly asOf?: string | undefined
}

async function countUpTo(
  reads: Db,
  matching: Matching,
  { rows, signal }: { readonly rows: number; readonly signal: AbortSignal | undefined },
): Promise<{ count: number; sum: string | null }> {
  return reads
    .selectFrom((eb) =>
      eb
        .selectFrom('payment')
        .select('amount_cents')
        .where((eb) => matches(eb, matching))
        .limit(rows)
        .as('matched'),
    )
    .select((eb) => [
      eb.fn.countAll<number>().as('count'),
      eb.fn.sum<string | null>('amount_cents').as('sum'),
    ])
    .executeTakeFirstOrThrow(untilGone(signal))
}

async function newestChange(reads: Db): Promise<Date | undefined> {
  const row = await reads
    .selectFrom('payment')
    .select('updated_at')
    .orderBy('updated_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.updated_at
}

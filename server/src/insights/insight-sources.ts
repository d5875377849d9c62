import { type RawBuilder, sql } from 'kysely'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import type { ShownDays } from '@desk/shared/insights/insights'
import type { Db } from '../database.ts'
import { type Matching, matches } from '../payments/payment-matching.ts'

/** Rows to add up: from the rollups, or from the shares of the payments that a question matches. */
export interface Sources {
  /** Payments that are read one by one; null where rollups hold all answers. */
  readonly picked: RawBuilder<unknown> | null
  /** Whether the sums by day, token and network come from rollups. */
  readonly areDaysSummed: boolean
  /** With day, token, network, status, counts and cents. */
  readonly buckets: RawBuilder<unknown>
  /** With day, hour, status, counts and cents. */
  readonly hours: RawBuilder<unknown>
  /** With day, measure and step. */
  readonly steps: RawBuilder<unknown>
}

/** Payments read one by one at most. */
export const PICKED_MAX = 50_000

/**
 * Where the answers come from. Rollups by day know token, network, status and type, those by hour and by step
 * status and type alone; whatever else is asked for is looked up in the payments themselves.
 */
export function sourcesOf(
  reads: Db,
  ruleId: number,
  { matching, span }: { readonly matching: Matching; readonly span: ShownDays },
): Sources {
  const { query } = matching
  const areDaysSummed = hasOnlyFilters(query)
  const areHoursSummed = areDaysSummed && query.tokens.length + query.networks.length === 0
  return {
    picked: areHoursSummed ? null : pickedShares(reads, ruleId, matching),
    areDaysSummed,
    buckets: areDaysSummed ? summedDays(ruleId, query, span) : pickedDays,
    hours: areHoursSummed ? summedHours(ruleId, query, span) : pickedHours,
    steps: areHoursSummed ? summedSteps(ruleId, query, span) : pickedSteps,
  }
}

function hasOnlyFilters(query: PaymentQuery): boolean {
  return (
    query.text.trim() === '' &&
    query.minCents === null &&
    query.maxCents === null &&
    query.judgements.length === 0 &&
    query.terms.length === 0
  )
}

/** The newest first, so that what is left off is the oldest. */
function pickedShares(reads: Db, ruleId: number, matching: Matching): RawBuilder<unknown> {
  const ids = reads
    .selectFrom('payment')
    .select('payment.id')
    .where((eb) => matches(eb, matching))
    .orderBy('payment.created_at', 'desc')
    .limit(PICKED_MAX)
  return sql`
    select share.* from ${ids} as matched
    join payment_share as share on share.rule_id = ${ruleId} and share.payment_id = matched.id`
}

const pickedDays = sql`
  select created_day as day, token, network, status, 1 as payments, is_quoted::int as quoted, is_seen::int as seen,
    is_underpaid::int as underpaid, is_overpaid::int as overpaid, is_late::int as late, gross_cents, slippage_cents
  from picked`
const pickedHours = sql`
  select created_day as day, created_hour as hour, status, 1 as payments, gross_cents, slippage_cents from picked`
const pickedSteps = sql`
  select created_day as day, measure, step, 1 as payments
  from picked
  cross join lateral (values ('size', size_step), ('confirm', confirm_step)) as counted (measure, step)
  where step is not null`

function summedDays(ruleId: number, query: PaymentQuery, span: ShownDays): RawBuilder<unknown> {
  return sql`
    select day, token, network, status, payments, quoted, seen, underpaid, overpaid, late, gross_cents, slippage_cents
    from payment_rollup
    where ${within(ruleId, span)} and basis = 'created' and ${among('token', query.tokens)}
      and ${among('network', query.networks)} and ${ofKind(query)}`
}

function summedHours(ruleId: number, query: PaymentQuery, span: ShownDays): RawBuilder<unknown> {
  return sql`
    select day, hour, status, payments, gross_cents, slippage_cents
    from payment_rollup_hour where ${within(ruleId, span)} and ${ofKind(query)}`
}

function summedSteps(ruleId: number, query: PaymentQuery, span: ShownDays): RawBuilder<unknown> {
  return sql`
    select day, measure, step, payments
    from payment_rollup_step where ${within(ruleId, span)} and ${ofKind(query)}`
}

function within(ruleId: number, { from, to }: ShownDays): RawBuilder<unknown> {
  return sql`rule_id = ${ruleId} and day between ${from}::date and ${to}::date`
}

function ofKind({ statuses, types }: PaymentQuery): RawBuilder<unknown> {
  return sql`${among('status', statuses)} and ${among('type', types)}`
}

function among(column: string, values: readonly string[]): RawBuilder<unknown> {
  return values.length === 0 ? sql`true` : sql`${sql.ref(column)} = any(${values}::text[])`
}

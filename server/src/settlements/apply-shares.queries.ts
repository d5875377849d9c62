import { type RawBuilder, sql } from 'kysely'
import { sizeStepCents } from '@desk/shared/insights/size-steps'
import { confirmStepSeconds } from '@desk/shared/settlements/confirm-steps'
import type { Db, Trx } from '../database.ts'
import { adjustedInClosedMonths } from './adjusted-shares.ts'

/**
 * Brings the rollups of every rule in use or being built level with what these payments count for now: each
 * bucket that is touched is written once, by the difference between their shares before and now. The caller
 * sees to it that nobody else does the same at the time.
 */
export async function applyShares(trx: Trx, paymentIds: readonly string[]): Promise<void> {
  if (paymentIds.length === 0) return
  await sql`
    with rule as (
      select id, zone from business_day_rule where state in ('building', 'active')
    ), fresh as (
      select rule.id as rule_id, measure.*, created.day as created_day,
        extract(hour from measure.created_at at time zone rule.zone)::smallint as created_hour,
        settled.day as settled_day,
        case when confirm_seconds is not null
          then width_bucket(confirm_seconds, ${confirmThresholds}::integer[])::smallint end as confirm_step,
        width_bucket(measure.amount_cents, ${sizeStepCents}::bigint[])::smallint as size_step
      from payment_measure as measure
      cross join rule
      join lateral ${dayOfInstant('measure.created_at')} as created on true
      left join lateral ${dayOfInstant('measure.settled_at')} as settled on true
      where measure.payment_id = any(${paymentIds}::text[])
    ), before as (
      select share.* from payment_share as share
      join rule on rule.id = share.rule_id
      where share.payment_id = any(${paymentIds}::text[])
    ), kept as (
      insert into payment_share (${shareColumns})
      select ${shareColumns} from fresh
      on conflict (rule_id, payment_id) do update set ${sharesReplaced}
      where (${targetColumns}) is distinct from (${excludedColumns})
    ), moved as (
      select 1 as sign, ${shareColumns} from fresh
      union all
      select -1, ${shareColumns} from before
    ), adjusted as (
      ${adjustedInClosedMonths}
    ), by_day as (
      insert into payment_rollup as rollup (rule_id, basis, day, token, network, status, type, payments,
        ${measureColumns}, ${factColumns})
      select rule_id, basis, day, token, network, status, type, sum(sign), ${measureSums},
        ${factSums}
      from moved
      cross join lateral (values ('created', created_day), ('settled', settled_day)) as bucket (basis, day)
      where day is not null
      group by rule_id, basis, day, token, network, status, type
      ${havingMoved}
      order by rule_id, basis, day, token, network, status, type
      on conflict (rule_id, basis, day, token, network, status, type) do update set
        payments = rollup.payments + excluded.payments, ${measuresAdded},
        ${factsAdded}
    ), by_hour as (
      insert into payment_rollup_hour as rollup (rule_id, day, hour, status, type, payments, gross_cents, slippage_cents)
      select rule_id, created_day, created_hour, status, type, sum(sign), sum(sign * gross_cents),
        sum(sign * slippage_cents)
      from moved
      group by rule_id, created_day, created_hour, status, type
      having sum(sign) <> 0 or sum(sign * gross_cents) <> 0 or sum(sign * slippage_cents) <> 0
      order by rule_id, created_day, created_hour, status, type
      on conflict (rule_id, day, hour, status, type) do update set
        payments = rollup.payments + excluded.payments, gross_cents = rollup.gross_cents + excluded.gross_cents,
        slippage_cents = rollup.slippage_cents + excluded.slippage_cents
    ), by_step as (
      insert into payment_rollup_step as rollup (rule_id, day, measure, status, type, step, payments)
      select rule_id, created_day, measure, status, type, step, sum(sign)
      from moved
      cross join lateral (values ('size', size_step), ('confirm', confirm_step)) as counted (measure, step)
      where step is not null
      group by rule_id, created_day, measure, status, type, step
      having sum(sign) <> 0
      order by rule_id, created_day, measure, status, type, step
      on conflict (rule_id, day, measure, status, type, step) do update set
        payments = rollup.payments + excluded.payments
    )
    insert into payment_rollup_confirm as rollup (rule_id, day, token, network, step, payments)
    select rule_id, settled_day, token, network, confirm_step, sum(sign)
    from moved
    where confirm_step is not null and settled_day is not null
    group by rule_id, settled_day, token, network, confirm_step
    having sum(sign) <> 0
    order by rule_id, settled_day, token, network, confirm_step
    on conflict (rule_id, day, token, network, step) do update set
      payments = rollup.payments + excluded.payments
  `.execute(trx)
}

/** Takes the oldest payments that are due out of the queue; each comes once, however often it changed. */
export async function takeDue(
  trx: Trx,
  limit: number,
): Promise<{ readonly ids: readonly string[]; readonly isAll: boolean }> {
  const { rows } = await sql<{ id: string }>`
    delete from payment_share_due where id in (
      select id from payment_share_due order by id limit ${limit}
    ) returning payment_id as id
  `.execute(trx)
  return { ids: [...new Set(rows.map(({ id }) => id))], isAll: rows.length < limit }
}

/** Since when the payment that waits longest has waited; null while the rollups are level. */
export async function oldestDue(db: Db): Promise<Date | null> {
  const row = await db
    .selectFrom('payment_share_due')
    .select('at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row?.at ?? null
}

/** `width_bucket` puts what equals a bound above it; a step holds its upper end. */
export const confirmThresholds = confirmStepSeconds.map((seconds) => seconds + 1)

const measures = [
  'gross_cents',
  'merchant_fee_cents',
  'swap_fee_cents',
  'convenience_fee_cents',
  'net_cents',
  'received_cents',
  'slippage_cents',
] as const
/** Counted in the sums by the day, under the second name. */
const facts = [
  ['is_underpaid', 'underpaid'],
  ['is_overpaid', 'overpaid'],
  ['is_late', 'late'],
  ['is_quoted', 'quoted'],
  ['is_seen', 'seen'],
] as const
const shareFacts = [
  'type',
  'status',
  'token',
  'network',
  'created_at',
  'settled_at',
  'created_day',
  'created_hour',
  'settled_day',
  ...measures,
  'is_underpaid',
  'is_overpaid',
  'is_late',
  'is_quoted',
  'is_seen',
  'confirm_step',
  'size_step',
] as const

const shareColumns = sql.raw(['rule_id', 'payment_id', ...shareFacts].join(', '))
const sharesReplaced = sql.raw(shareFacts.map((name) => `${name} = excluded.${name}`).join(', '))
const targetColumns = sql.raw(shareFacts.map((name) => `payment_share.${name}`).join(', '))
const excludedColumns = sql.raw(shareFacts.map((name) => `excluded.${name}`).join(', '))
const measureColumns = sql.raw(measures.join(', '))
const measureSums = sql.raw(measures.map((name) => `sum(sign * ${name})`).join(', '))
const measuresAdded = sql.raw(
  measures.map((name) => `${name} = rollup.${name} + excluded.${name}`).join(', '),
)
const factColumns = sql.raw(facts.map(([, count]) => count).join(', '))
const factSums = sql.raw(facts.map(([fact]) => `sum(sign * ${fact}::int)`).join(', '))
const factsAdded = sql.raw(
  facts.map(([, count]) => `${count} = rollup.${count} + excluded.${count}`).join(', '),
)
const havingMoved = sql.raw(
  `having sum(sign) <> 0 or ${[
    ...measures.map((name) => `sum(sign * ${name}) <> 0`),
    ...facts.map(([fact]) => `sum(sign * ${fact}::int) <> 0`),
  ].join(' or ')}`,
)

/** SpacePay's clock may say anything; what lies outside these counts at their ends. */
const countedInstants = { from: '2009-01-03T00:00:00Z', until: '2099-12-31T00:00:00Z' } as const

/** From when to when days are needed to count these payments; null where there is none of them. */
export async function instantsOf(
  trx: Trx,
  paymentIds: readonly string[],
): Promise<{ readonly from: Date; readonly until: Date } | null> {
  const { rows } = await sql<{ from: Date | null; until: Date | null }>`
    select min(${within(sql`instant`)}) as "from", max(${within(sql`instant`)}) as until
    from payment_measure
    cross join lateral (values (created_at), (settled_at)) as counted (instant)
    where payment_id = any(${paymentIds}::text[]) and instant is not null
  `.execute(trx)
  const [{ from, until } = { from: null, until: null }] = rows
  return from && until && { from, until }
}

/** An instant as it is counted: moved to the nearer end where it lies outside. */
export function within(instant: RawBuilder<unknown>) {
  const { from, until } = countedInstants
  return sql`greatest(least(${instant}, ${until}::timestamptz), ${from}::timestamptz)`
}

function dayOfInstant(instant: 'measure.created_at' | 'measure.settled_at') {
  return sql`(
    select day from business_day
    where business_day.rule_id = rule.id and ${sql.ref(instant)} is not null
      and starts_at <= ${within(sql.ref(instant))}
    order by starts_at desc limit 1
  )`
}

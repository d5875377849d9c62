import { sql } from 'kysely'
import type { MonthCheck } from '@desk/shared/settlements/month-checks'
import type { MonthContent } from '@desk/shared/settlements/month-content'
import type { Db } from '../database.ts'
import { oldestDue, within } from './apply-shares.queries.ts'
import { checkBank } from './bank-checks.queries.ts'
import type { NumberedRule } from './business-day-rules.queries.ts'

/** Payments that changed a moment ago are on their way into the sums; those that wait longer are a fault. */
const levelMs = 10_000

interface CheckedMonth {
  readonly rule: NumberedRule
  readonly content: MonthContent
  readonly now: Date
}

/** Looks at everything that has to be so before a month is closed. */
export async function checkMonth(db: Db, checked: CheckedMonth): Promise<MonthCheck[]> {
  const { content, now } = checked
  const [due, differing, drift, bank] = await Promise.all([
    oldestDue(db),
    differingDays(db, checked),
    openDrift(db, content),
    checkBank(db, content),
  ])
  const isOver = Date.parse(content.endsAt) <= now.getTime()
  const isLevel = due === null || now.getTime() - due.getTime() < levelMs
  const last = content.days.at(-1)?.day ?? content.month
  return [
    {
      kind: 'days_over',
      isMet: isOver,
      finding: isOver
        ? `All ${content.days.length} business days are over.`
        : `The month is not over: its last business day is ${last}.`,
    },
    {
      kind: 'sums_level',
      isMet: isLevel,
      finding: isLevel
        ? 'Every payment that changed is counted.'
        : 'Payments that changed wait to be counted. Try again in a minute.',
    },
    {
      kind: 'sums_proved',
      isMet: differing.length === 0,
      finding:
        differing.length === 0
          ? 'All payments of the month, added up anew, are what the sums say.'
          : `The sums are not what the payments add up to on ${differing.join(', ')}.`,
    },
    {
      kind: 'drift_settled',
      isMet: drift.payments === 0,
      finding:
        drift.payments === 0
          ? 'Webhooks and API agree about every payment of the month.'
          : `Webhooks and API disagree about ${drift.isMore ? 'more than ' : ''}${drift.payments} ${drift.payments === 1 ? 'payment' : 'payments'} of the month.`,
    },
    ...bank,
  ]
}

const namedMax = 5

/** Days on which the payments themselves add up to something else than the sums, the first few. */
async function differingDays(db: Db, { rule, content }: CheckedMonth): Promise<string[]> {
  const first = content.days[0]?.day ?? ''
  const last = content.days.at(-1)?.day ?? ''
  const settled = sql`coalesce(receipt.completed_at, receipt.transaction_at)`
  const { rows } = await sql<{ day: string }>`
    with inside as (
      select payment_id as id from receipt
      where ${settled} >= ${content.startsAt}::timestamptz and ${settled} < ${content.endsAt}::timestamptz
      union
      select payment.id from payment
      where payment.status = 'completed' and payment.created_at >= ${content.startsAt}::timestamptz
        and payment.created_at < ${content.endsAt}::timestamptz
    ), counted as (
      select bucket.day, 1 as payments, gross_cents, merchant_fee_cents, swap_fee_cents,
        convenience_fee_cents, net_cents
      from inside
      join payment_measure as measure on measure.payment_id = inside.id
      join business_day as bucket on bucket.rule_id = ${rule.id}
        and bucket.starts_at <= ${within(sql`measure.settled_at`)}
        and ${within(sql`measure.settled_at`)} < bucket.ends_at
      where measure.settled_at is not null
        and not exists (select from payment_share_due where payment_share_due.payment_id = inside.id)
      union all
      select settled_day, 1, gross_cents, merchant_fee_cents, swap_fee_cents, convenience_fee_cents, net_cents
      from payment_share
      where rule_id = ${rule.id} and settled_day is not null
        and exists (select from payment_share_due where payment_share_due.payment_id = payment_share.payment_id)
      union all
      select day, -payments, -gross_cents, -merchant_fee_cents, -swap_fee_cents, -convenience_fee_cents,
        -net_cents
      from payment_rollup where rule_id = ${rule.id} and basis = 'settled' and day between ${first}::date and ${last}::date
    )
    select day::text as day
    from counted
    where day between ${first}::date and ${last}::date
    group by day
    having sum(payments) <> 0 or sum(gross_cents) <> 0 or sum(merchant_fee_cents) <> 0
      or sum(swap_fee_cents) <> 0 or sum(convenience_fee_cents) <> 0 or sum(net_cents) <> 0
    order by day
    limit ${namedMax}
  `.execute(db)
  return rows.map(({ day }) => day)
}

const driftCountedMax = 1_000

async function openDrift(
  db: Db,
  { startsAt, endsAt }: MonthContent,
): Promise<{ readonly payments: number; readonly isMore: boolean }> {
  const { rows } = await sql<{ payments: number }>`
    select count(*)::integer as payments from (
      select distinct drift.payment_id
      from drift
      join payment_measure as measure on measure.payment_id = drift.payment_id
      where drift.state = 'open'
        and coalesce(measure.settled_at, measure.created_at) >= ${startsAt}::timestamptz
        and coalesce(measure.settled_at, measure.created_at) < ${endsAt}::timestamptz
      limit ${driftCountedMax + 1}
    ) as found
  `.execute(db)
  const found = rows[0]?.payments ?? 0
  return { payments: Math.min(found, driftCountedMax), isMore: found > driftCountedMax }
}

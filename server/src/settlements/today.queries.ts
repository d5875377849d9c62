import { sql } from 'kysely'
import { confirmQuantile, confirmStepSeconds } from '@desk/shared/settlements/confirm-steps'
import type { BusinessDay } from '@desk/shared/time/business-day'
import type { StretchFigures, Takings, TodayFigures } from '@desk/shared/settlements/day-figures'
import type { Db } from '../database.ts'
import { toAmountCents } from './amount.ts'
import { businessDayBounds } from './business-day-bounds.ts'
import { type NumberedRule, readRule } from './business-day-rules.queries.ts'
import { takingsBy } from './takings-parts.ts'

const DAY_MS = 24 * 60 * 60 * 1000

interface Stretch {
  readonly from: Date
  readonly before: Date
}

/** Null while payments are added up for the first time. */
export async function readToday(db: Db, now: Date): Promise<TodayFigures | null> {
  const rule = await readRule(db, 'active')
  if (!rule) return null
  const days = businessDayBounds(rule, { from: new Date(now.getTime() - 8 * DAY_MS), until: now })
  const today = days.at(-1)
  if (!today) throw new Error(`No business day holds ${now.toISOString()}.`)
  const elapsedMs = now.getTime() - Date.parse(today.startsAt)
  const yesterday = days.at(-2)
  const lastWeek = days.at(-8)
  const [soFar, before, weekBefore] = await Promise.all([
    readStretch(db, rule, { from: new Date(today.startsAt), before: now }),
    yesterday && readStretch(db, rule, sameTime(yesterday, elapsedMs)),
    lastWeek && readStretch(db, rule, sameTime(lastWeek, elapsedMs)),
  ])
  const takings = await readTakings(db, rule, [today.day, yesterday?.day ?? today.day])
  return {
    rule: { zone: rule.zone, cutOff: rule.cutOff },
    asOf: now.toISOString(),
    today,
    soFar,
    yesterday: before ?? null,
    lastWeek: weekBefore ?? null,
    takings: {
      today: takings(today.day),
      yesterday: takings(yesterday?.day ?? ''),
    },
  }
}

/** A day that is shorter than today ends where it ends. */
function sameTime(day: BusinessDay, elapsedMs: number): Stretch {
  const before = Math.min(Date.parse(day.startsAt) + elapsedMs, Date.parse(day.endsAt))
  return { from: new Date(day.startsAt), before: new Date(before) }
}

async function readStretch(db: Db, rule: NumberedRule, stretch: Stretch): Promise<StretchFigures> {
  const { rows } = await sql<{
    completed: number
    grossCents: number
    feeCents: number
    netCents: number
    created: number
    createdAndCompleted: number
    steps: number[]
  }>`
    with settled as (
      select gross_cents, merchant_fee_cents + swap_fee_cents + convenience_fee_cents as fee_cents, net_cents,
        confirm_step
      from payment_share
      where rule_id = ${rule.id} and settled_at >= ${stretch.from} and settled_at < ${stretch.before}
    ), stepped as (
      select step, count(confirm_step) as payments
      from generate_series(0, ${confirmStepSeconds.length}) as step
      left join settled on confirm_step = step
      group by step
    ), made as (
      select status from payment_share
      where rule_id = ${rule.id} and created_at >= ${stretch.from} and created_at < ${stretch.before}
    )
    select
      (select count(*) from settled) as completed,
      (select coalesce(sum(gross_cents), 0)::bigint from settled) as "grossCents",
      (select coalesce(sum(fee_cents), 0)::bigint from settled) as "feeCents",
      (select coalesce(sum(net_cents), 0)::bigint from settled) as "netCents",
      (select count(*) from made) as created,
      (select count(*) from made where status = 'completed') as "createdAndCompleted",
      (select array_agg(payments::integer order by step) from stepped) as steps
  `.execute(db)
  const [row] = rows
  if (!row) throw new Error('Sums always have a row.')
  const median = confirmQuantile(row.steps, 0.5)
  const p95 = confirmQuantile(row.steps, 0.95)
  return {
    completed: row.completed,
    grossCents: toAmountCents(row.grossCents),
    feeCents: toAmountCents(row.feeCents),
    netCents: toAmountCents(row.netCents),
    created: row.created,
    createdAndCompleted: row.createdAndCompleted,
    confirmSeconds: median === null || p95 === null ? null : { median, p95 },
  }
}

/** What completed payments of these business days brought in, by token and by network, the most first. */
async function readTakings(
  db: Db,
  rule: NumberedRule,
  days: readonly string[],
): Promise<(day: string) => Takings> {
  const rows = await db
    .selectFrom('payment_rollup')
    .select((eb) => [
      sql<string>`day::text`.as('day'),
      'token',
      'network',
      eb.fn.sum<string>('payments').as('payments'),
      eb.fn.sum<string>('gross_cents').as('grossCents'),
    ])
    .where('rule_id', '=', rule.id)
    .where('basis', '=', 'settled')
    .where(sql<boolean>`day = any(${days}::date[])`)
    .groupBy(['day', 'token', 'network'])
    .execute()
  return (day) => {
    const ofDay = rows.filter((row) => row.day === day)
    return {
      byToken: takingsBy(ofDay, ({ token }) => token),
      byNetwork: takingsBy(ofDay, ({ network }) => network),
    }
  }
}

import { sql } from 'kysely'
import type {
  SettlementDay,
  SettlementDayDetail,
  SettlementDays,
  SettlementSums,
} from '@desk/shared/settlements/settlement-days'
import type { SettlementDaysInput } from '@desk/shared/settlements/settlement-input'
import type { Db } from '../database.ts'
import { toAmountCents } from './amount.ts'
import { boundsOfDay, businessDayAt } from './business-day-bounds.ts'
import { type NumberedRule, readRule } from './business-day-rules.queries.ts'
import { daysBetween } from './days-between.ts'
import { takingsBy } from './takings-parts.ts'

/** What was completed on each day of a range; null while payments are added up for the first time. */
export async function readSettlementDays(
  db: Db,
  asked: SettlementDaysInput,
  now: Date,
): Promise<SettlementDays | null> {
  const rule = await readRule(db, 'active')
  if (!rule) return null
  const days = await settlementDaysBy(db, rule, asked)
  return {
    rule: { zone: rule.zone, cutOff: rule.cutOff },
    today: businessDayAt(rule, now).day,
    days,
    totals: totalOf(days),
  }
}

/** Every day of a range by a rule, empty ones with zeros. */
export async function settlementDaysBy(
  db: Db,
  rule: NumberedRule,
  { from, to }: SettlementDaysInput,
): Promise<SettlementDay[]> {
  const rows = await db
    .selectFrom('payment_rollup')
    .select((eb) => [
      sql<string>`day::text`.as('day'),
      eb.fn.sum<string>('payments').as('payments'),
      eb.fn.sum<string>('gross_cents').as('grossCents'),
      eb.fn.sum<string>('merchant_fee_cents').as('merchantFeeCents'),
      eb.fn.sum<string>('swap_fee_cents').as('swapFeeCents'),
      eb.fn.sum<string>('convenience_fee_cents').as('convenienceFeeCents'),
      eb.fn.sum<string>('net_cents').as('netCents'),
    ])
    .where('rule_id', '=', rule.id)
    .where('basis', '=', 'settled')
    .where('day', '>=', from)
    .where('day', '<=', to)
    .groupBy('day')
    .execute()
  const known = new Map(rows.map((row) => [row.day, row]))
  return daysBetween(from, to).map((day) => ({ day, ...sumsIn(known.get(day)) }))
}

/** What one day holds; null while payments are added up for the first time. */
export async function readSettlementDay(
  db: Db,
  day: string,
  now: Date,
): Promise<SettlementDayDetail | null> {
  const rule = await readRule(db, 'active')
  if (!rule) return null
  const bounds = boundsOfDay(rule, day)
  const [[found], parts, madeEarlier] = await Promise.all([
    settlementDaysBy(db, rule, { from: day, to: day }),
    db
      .selectFrom('payment_rollup')
      .select((eb) => [
        'token',
        'network',
        eb.fn.sum<string>('payments').as('payments'),
        eb.fn.sum<string>('gross_cents').as('grossCents'),
      ])
      .where('rule_id', '=', rule.id)
      .where('basis', '=', 'settled')
      .where('day', '=', day)
      .groupBy(['token', 'network'])
      .execute(),
    db
      .selectFrom('payment_share')
      .select((eb) => [
        eb.fn.countAll<number>().as('payments'),
        eb.fn.coalesce(eb.fn.sum<string>('gross_cents'), sql<string>`0`).as('grossCents'),
      ])
      .where('rule_id', '=', rule.id)
      .where('settled_at', '>=', new Date(bounds.startsAt))
      .where('settled_at', '<', new Date(bounds.endsAt))
      .where('created_day', '<', day)
      .executeTakeFirstOrThrow(),
  ])
  const { day: _day, ...sums } = found ?? { day, ...sumsIn(undefined) }
  return {
    rule: { zone: rule.zone, cutOff: rule.cutOff },
    bounds,
    today: businessDayAt(rule, now).day,
    sums,
    byToken: takingsBy(parts, ({ token }) => token),
    byNetwork: takingsBy(parts, ({ network }) => network),
    madeEarlier: {
      payments: madeEarlier.payments,
      grossCents: toAmountCents(madeEarlier.grossCents),
    },
  }
}

type SumTexts = Readonly<Record<keyof SettlementSums, string>>

function sumsIn(row: SumTexts | undefined): SettlementSums {
  const cents = (field: keyof SettlementSums) => toAmountCents(row?.[field] ?? 0)
  return {
    payments: Number(row?.payments ?? 0),
    grossCents: cents('grossCents'),
    merchantFeeCents: cents('merchantFeeCents'),
    swapFeeCents: cents('swapFeeCents'),
    convenienceFeeCents: cents('convenienceFeeCents'),
    netCents: cents('netCents'),
  }
}

/** Adds days up; throws beyond what is exact. */
export function totalOf(days: readonly SettlementSums[]): SettlementSums {
  const sum = (field: keyof SettlementSums) =>
    days.reduce((total, each) => total + BigInt(each[field]), 0n)
  return {
    payments: Number(sum('payments')),
    grossCents: toAmountCents(sum('grossCents')),
    merchantFeeCents: toAmountCents(sum('merchantFeeCents')),
    swapFeeCents: toAmountCents(sum('swapFeeCents')),
    convenienceFeeCents: toAmountCents(sum('convenienceFeeCents')),
    netCents: toAmountCents(sum('netCents')),
  }
}

import { sql } from 'kysely'
import type {
  SettlementDay,
  SettlementDayDetail,
  SettlementDays,
  SettlementSums,
  SettlementTotals,
} from '@desk/shared/settlements/settlement-days'
import type { SettlementDaysInput } from '@desk/shared/settlements/settlement-input'
import { expectedBy } from '@desk/shared/settlements/expected-by'
import type { Db } from '../database.ts'
import { toAmountCents } from './amount.ts'
import { readUsualDelay } from './arrivals.queries.ts'
import { readBank, readDayMatches, sumOfDifferences } from './bank-of-days.queries.ts'
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
  const { day: today } = businessDayAt(rule, now)
  const days = await settlementDaysBy(db, { rule, today }, asked)
  return {
    rule: { zone: rule.zone, cutOff: rule.cutOff },
    today,
    days,
    totals: totalOf(days),
  }
}

/** Every day of a range by a rule, empty ones with zeros. */
export async function settlementDaysBy(
  db: Db,
  { rule, today }: CountedDays,
  { from, to }: SettlementDaysInput,
): Promise<SettlementDay[]> {
  const bank = await readBank(db, { from, to, today })
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
  return daysBetween(from, to).map((day) => {
    const sums = sumsIn(known.get(day))
    return { day, ...sums, ...bank.of(day, sums.netCents) }
  })
}

/** By which days payments are counted, and the business day it is now. */
export interface CountedDays {
  readonly rule: NumberedRule
  readonly today: string
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
  const { day: today } = businessDayAt(rule, now)
  const [[found], parts, madeEarlier, matches, delay] = await Promise.all([
    settlementDaysBy(db, { rule, today }, { from: day, to: day }),
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
    readDayMatches(db, day),
    readUsualDelay(db, today),
  ])
  if (!found) throw new Error(`The day ${day} has no row.`)
  return {
    rule: { zone: rule.zone, cutOff: rule.cutOff },
    bounds,
    today,
    sums: found,
    expectedBy: expectedBy(day, delay),
    matches,
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
export function totalOf(days: readonly SettlementTotals[]): SettlementTotals {
  const sum = (field: keyof SettlementSums) =>
    days.reduce((total, each) => total + BigInt(each[field]), 0n)
  return {
    payments: Number(sum('payments')),
    grossCents: toAmountCents(sum('grossCents')),
    merchantFeeCents: toAmountCents(sum('merchantFeeCents')),
    swapFeeCents: toAmountCents(sum('swapFeeCents')),
    convenienceFeeCents: toAmountCents(sum('convenienceFeeCents')),
    netCents: toAmountCents(sum('netCents')),
    difference: sumOfDifferences(days.map(({ difference }) => difference)),
  }
}

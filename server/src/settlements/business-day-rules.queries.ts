import { sql } from 'kysely'
import type { Db, Trx } from '../database.ts'
import type { BusinessDay, BusinessDayRule } from '@desk/shared/time/business-day'
import { businessDayBounds } from './business-day-bounds.ts'

export interface NumberedRule extends BusinessDayRule {
  readonly id: number
}

export async function readRule(
  db: Db,
  state: 'building' | 'active',
): Promise<NumberedRule | undefined> {
  return db
    .selectFrom('business_day_rule')
    .select(['id', 'zone', 'cut_off as cutOff'])
    .where('state', '=', state)
    .executeTakeFirst()
}

/** Gives a rule the days that hold these instants and all between, without gaps to those that it has. */
export async function coverDays(
  trx: Trx,
  rule: NumberedRule,
  { from, until }: InstantRange,
): Promise<void> {
  const covered = await coveredBy(trx, rule.id)
  if (!covered) return insertDays(trx, rule.id, businessDayBounds(rule, { from, until }))
  if (from < covered.from) {
    const days = businessDayBounds(rule, { from, until: covered.from })
    await insertDays(trx, rule.id, days)
  }
  if (until >= covered.until) {
    await insertDays(trx, rule.id, businessDayBounds(rule, { from: covered.until, until }))
  }
}

interface InstantRange {
  readonly from: Date
  readonly until: Date
}

/** From its first day to its last, the end exclusive; null before its first. */
async function coveredBy(db: Db, ruleId: number): Promise<InstantRange | null> {
  const row = await db
    .selectFrom('business_day')
    .select((eb) => [
      eb.fn.min<Date | null>('starts_at').as('from'),
      eb.fn.max<Date | null>('ends_at').as('until'),
    ])
    .where('rule_id', '=', ruleId)
    .executeTakeFirst()
  return row?.from && row.until ? { from: row.from, until: row.until } : null
}

async function insertDays(trx: Trx, ruleId: number, days: readonly BusinessDay[]): Promise<void> {
  await sql`
    insert into business_day (rule_id, day, starts_at, ends_at)
    select ${ruleId}, day, starts_at, ends_at
    from unnest(
      ${days.map(({ day }) => day)}::date[],
      ${days.map(({ startsAt }) => startsAt)}::timestamptz[],
      ${days.map(({ endsAt }) => endsAt)}::timestamptz[]
    ) as given (day, starts_at, ends_at)
    on conflict do nothing
  `.execute(trx)
}

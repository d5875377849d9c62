import { sql } from 'kysely'
import type {
  AdjustmentSums,
  SettlementMonthRow,
  SettlementMonths,
} from '@desk/shared/settlements/settlement-month'
import type { Db } from '../database.ts'
import { toAmountCents } from './amount.ts'
import { businessDayAt } from './business-day-bounds.ts'
import { type NumberedRule, readRule } from './business-day-rules.queries.ts'
import { daysOfMonth } from './month-content.queries.ts'
import { readContent } from './read-content.ts'
import { settlementDaysBy, totalOf } from './settlement-days.queries.ts'

const PAGE_MONTHS = 13

/** Months with payments or closed ones, and every one between them and now, the last one first; null while payments are added up. */
export async function readMonths(
  db: Db,
  cursor: string | null,
  now: Date,
): Promise<SettlementMonths | null> {
  const rule = await readRule(db, 'active')
  if (!rule) return null
  const today = businessDayAt(rule, now).day
  const first = (await firstDay(db, rule)) ?? today
  const newest = cursor ?? today.slice(0, 7)
  const months = monthsDown(newest, first.slice(0, 7)).slice(0, PAGE_MONTHS)
  const oldest = months.at(-1) ?? newest
  const [days, closed] = await Promise.all([
    settlementDaysBy(
      db,
      { rule, today },
      {
        from: daysOfMonth(oldest).from,
        to: daysOfMonth(newest).to,
      },
    ),
    closedMonths(db, months),
  ])
  return {
    months: months.map((month) => ({
      month,
      closed: closed.get(month) ?? null,
      now: totalOf(days.filter(({ day }) => day.startsWith(month))),
      isOver: daysOfMonth(month).to < today,
    })),
    cursor: oldest > first.slice(0, 7) ? monthBefore(oldest) : null,
  }
}

/** What changed in the months of these closings since they were closed. */
export async function adjustmentSums(
  db: Db,
  closeIds: readonly number[],
): Promise<(closeId: number) => AdjustmentSums> {
  const rows =
    closeIds.length === 0
      ? []
      : await db
          .selectFrom('settlement_adjustment')
          .select((eb) => [
            'close_id as closeId',
            eb.fn.countAll<number>().as('count'),
            sql<string>`sum(after_gross_cents - before_gross_cents)`.as('grossCents'),
            sql<string>`sum(after_net_cents - before_net_cents)`.as('netCents'),
          ])
          .where('close_id', 'in', [...closeIds])
          .groupBy('close_id')
          .execute()
  const known = new Map(rows.map((row) => [row.closeId, row]))
  return (closeId) => {
    const row = known.get(closeId)
    return {
      count: row?.count ?? 0,
      grossCents: toAmountCents(row?.grossCents ?? 0),
      netCents: toAmountCents(row?.netCents ?? 0),
    }
  }
}

async function closedMonths(
  db: Db,
  months: readonly string[],
): Promise<ReadonlyMap<string, NonNullable<SettlementMonthRow['closed']>>> {
  const rows = await db
    .selectFrom('settlement_close as closed')
    .innerJoin('person', 'person.id', 'closed.closed_by')
    .select([
      'closed.id',
      'closed.month',
      'closed.content',
      'closed.closed_at as closedAt',
      'person.id as personId',
      'person.name as personName',
    ])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('settlement_reopening as proposed')
            .select('proposed.id')
            .whereRef('proposed.close_id', '=', 'closed.id')
            .where('proposed.state', '=', 'proposed'),
        )
        .as('isProposed'),
    )
    .where('closed.month', 'in', [...months])
    .where('closed.reopened_at', 'is', null)
    .execute()
  const sums = await adjustmentSums(
    db,
    rows.map(({ id }) => id),
  )
  return new Map(
    rows.map((row) => [
      row.month,
      {
        closeId: row.id,
        by: { id: row.personId, name: row.personName },
        at: row.closedAt.toISOString(),
        totals: readContent(row.content).totals,
        adjustments: sums(row.id),
        isReopeningProposed: Boolean(row.isProposed),
      },
    ]),
  )
}

async function firstDay(db: Db, rule: NumberedRule): Promise<string | null> {
  const { rows } = await sql<{ day: string | null }>`
    select least(
      (select min(day)::text from payment_rollup where rule_id = ${rule.id} and basis = 'settled'),
      (select min(month) || '-01' from settlement_close where reopened_at is null)
    ) as day
  `.execute(db)
  return rows[0]?.day ?? null
}

/** From one month down to another, both included. */
function monthsDown(from: string, to: string): string[] {
  const months: string[] = []
  for (let month = from; month >= to; month = monthBefore(month)) months.push(month)
  return months
}

function monthBefore(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 2, 1)).toISOString().slice(0, 7)
}

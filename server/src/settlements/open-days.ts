import { sql } from 'kysely'
import type { OpenDay } from '@desk/shared/settlements/suggest-matches'
import type { Db } from '../database.ts'
import { readArrivals } from './arrivals.queries.ts'
import { readRule } from './business-day-rules.queries.ts'
import { daysBetween } from './days-between.ts'
import { sumOf } from './make-match.ts'

/** How every day of a range stands: what it should bring and what of that is accounted for by matches. */
export async function readOpenDays(
  db: Db,
  range: { readonly from: string; readonly to: string },
): Promise<readonly OpenDay[]> {
  const [expected, arrivals] = await Promise.all([expectedBy(db, range), readArrivals(db, range)])
  return daysBetween(range.from, range.to).map((day) => ({
    day,
    expectedCents: expected.get(day) ?? 0,
    accountedCents: sumOf(arrivals.get(day) ?? [], (each) => each.arrivedCents + each.chargeCents),
  }))
}

async function expectedBy(
  db: Db,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<ReadonlyMap<string, number>> {
  const rule = await readRule(db, 'active')
  if (!rule) return new Map()
  const rows = await db
    .selectFrom('payment_rollup')
    .select((eb) => [sql<string>`day::text`.as('day'), eb.fn.sum<string>('net_cents').as('net')])
    .where('rule_id', '=', rule.id)
    .where('basis', '=', 'settled')
    .where('day', '>=', from)
    .where('day', '<=', to)
    .groupBy('day')
    .execute()
  return new Map(rows.map(({ day, net }) => [day, Number(net)]))
}

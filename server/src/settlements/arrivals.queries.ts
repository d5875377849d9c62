import { sql } from 'kysely'
import type { Arrival } from '@desk/shared/settlements/day-difference'
import { usualDelay, workingDaysBetween } from '@desk/shared/settlements/expected-by'
import type { Db } from '../database.ts'

export interface DayArrival extends Arrival {
  /** `YYYY-MM-DD`. */
  readonly day: string
  /** The day on which the bank booked it. */
  readonly bookedOn: string
}

/** What arrived for each day of a range by the matches in force; days without any are not there. */
export async function readArrivals(
  db: Db,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<ReadonlyMap<string, readonly DayArrival[]>> {
  const rows = await db
    .selectFrom('settlement_match_day as matched')
    .innerJoin('settlement_match as match', 'match.id', 'matched.match_id')
    .select([
      sql<string>`matched.day::text`.as('day'),
      sql<string>`matched.booked_on::text`.as('bookedOn'),
      'matched.arrived_cents as arrivedCents',
      'matched.charge_cents as chargeCents',
      'matched.exchanged_cents as exchangedCents',
    ])
    .where('match.undone_at', 'is', null)
    .where('matched.day', '>=', from)
    .where('matched.day', '<=', to)
    .orderBy('matched.day')
    .orderBy('match.id')
    .execute()
  return Map.groupBy(rows, ({ day }) => day)
}

/** So many matched days tell of the present delay. */
const observedDaysMax = 90

/** After how many working days money is to be expected, by the last matched days before `today`. */
export async function readUsualDelay(db: Db, today: string): Promise<number> {
  const rows = await db
    .selectFrom('settlement_match_day as matched')
    .innerJoin('settlement_match as match', 'match.id', 'matched.match_id')
    .select([
      sql<string>`matched.day::text`.as('day'),
      sql<string>`min(matched.booked_on)::text`.as('bookedOn'),
    ])
    .where('match.undone_at', 'is', null)
    .where('matched.day', '<', today)
    .where('matched.arrived_cents', '>', 0)
    .groupBy('matched.day')
    .orderBy('matched.day', 'desc')
    .limit(observedDaysMax)
    .execute()
  return usualDelay(rows.map(({ day, bookedOn }) => workingDaysBetween(day, bookedOn)))
}

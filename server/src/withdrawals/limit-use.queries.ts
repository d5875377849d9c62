import { sql } from 'kysely'
import { countedStates, limitPeriods, type UsedCents } from '@desk/shared/withdrawals/judge-limits'
import type { Db } from '../database.ts'

/** What is used of the limits of this day and week, without the request itself. */
export async function readLimitUse(
  db: Db,
  asked: {
    readonly requestedBy: string
    readonly at: Date
    /** The business zone. */
    readonly zone: string
    readonly except: string | null
  },
): Promise<{ readonly usedByPerson: UsedCents; readonly usedInTotal: UsedCents }> {
  const { day, week } = limitPeriods(asked.at.getTime(), asked.zone)
  const own = sql<boolean>`requested_by = ${asked.requestedBy}`
  const today = sql<boolean>`submitted_at >= ${day.from}::timestamptz and submitted_at < ${day.before}::timestamptz`
  const row = await db
    .selectFrom('withdrawal_request')
    .select([
      sql<number>`coalesce(sum(amount_cents) filter (where ${own} and ${today}), 0)::bigint`.as(
        'ownDay',
      ),
      sql<number>`coalesce(sum(amount_cents) filter (where ${own}), 0)::bigint`.as('ownWeek'),
      sql<number>`coalesce(sum(amount_cents) filter (where ${today}), 0)::bigint`.as('allDay'),
      sql<number>`coalesce(sum(amount_cents), 0)::bigint`.as('allWeek'),
    ])
    .where('submitted_at', '>=', new Date(week.from))
    .where('submitted_at', '<', new Date(week.before))
    .where('state', 'in', [...countedStates])
    .where('id', '!=', asked.except ?? '')
    .executeTakeFirstOrThrow()
  return {
    usedByPerson: { dayCents: row.ownDay, weekCents: row.ownWeek },
    usedInTotal: { dayCents: row.allDay, weekCents: row.allWeek },
  }
}

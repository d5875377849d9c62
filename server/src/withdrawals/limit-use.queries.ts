import { sql } from 'kysely'
import { limitPeriods } from '@desk/shared/withdrawals/judge-limits'
import {
  type LimitMoment,
  leftStates,
  type UsedCents,
  usedOf,
  waitingStates,
} from '@desk/shared/withdrawals/limits-use'
import type { Db } from '../database.ts'

/** What is used of the limits of the day and week of `at`, without the request itself; see `limitsRule`. */
export async function readLimitUse(
  db: Db,
  asked: {
    readonly requestedBy: string
    readonly at: Date
    readonly moment: LimitMoment
    /** The business zone. */
    readonly zone: string
    readonly except: string | null
  },
): Promise<{ readonly usedByPerson: UsedCents; readonly usedInTotal: UsedCents }> {
  const { day, week } = limitPeriods(asked.at.getTime(), asked.zone)
  const within = ({ from, before }: { readonly from: string; readonly before: string }) =>
    sql<boolean>`(left_at >= ${from}::timestamptz and left_at < ${before}::timestamptz)`
  const isOwn = sql<boolean>`(requested_by = ${asked.requestedBy})`
  const isToday = sql<boolean>`coalesce(${within(day)}, false)`
  const parts = (isWaiting: boolean) =>
    db
      .selectFrom('withdrawal_request')
      .select([
        sql<number>`sum(amount_cents)::bigint`.as('cents'),
        isOwn.as('isOwn'),
        sql<boolean>`${isWaiting}::boolean`.as('isWaiting'),
        isToday.as('isToday'),
      ])
      .where('id', '!=', asked.except ?? '')
      .groupBy([sql`2`, sql`4`])
  const rows = await parts(false)
    .where('state', 'in', [...leftStates])
    .where(within(week))
    .unionAll(parts(true).where('state', 'in', [...waitingStates]))
    .execute()
  return usedOf(rows, asked.moment)
}

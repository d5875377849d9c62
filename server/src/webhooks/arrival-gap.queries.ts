import { sql } from 'kysely'
import { type ArrivalGap, judgeArrivalGap } from '@desk/shared/webhooks/arrival-gap'
import type { Db } from '../database.ts'

const HOUR_MS = 60 * 60_000
const WEEK_MS = 7 * 24 * HOUR_MS

/** How long nothing was accepted, against what is usual at this time of the week in this zone. */
export async function readArrivalGap(
  reads: Db,
  { now, zone }: { readonly now: Date; readonly zone: string },
): Promise<ArrivalGap> {
  const newest = await reads
    .selectFrom('webhook_delivery')
    .select('received_at')
    .orderBy('received_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  const nowMs = now.getTime()
  const lastAtMs = newest ? newest.received_at.getTime() : null
  // A silence of weeks is judged by its last one: it is loud enough.
  const silentFrom = Math.max(lastAtMs ?? nowMs, nowMs - WEEK_MS)
  const [sameSilence, sameHour] = await Promise.all([
    earlierWeeks(reads, { from: new Date(silentFrom), to: now, zone }),
    earlierWeeks(reads, { from: new Date(nowMs - HOUR_MS), to: now, zone }),
  ])
  return judgeArrivalGap({ nowMs, lastAtMs, sameSilence, sameHour })
}

/**
 * How many were accepted in the same stretch of each of the last four weeks in which Desk was there, by the
 * clock on the wall. Counts reach over five minutes; of one that sticks out, its share is taken.
 */
async function earlierWeeks(
  reads: Db,
  { from, to, zone }: { readonly from: Date; readonly to: Date; readonly zone: string },
): Promise<readonly number[]> {
  const { rows } = await sql<{ came: number }>`
    select (
      select coalesce(sum(arrivals * greatest(0, extract(epoch from
        least(starts_at + interval '5 minutes', stretch.upto) - greatest(starts_at, stretch.since)
      )) / 300), 0)::float8
      from webhook_arrivals
      where starts_at > stretch.since - interval '5 minutes' and starts_at < stretch.upto
        and verdict in ('valid', 'duplicate', 'malformed')
    ) as came
    from (
      select
        ((${from}::timestamptz at time zone ${zone}) - week * interval '7 days') at time zone ${zone} as since,
        ((${to}::timestamptz at time zone ${zone}) - week * interval '7 days') at time zone ${zone} as upto
      from generate_series(1, 4) as week
    ) as stretch
    where stretch.since >= (select min(starts_at) from webhook_arrivals)`.execute(reads)
  return rows.map(({ came }) => came)
}

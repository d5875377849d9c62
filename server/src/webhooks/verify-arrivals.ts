import { sql } from 'kysely'
import type { Db } from '../database.ts'

const SHOWN_MAX = 20

/**
 * Counts the stored deliveries anew and compares with what the charts read. What is refused is left out:
 * the quarantine forgets.
 */
export async function verifyArrivals(
  db: Db,
): Promise<{ readonly ok: boolean; readonly text: string }> {
  const { rows } = await sql<{
    starts_at: Date
    verdict: string
    counted: number
    stored: number
  }>`
    with stored as (
      select date_bin(interval '5 minutes', webhook_delivery.received_at, timestamptz 'epoch') as starts_at,
        verdict, count(*)::integer as stored
      from webhook_delivery
      join webhook_digest on webhook_digest.delivery_id = webhook_delivery.id
      group by 1, 2
    ), counted as (
      select starts_at, verdict, arrivals as counted from webhook_arrivals
      where verdict in ('valid', 'duplicate', 'malformed')
    )
    select starts_at, verdict, coalesce(counted, 0) as counted, coalesce(stored, 0) as stored
    from stored full join counted using (starts_at, verdict)
    where counted is distinct from stored
    order by starts_at, verdict
    limit ${SHOWN_MAX}`.execute(db)
  if (rows.length === 0) return { ok: true, text: 'every digested webhook is counted once' }
  const lines = rows.map(
    ({ starts_at, verdict, counted, stored }) =>
      `  ${counted} ${verdict} deliveries are counted from ${starts_at.toISOString()} on, ${stored} are stored`,
  )
  return {
    ok: false,
    text: ['the counts of arrivals do not fit the deliveries', ...lines].join('\n'),
  }
}

import { sql } from 'kysely'
import type { Db, Trx } from '../database.ts'

/** Requests of one account or network within one window. */
export interface RequestCount {
  readonly key: string
  readonly windowStartedAt: Date
  readonly count: number
}

/** Adds what one Desk counted to what all Desks counted, and answers the sums of the same windows. */
export async function addRequests(
  db: Db,
  counted: readonly RequestCount[],
): Promise<readonly RequestCount[]> {
  const { rows } = await sql<RequestCount>`
    insert into rate_limit as held (key, count, window_started_at)
    select given.key, given.count, given.at from unnest(
      ${counted.map(({ key }) => key)}::text[],
      ${counted.map(({ count }) => count)}::int[],
      ${counted.map(({ windowStartedAt }) => windowStartedAt)}::timestamptz[]
    ) as given (key, count, at)
    -- In one order everywhere, so that two Desks cannot dead-lock.
    order by given.key
    on conflict (key) do update set
      count = excluded.count
        + case when held.window_started_at < excluded.window_started_at then 0 else held.count end,
      strikes = case
        when held.window_started_at < excluded.window_started_at then 0 else held.strikes end,
      window_started_at = greatest(held.window_started_at, excluded.window_started_at)
    returning key, count, window_started_at as "windowStartedAt"`.execute(db)
  return rows
}

/** True for the first of all Desks to ask in this window: theirs is the entry in the audit log. */
export async function claimWord(
  trx: Trx,
  { key, windowStartedAt }: Omit<RequestCount, 'count'>,
): Promise<boolean> {
  const { rows } = await sql`
    insert into rate_limit as held (key, count, window_started_at, strikes)
    values (${key}, 0, ${windowStartedAt}, 1)
    on conflict (key) do update set
      count = case
        when held.window_started_at < excluded.window_started_at then 0 else held.count end,
      strikes = 1,
      window_started_at = excluded.window_started_at
    where held.strikes = 0 and held.window_started_at = excluded.window_started_at
      or held.window_started_at < excluded.window_started_at
    returning key`.execute(trx)
  return rows.length > 0
}

/** Drops what no Desk counts any more. Keys of requests begin with `prefix`. */
export async function dropOldRequests(
  db: Db,
  { prefix, before }: { readonly prefix: string; readonly before: Date },
): Promise<void> {
  await db
    .deleteFrom('rate_limit')
    .where('key', 'in', (eb) =>
      eb
        .selectFrom('rate_limit')
        .select('key')
        .where('window_started_at', '<', before)
        .where('key', 'like', `${prefix}%`)
        .limit(1_000)
        .forUpdate()
        .skipLocked(),
    )
    .execute()
}

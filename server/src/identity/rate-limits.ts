import { createHash } from 'node:crypto'
import { isIPv6 } from 'node:net'
import { sql } from 'kysely'
import type { Db } from '../database.ts'

const windowMs = 15 * 60_000
const blockMsMax = 60 * 60_000
/** Whoever was quiet for so long begins again with the shortest wait. */
const strikesForgottenMs = 24 * 3_600_000

/** Attempts that count together. Once there were too many of them all are refused for a while. */
export interface Bucket {
  /** Of what, such as `sign-in`. */
  readonly kind: string
  /** Kept as a hash: what a stranger typed, a password perhaps, is not stored. */
  readonly of: string
  /** Attempts in a quarter of an hour. */
  readonly max: number
  /** What a right answer does: start anew, or give that one attempt back where others share the count. */
  readonly onSuccess: 'clear' | 'return'
}

/**
 * Counts an attempt before what was given is looked at, so parallel guesses cannot slip through, in
 * Postgres, so all Desks count together. Answers null, or the seconds to wait once a bucket is full:
 * a quarter of an hour, then twice as long each time in a row, an hour at most. Attempts during the
 * wait do not make it longer.
 */
export async function takeAttempt(
  db: Db,
  buckets: readonly Bucket[],
  now: Date,
): Promise<number | null> {
  const keyed = byKey(buckets)
  const { rows } = await sql<{ blockedUntil: Date | null }>`
    insert into rate_limit as held (key, count, window_started_at)
    select given.key, 1, ${now} from unnest(
      ${keyed.map(({ key }) => key)}::text[]) as given (key)
    on conflict (key) do update set
      count = case
        when held.blocked_until > ${now} then held.count
        when ${isOver(now)} then 1
        else held.count + 1 end,
      window_started_at = case
        when held.blocked_until > ${now} or not ${isOver(now)} then held.window_started_at
        else ${now} end,
      strikes = case
        when held.blocked_until > ${now} then held.strikes
        when ${isForgotten(now)} then 0
        when not ${isOver(now)} and held.count + 1 = ${maxOf(keyed)} + 1 then held.strikes + 1
        else held.strikes end,
      blocked_until = case
        when held.blocked_until > ${now} then held.blocked_until
        when not ${isOver(now)} and held.count + 1 > ${maxOf(keyed)}
          then ${now}::timestamptz + least(${blockMsMax}::float8, ${windowMs}::float8 * power(2, held.strikes)) * interval '1 millisecond'
        else null end
    returning blocked_until as "blockedUntil"`.execute(db)
  const waits = rows.flatMap(({ blockedUntil }) =>
    blockedUntil === null ? [] : [blockedUntil.getTime() - now.getTime()],
  )
  return waits.length === 0 ? null : Math.max(1, Math.ceil(Math.max(...waits) / 1000))
}

/** After a right answer, as each bucket says. Drops what is long over. */
export async function forgiveAttempt(db: Db, buckets: readonly Bucket[], now: Date): Promise<void> {
  const keysOf = (wanted: Bucket['onSuccess']) =>
    byKey(buckets.filter(({ onSuccess }) => onSuccess === wanted)).map(({ key }) => key)
  const cleared = keysOf('clear')
  const returned = keysOf('return')
  if (cleared.length > 0) await db.deleteFrom('rate_limit').where('key', 'in', cleared).execute()
  if (returned.length > 0) {
    await db
      .updateTable('rate_limit')
      .set({ count: sql`greatest(count - 1, 0)` })
      .where('key', 'in', returned)
      .execute()
  }
  await db
    .deleteFrom('rate_limit')
    .where('key', 'in', (eb) =>
      eb
        .selectFrom('rate_limit')
        .select('key')
        .where('window_started_at', '<=', new Date(now.getTime() - strikesForgottenMs))
        .limit(100)
        .forUpdate()
        .skipLocked(),
    )
    .execute()
}

/** One IPv6 customer owns at least a /64, so its addresses count as one; IPv4 counts as itself however it arrives. */
export function networkOf(address: string): string {
  const mapped = address.match(/^::ffff:(\d+\.\d+\.\d+\.\d+)$/i)?.[1]
  if (mapped) return mapped
  if (!isIPv6(address)) return address
  const [head = '', tail] = (address.toLowerCase().split('%')[0] ?? '').split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail ? tail.split(':') : []
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length
  const groups = [...left, ...Array<string>(Math.max(zeros, 0)).fill('0'), ...right]
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}

/** In one order everywhere, so two attempts that share buckets cannot dead-lock. */
function byKey(buckets: readonly Bucket[]): { readonly key: string; readonly max: number }[] {
  return buckets
    .map(({ kind, of, max }) => ({
      key: `${kind}:${createHash('sha256').update(of).digest('base64url')}`,
      max,
    }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
}

/** The window, or the wait at its end, is over: what comes next is a first attempt again. */
function isOver(now: Date) {
  const windowStart = new Date(now.getTime() - windowMs)
  return sql`(held.blocked_until is not null and held.blocked_until <= ${now}
    or held.blocked_until is null and held.window_started_at <= ${windowStart})`
}

function isForgotten(now: Date) {
  return sql`held.window_started_at <= ${new Date(now.getTime() - strikesForgottenMs)}`
}

function maxOf(keyed: readonly { readonly key: string; readonly max: number }[]) {
  return sql`(select given.max from unnest(
    ${keyed.map(({ key }) => key)}::text[], ${keyed.map(({ max }) => max)}::int[]
  ) as given (key, max) where given.key = held.key)`
}

import { createHash } from 'node:crypto'
import { isIPv6 } from 'node:net'
import { sql } from 'kysely'
import type { Db } from '../database.ts'

const WINDOW_MS = 15 * 60_000
const FAILURES_MAX = { account: 10, address: 50 } as const

export interface SignInAttempt {
  readonly email: string
  /** Of the connection, or of the client behind a proxy that was named as trusted. */
  readonly address: string
}

/**
 * Counts an attempt before the password is looked at, so parallel guesses cannot slip through, in
 * Postgres, so all Desks count together. Returns null, or the seconds to wait once an account or an
 * address has used up its window. Known and unknown accounts are counted alike.
 */
export async function takeSignInAttempt(
  db: Db,
  attempt: SignInAttempt,
  now: Date,
): Promise<number | null> {
  const windowStart = new Date(now.getTime() - WINDOW_MS)
  const keys = attemptKeys(attempt)
  const counted = await db
    .insertInto('rate_limit')
    .values(keys.map(({ key }) => ({ key, count: 1, window_started_at: now })))
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({
        count: sql`case when rate_limit.window_started_at <= ${windowStart} then 1 else rate_limit.count + 1 end`,
        window_started_at: sql`case when rate_limit.window_started_at <= ${windowStart} then excluded.window_started_at else rate_limit.window_started_at end`,
      }),
    )
    .returning(['key', 'count', 'window_started_at as windowStartedAt'])
    .execute()
  const waits = counted
    .filter(({ key, count }) => count > (keys.find((k) => k.key === key)?.max ?? 0))
    .map(({ windowStartedAt }) => windowStartedAt.getTime() + WINDOW_MS - now.getTime())
  return waits.length === 0 ? null : Math.max(1, Math.ceil(Math.max(...waits) / 1000))
}

/** A right password clears the account's count, gives the address its attempt back and drops what is over. */
export async function forgiveSignInAttempt(
  db: Db,
  attempt: SignInAttempt,
  now: Date,
): Promise<void> {
  const { account, address } = keysOf(attempt)
  await db
    .updateTable('rate_limit')
    .set({ count: sql`greatest(count - 1, 0)` })
    .where('key', '=', address)
    .execute()
  await db.deleteFrom('rate_limit').where('key', '=', account).execute()
  await db
    .deleteFrom('rate_limit')
    .where('key', 'in', (eb) =>
      eb
        .selectFrom('rate_limit')
        .select('key')
        .where('window_started_at', '<=', new Date(now.getTime() - WINDOW_MS))
        .limit(100)
        .forUpdate()
        .skipLocked(),
    )
    .execute()
}

/** In one order everywhere, so two attempts that share both rows cannot dead-lock. */
function attemptKeys(attempt: SignInAttempt): { readonly key: string; readonly max: number }[] {
  const { account, address } = keysOf(attempt)
  return [
    { key: account, max: FAILURES_MAX.account },
    { key: address, max: FAILURES_MAX.address },
  ]
}

function keysOf({ email, address }: SignInAttempt): { account: string; address: string } {
  // Hashed: what a stranger types into the field, a password perhaps, is not kept.
  const account = createHash('sha256').update(email.toLowerCase()).digest('base64url')
  return { account: `account:${account}`, address: `address:${networkOf(address)}` }
}

/** One IPv6 customer owns at least a /64, so its addresses count as one. */
function networkOf(address: string): string {
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

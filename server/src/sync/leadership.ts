import { setTimeout as delay } from 'node:timers/promises'
import { sql, type Kysely } from 'kysely'
import type { Database } from '../database-schema.ts'
import type { Db } from '../database.ts'

export interface LeadershipOptions {
  readonly db: Db
  /** One leader for each number among all Desks of the database. */
  readonly lockKey: number
  /** Between tries to lead, and between looks at whether one still does. */
  readonly intervalMs: number
  readonly log: {
    info(facts: object, message: string): void
    error(facts: object, message: string): void
  }
  /** Runs while this Desk leads; its signal aborts when it leads no longer or should stop. */
  readonly lead: (signal: AbortSignal) => Promise<void>
}

/**
 * Leads whenever no other Desk does, until `signal` aborts. The lock lives and dies with one database
 * connection, so the leader's death hands it on at once.
 */
export async function leadWhenFree(options: LeadershipOptions, signal: AbortSignal): Promise<void> {
  const { db, intervalMs, log } = options
  while (!signal.aborted) {
    try {
      await db.connection().execute((connection) => leadOn(connection, options, signal))
    } catch (error) {
      log.error({ err: error }, 'Leading the sync was interrupted')
    }
    await pause(intervalMs, signal)
  }
}

async function leadOn(
  connection: Kysely<Database>,
  { lockKey, intervalMs, log, lead }: LeadershipOptions,
  signal: AbortSignal,
): Promise<void> {
  const tried = await sql<{ isOurs: boolean }>`
    select pg_try_advisory_lock(${lockKey}::bigint) as "isOurs"`.execute(connection)
  if (!tried.rows[0]?.isOurs) return
  log.info({}, 'This Desk leads the sync')
  const over = new AbortController()
  const leading = lead(AbortSignal.any([signal, over.signal]))
  try {
    while (!signal.aborted) {
      await pause(intervalMs, signal)
      // Throws when the connection is gone, and the lock with it.
      await sql`select 1`.execute(connection)
    }
  } finally {
    over.abort()
    await leading
  }
  // The connection goes back to the pool, so the lock has to be given back by hand.
  await sql`select pg_advisory_unlock(${lockKey}::bigint)`.execute(connection)
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(milliseconds, undefined, { signal })
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

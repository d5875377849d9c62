import { sql } from 'kysely'
import type { Db } from '../database.ts'
import { advisoryLocks } from '../kernel/advisory-locks.ts'

/**
 * Does the work while nobody else, on any Desk, holds the same request; resolves to whether it was done. The
 * lock lives as long as its connection, so that of a Desk that died it is free at once, and of one that still
 * sends it is not; where a whole machine is gone Postgres misses its answers within half a minute.
 */
export async function holdSending(
  db: Db,
  requestId: string,
  work: () => Promise<void>,
): Promise<boolean> {
  return db.connection().execute(async (connection) => {
    await sql`
      select set_config('tcp_keepalives_idle', '10', false),
        set_config('tcp_keepalives_interval', '5', false),
        set_config('tcp_keepalives_count', '3', false)
    `.execute(connection)
    const { rows } = await sql<{ isOurs: boolean }>`
      select pg_try_advisory_lock(${advisoryLocks.withdrawalSending}::integer, hashtext(${requestId})) as "isOurs"
    `.execute(connection)
    if (rows[0]?.isOurs !== true) return false
    try {
      await work()
    } finally {
      await sql`
        select pg_advisory_unlock(${advisoryLocks.withdrawalSending}::integer, hashtext(${requestId}))
      `.execute(connection)
    }
    return true
  })
}

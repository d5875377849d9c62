import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Database } from '../database-schema.ts'
import type { Db, Trx } from '../database.ts'

const patienceMs = 10_000

/** A row that the attempts want to lock, by its key: the column `id` unless said otherwise. */
export interface ContestedRow {
  readonly table: keyof Database
  readonly column?: string
  readonly id: string
}

/**
 * Makes attempts meet at one row: the row is held until every attempt is seen waiting for it, or has
 * ended without, and only then let go. Attempts that merely ran one after the other would pass with
 * their lock deleted.
 */
export async function raceForRow<T>(
  db: Db,
  { table, column = 'id', id }: ContestedRow,
  attempts: readonly (() => Promise<T>)[],
): Promise<PromiseSettledResult<T>[]> {
  const racing = await db.transaction().execute(async (holder) => {
    const held =
      await sql`select from ${sql.table(table)} where ${sql.ref(column)} = ${id} for update`.execute(
        holder,
      )
    if (held.rows.length !== 1) throw new Error(`${table} has no row ${id} to race for.`)
    let ended = 0
    const running = Promise.allSettled(attempts.map((attempt) => attempt().finally(() => ended++)))
    const giveUpAt = Date.now() + patienceMs
    while ((await waitingForLocks(db)) + ended < attempts.length) {
      if (Date.now() > giveUpAt) throw new Error('The attempts neither wait for the row nor end.')
      await delay(5)
    }
    return { running }
  })
  return racing.running
}

/**
 * Lets the attempt run into a change that commits only once the attempt is seen waiting for it, which
 * an attempt that looks without locking never is.
 */
export async function raceIntoChange<T>(
  db: Db,
  change: (trx: Trx) => Promise<unknown>,
  attempt: () => Promise<T>,
): Promise<T> {
  const { running } = await db.transaction().execute(async (trx) => {
    await change(trx)
    const attempted = { running: attempt() }
    const giveUpAt = Date.now() + patienceMs
    while ((await waitingForLocks(db)) === 0) {
      if (Date.now() > giveUpAt) throw new Error('The attempt does not wait for the change.')
      await delay(5)
    }
    return attempted
  })
  return running
}

/** Asked outside the holder's transaction, which would see one frozen picture of it. */
async function waitingForLocks(db: Db): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::int as waiting from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
  return rows[0]?.waiting ?? 0
}

import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { advisoryLocks } from '../kernel/advisory-locks.ts'

const attemptsMax = 5
const attemptMs = 200

/** A pool of workers that others can see is alive. */
export interface PoolPresence extends AsyncDisposable {
  /** Has to be told before the pool takes its first job, by the name that stands in `locked_by`. */
  readonly isCalled: (poolName: string) => Promise<void>
  /** Resolves when others may take this pool for dead, and its jobs with it. */
  readonly lost: Promise<void>
}

/**
 * Makes this process visible as one that works on jobs. The lock that says so lies on a connection of its
 * own and goes when the process dies, however it dies: the operating system closes the connection, and where
 * the whole machine is gone Postgres misses its answers within half a minute.
 */
export async function enterPools(pool: pg.Pool): Promise<PoolPresence> {
  const client = await pool.connect()
  const ended = Promise.withResolvers<void>()
  client.on('error', () => ended.resolve())
  client.on('end', () => ended.resolve())
  try {
    await client.query(`
      set tcp_keepalives_idle = 10;
      set tcp_keepalives_interval = 5;
      set tcp_keepalives_count = 3`)
    await client.query('begin')
    const { rows } = await client.query<{ number: number }>(
      'insert into worker_pool default values returning number',
    )
    const number = rows[0]?.number
    // Before the commit: whoever sees the row finds the lock, too.
    await client.query('select pg_advisory_lock($1, $2)', [advisoryLocks.workerPools, number])
    await client.query('commit')
    return {
      isCalled: async (poolName) => {
        const isWritten = await persistently(async () => {
          const written = await pool.query('update worker_pool set name = $2 where number = $1', [
            number,
            poolName,
          ])
          return written.rowCount === 1
        })
        if (isWritten) return
        ended.resolve()
        throw new Error('These workers could not be made known.')
      },
      lost: ended.promise,
      [Symbol.asyncDispose]: async () => {
        // Whatever it still held when it ended is free for others.
        await freeJobsOfTheDead(pool, number).catch(() => undefined)
        client.release(true)
      },
    }
  } catch (error) {
    client.release(true)
    throw error
  }
}

async function persistently(attempt: () => Promise<boolean>): Promise<boolean> {
  for (let count = 1; ; count += 1) {
    try {
      return await attempt()
    } catch (error) {
      if (count === attemptsMax) throw error
      await delay(attemptMs)
    }
  }
}

/**
 * Gives back what pools were doing whose process is gone, instead of letting it wait for the four hours after
 * which graphile-worker takes a job for forgotten; answers how many pools that were. `ownNumber` is a pool
 * that ends in order and still has its lock.
 */
export async function freeJobsOfTheDead(pool: pg.Pool, ownNumber?: number): Promise<number> {
  const { rows } = await pool.query<{ pools: number }>(
    `with dead as (
       delete from worker_pool
       where number = $2 or not exists (
         select from pg_locks
         where locktype = 'advisory' and classid = $1::oid and objid = worker_pool.number::oid and objsubid = 2
           and granted and database = (select oid from pg_database where datname = current_database()))
       returning name
     ), named as (
       select coalesce(array_agg(name) filter (where name is not null), '{}') as names,
         count(*)::integer as pools
       from dead
     )
     select pools, graphile_worker.force_unlock_workers(names) from named`,
    [advisoryLocks.workerPools, ownNumber ?? null],
  )
  return rows[0]?.pools ?? 0
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { openPool } from '../database.ts'
import { eventually } from '../testing/eventually.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { enqueue } from './enqueue.ts'
import { startWorkers } from './start-workers.ts'
import { enterPools, freeJobsOfTheDead } from './worker-pools.ts'

describe('a Desk that is killed in the middle of its work', () => {
  test('leaves it to the others, who begin it again within seconds', async () => {
    await using database = await testDatabase()
    const { db } = database
    await db.transaction().execute((trx) => enqueue(trx, 'payment.refresh', ['pay_1']))
    const victim = hangingDesk(database.url)
    await victim.isAtWork()
    expect(await lockedJobs(database)).toBe(1)

    victim.kill()
    await using others = await desk(database.url)

    await eventually(() => expect(others.ran).toEqual(['pay_1']))
    await eventually(async () => expect(await lockedJobs(database)).toBe(0))
  })

  test('loses nothing while it lives, however long it takes', async () => {
    await using database = await testDatabase()
    const { db } = database
    await db.transaction().execute((trx) => enqueue(trx, 'payment.refresh', ['pay_1']))
    const slow = hangingDesk(database.url)
    try {
      await slow.isAtWork()
      await using others = await desk(database.url)
      expect(await freeJobsOfTheDead(others.pool)).toBe(0)
      expect({ ran: others.ran, locked: await lockedJobs(database) }).toEqual({
        ran: [],
        locked: 1,
      })
    } finally {
      slow.kill()
    }
  })
})

test('workers that end in order leave no trace', async () => {
  await using database = await testDatabase()
  const first = await desk(database.url)
  await first[Symbol.asyncDispose]()
  const { rows } = await sql`select number from worker_pool`.execute(database.owner)
  expect(rows).toEqual([])
})

test('workers whose presence Postgres forgot hear of it, and are replaced by others', async () => {
  await using database = await testDatabase()
  const pool = openPool({ connectionString: database.url, connectionsMax: 2, name: 'forgotten' })
  try {
    await using presence = await enterPools(pool)
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'forgotten'`.execute(database.owner)
    await presence.lost
    expect(await freeJobsOfTheDead(pool)).toBe(1)
    await expect(presence.isCalled('pool-of-nobody')).rejects.toThrow('made known')
  } finally {
    await pool.end()
  }
})

/** Workers in this process, and what they ran. */
async function desk(url: string) {
  const pool = openPool({ connectionString: url, connectionsMax: 8, name: 'desk-test-workers' })
  const quiet = () => undefined
  const ran: string[] = []
  const workers = await startWorkers({
    pool,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    tasks: { 'payment.refresh': async (subject) => void ran.push(subject) },
  })
  return {
    pool,
    ran,
    [Symbol.asyncDispose]: async () => {
      await workers.stop()
      await pool.end()
    },
  }
}

/** A process of its own whose workers never end what they begin. */
function hangingDesk(url: string) {
  const moduleUrl = (path: string) =>
    JSON.stringify(pathToFileURL(resolve(import.meta.dirname, path)).href)
  const program = `
    import { openPool } from ${moduleUrl('../database.ts')}
    import { startWorkers } from ${moduleUrl('./start-workers.ts')}
    const quiet = () => undefined
    await startWorkers({
      pool: openPool({ connectionString: ${JSON.stringify(url)}, connectionsMax: 8, name: 'hanging' }),
      log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
      tasks: { 'payment.refresh': async () => { console.log('at work'); await new Promise(() => {}) } },
    })`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return {
    isAtWork: async () => {
      await once(child.stdout, 'data')
    },
    kill: () => child.kill('SIGKILL'),
  }
}

async function lockedJobs({ owner }: TestDatabase): Promise<number> {
  const { rows } =
    await sql`select 1 from graphile_worker._private_jobs where locked_at is not null`.execute(
      owner,
    )
  return rows.length
}

import type { CronItem } from 'graphile-worker'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { type Db, openPool } from '../database.ts'
import { eventually } from '../testing/eventually.ts'
import { testDatabase } from '../testing/test-database.ts'
import { daily } from './daily.ts'
import { enqueue } from './enqueue.ts'
import { startWorkers } from './start-workers.ts'

test('a task runs once per waiting subject, after the commit and never without it', async () => {
  await using database = await testDatabase()
  const { db } = database
  await db.transaction().execute(async (trx) => {
    await enqueue(trx, 'payment.refresh', ['pay_1', 'pay_2'])
    await enqueue(trx, 'payment.refresh', ['pay_1'])
  })
  const undone = db.transaction().execute(async (trx) => {
    await enqueue(trx, 'payment.refresh', ['pay_undone'])
    throw new Error('the rest of the transaction failed')
  })
  await expect(undone).rejects.toThrow('the rest')

  const ran = await runUntil(database.url, (subjects) => subjects.length >= 2)

  expect(ran.toSorted()).toEqual(['pay_1', 'pay_2'])
})

test('a task that fails stays queued', async () => {
  await using database = await testDatabase()
  await database.db.transaction().execute((trx) => enqueue(trx, 'payment.refresh', ['pay_1']))

  await runUntil(database.url, (subjects) => subjects.length >= 1, new Error('SpacePay is away'))

  const ran = await runUntil(database.url, () => true)
  expect(ran).toEqual([])
  const left = await sql`select attempts, last_error from graphile_worker.jobs`.execute(database.db)
  expect(left.rows).toMatchObject([{ attempts: 1, last_error: 'SpacePay is away' }])
})

test('workers whose connections were all cut go on with what is queued afterwards', async () => {
  await using database = await testDatabase()
  const { db, owner, url } = database
  const ran = Promise.withResolvers<string>()
  await using workers = await workersOn(url, async (subject) => ran.resolve(subject))

  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'desk-test-workers' and datname = current_database()`.execute(owner)
  await db.transaction().execute((trx) => enqueue(trx, 'payment.refresh', ['pay_after']))

  expect(await ran.promise).toBe('pay_after')
  expect(workers.areRunning()).toBe(true)
})

describe('what is due once a day', () => {
  test('is done once over all Desks, and the turn nobody was there for at the next start', async () => {
    await using database = await testDatabase()
    // Some Desk had been there, and none since the turns of several days.
    await knownSince(database.owner, '5 days')
    const ran: string[] = []
    const note = async (subject: string) => void ran.push(subject)
    for (let round = 1; round <= 2; round += 1) {
      const desks = await Promise.all([1, 2, 3].map(() => workersOn(database.url, note, daily)))
      await eventually(() => expect(ran).toEqual(['daily']))
      await Promise.all(desks.map((desk) => desk[Symbol.asyncDispose]()))
    }
    const left = await sql`select 1 from graphile_worker.jobs`.execute(database.db)
    expect({ ran, left: left.rows }).toEqual({ ran: ['daily'], left: [] })
  })

  test('is not made up for by a Desk that was never there before', async () => {
    await using database = await testDatabase()
    const ran: string[] = []
    const desk = await workersOn(database.url, async (subject) => void ran.push(subject), daily)
    await eventually(async () => {
      const known =
        await sql`select identifier from graphile_worker._private_known_crontabs order by 1`.execute(
          database.owner,
        )
      expect(known.rows).toEqual(daily.map(({ identifier }) => ({ identifier })))
    })
    await desk[Symbol.asyncDispose]()
    expect(ran).toEqual([])
  })
})

async function knownSince(owner: Db, ago: string): Promise<void> {
  await sql`
    insert into graphile_worker._private_known_crontabs (identifier, known_since, last_execution)
    values ('audit.head.daily', now() - ${ago}::interval, now() - ${ago}::interval)`.execute(owner)
}

/** Runs workers until `isEnough` of what ran, then stops them. */
async function runUntil(
  url: string,
  isEnough: (subjects: readonly string[]) => boolean,
  failure?: Error,
): Promise<string[]> {
  const ran: string[] = []
  const enough = Promise.withResolvers<void>()
  const workers = await workersOn(url, async (subject) => {
    ran.push(subject)
    if (isEnough(ran)) enough.resolve()
    if (failure) throw failure
  })
  if (isEnough(ran)) enough.resolve()
  await enough.promise
  await workers[Symbol.asyncDispose]()
  return ran
}

/** Workers with a pool of their own. */
async function workersOn(
  url: string,
  task: (subject: string) => Promise<void>,
  cron?: readonly CronItem[],
) {
  const pool = openPool({ connectionString: url, connectionsMax: 6, name: 'desk-test-workers' })
  const quiet = () => undefined
  const workers = await startWorkers({
    pool,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    tasks: { 'payment.refresh': task, 'audit.head': task },
    ...(cron && { cron }),
  })
  return {
    areRunning: workers.areRunning,
    [Symbol.asyncDispose]: async () => {
      await workers.stop()
      await pool.end()
    },
  }
}

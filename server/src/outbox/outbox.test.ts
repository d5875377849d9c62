import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openPool } from '../database.ts'
import { testDatabase } from '../testing/test-database.ts'
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
async function workersOn(url: string, task: (subject: string) => Promise<void>) {
  const pool = openPool({ connectionString: url, connectionsMax: 6, name: 'desk-test-workers' })
  const quiet = () => undefined
  const workers = await startWorkers({
    pool,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    tasks: { 'payment.refresh': task },
  })
  return {
    areRunning: workers.areRunning,
    [Symbol.asyncDispose]: async () => {
      await workers.stop()
      await pool.end()
    },
  }
}

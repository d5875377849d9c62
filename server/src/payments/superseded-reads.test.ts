import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appRouter } from '../app-router.ts'
import { actorWith, contextOf } from '../kernel/context.fixtures.ts'
import { createCallerFactory } from '../kernel/trpc.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { insertPayments } from './payment-rows.fixtures.ts'
import { queryOf } from './payments.fixtures.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  await insertPayments(database.owner, [{ id: 'pay_1' }])
})
afterAll(() => database[Symbol.asyncDispose]())

test.each(['list', 'summary'] as const)(
  'a %s that nobody waits for any more is given up in Postgres, too',
  async (read) => {
    const { db, owner } = database
    const gone = new AbortController()
    const context = contextOf(db, actorWith(['support']))
    const calls = createCallerFactory(appRouter)(context, { signal: gone.signal }).payments
    const outcome = await owner.transaction().execute(async (holder) => {
      // Every statement about payments waits, as a slow one would run on.
      await sql`lock table payment in access exclusive mode`.execute(holder)
      const asked = Promise.allSettled([calls[read]({ query: queryOf({}) })])
      await untilWaiting(1)
      gone.abort()
      await untilWaiting(0)
      return { asked }
    })
    expect(await outcome.asked).toMatchObject([{ reason: { code: 'CLIENT_CLOSED_REQUEST' } }])
  },
)

/** Statements that wait for the lock, as the server itself sees them. */
async function untilWaiting(count: number): Promise<void> {
  const end = Date.now() + 5_000
  while ((await waiting()) !== count) {
    if (Date.now() > end) throw new Error(`There are never ${count} statements waiting.`)
    await delay(10)
  }
}

async function waiting(): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::int as waiting from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(database.owner)
  return rows[0]?.waiting ?? 0
}

import { expect, test } from 'vitest'
import { createUpstreamHealth } from '../gateway/upstream-health.ts'
import { enterPools } from '../outbox/worker-pools.ts'
import { openPool } from '../database.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { savePosition, sweepState } from '../sync/sync-state.queries.ts'
import { quietLog } from '../testing/sync-setup.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { receiveAll, secondsLater, eventBody } from '../webhooks/console.fixtures.ts'
import { createSystemStatus, type SystemStatusOptions } from './system-status.ts'

function statusOf({ db }: TestDatabase, changes: Partial<SystemStatusOptions> = {}) {
  return createSystemStatus({
    reads: db,
    now: () => secondsLater(60),
    zone: async () => 'Europe/London',
    version: 'test',
    upstream: createUpstreamHealth().current,
    live: () => ({ viewers: 2, isListening: true, delayMs: 3 }),
    rate: { perSecond: 5, burst: 10 },
    migrationsDue: async () => 0,
    log: quietLog,
    ...changes,
  })
}

test('every part of a new Desk can be read by the role as which Desk runs', async () => {
  await using database = await testDatabase()
  const facts = await statusOf(database).facts()
  expect(facts).toMatchObject({
    webhooks: { waiting: 0, oldestWaitingAt: null, parked: 0, refusedInLastHour: 0 },
    sync: { lastReadAt: null, completeUntil: null, history: null, withdrawals: null },
    budget: { callsLeft: 10 },
    jobs: { due: 0, running: 0, failed: 0, oldestDueAt: null },
    drift: { open: 0, stakeCents: 0 },
    withdrawals: {
      unknown: 0,
      oldestUnknownAt: null,
      unrequested: { count: 0, cents: 0 },
      stop: null,
      lowBalances: [],
    },
    exports: { queued: 0, running: 0 },
    audit: { provedAt: null, entries: 0, fault: null },
    desks: 0,
    migrations: { newest: expect.stringMatching(/^00\d\d_/), due: 0 },
  })
  expect(facts.storage?.databaseBytes).toBeGreaterThan(1_000_000)
  expect(facts.storage?.tables).toHaveLength(8)
})

test('what waits, where the sync stands and which Desks live is told', async () => {
  await using database = await testDatabase()
  const { db, url } = database
  await receiveAll(db, [{ body: eventBody({}), seconds: 10 }])
  await db.transaction().execute(async (trx) => {
    await enqueue(trx, 'audit.head', ['start'])
    await savePosition(trx, sweepState, {
      position: { groundAt: '2026-11-22T12:00:00.000Z' },
      at: secondsLater(30),
    })
  })
  const pool = openPool({ connectionString: url, connectionsMax: 3, name: 'desk-test-workers' })
  const presence = await enterPools(pool)
  const facts = await statusOf(database).facts()
  await presence[Symbol.asyncDispose]()
  expect(facts).toMatchObject({
    webhooks: { waiting: 1, oldestWaitingAt: secondsLater(10).toISOString() },
    jobs: { due: 1, oldestDueAt: expect.any(String) },
    sync: {
      completeUntil: '2026-11-22T12:00:00.000Z',
      lastReadAt: secondsLater(30).toISOString(),
    },
    desks: 1,
  })
  await pool.end()
  expect(await statusOf(database).facts()).toMatchObject({ desks: 0 })
})

test('a part that cannot be read leaves the others standing', async () => {
  await using database = await testDatabase()
  const migrationsDue = () => Promise.reject(new Error('no folder'))
  const facts = await statusOf(database, { migrationsDue }).facts()
  expect(facts).toMatchObject({ migrations: null, drift: { open: 0 } })
})

test('however many look at once, the database is asked once in four seconds', async () => {
  await using database = await testDatabase()
  let seconds = 60
  let asked = 0
  const status = statusOf(database, {
    now: () => secondsLater(seconds),
    migrationsDue: async () => (asked += 1),
  })
  await Promise.all([status.facts(), status.facts()])
  seconds += 3
  await status.facts()
  expect(asked).toBe(1)
  seconds += 1
  expect(await status.facts()).toMatchObject({ at: secondsLater(64).toISOString() })
  expect(asked).toBe(2)
})

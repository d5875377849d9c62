import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { failureOf, GatewayError } from '../gateway/gateway-error.ts'
import type { Actor } from '../kernel/actor.ts'
import { contextOf } from '../kernel/context.fixtures.ts'
import { eventually } from '../testing/eventually.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { arrange, createCaller, noon } from './asked-withdrawals.fixtures.ts'
import { type Sending, sendWithdrawal } from './send-withdrawal.ts'

const reason = 'The bank called: somebody is in our mail'

let database: TestDatabase
let desk: Awaited<ReturnType<typeof arrange>>
beforeEach(async () => {
  database = await testDatabase()
  desk = await arrange(database)
})
afterEach(() => database[Symbol.asyncDispose]())

function policyOf(actor: Actor, at = noon) {
  const context = contextOf(database.db, { ...actor, provedAt: at })
  return createCaller({ ...context, now: () => at }).withdrawalPolicy
}

async function approved() {
  const page = await desk.submitted()
  await desk.approve(desk.ana, page)
  return page.id
}

/** SpacePay refuses everything, so that what was sent comes to an end at once. */
function sending(sent: string[], onLookUp: () => Promise<void> = async () => {}): Sending {
  return {
    db: database.db,
    gateway: {
      withdrawalBody: ({ orderId }) => orderId ?? '',
      createWithdrawal: async (body) => {
        sent.push(body)
        const failure = failureOf('refused', 'No.', { mayHaveTakenEffect: false })
        throw new GatewayError(failure, { route: 'POST withdrawals', attempts: 1 })
      },
      listWithdrawals: async () => {
        await onLookUp()
        return { rows: [], rejected: [], total: 0, offset: 0, hasMore: false }
      },
    },
    now: () => noon,
    zone: 'Europe/London',
  }
}

test('anybody near the money stops everything with a reason, and an admin lets it go again', async () => {
  const id = await approved()
  await policyOf(desk.finn).stop({ reason })
  expect(await policyOf(desk.ana).stopState()).toMatchObject({
    isStopped: true,
    cause: 'person',
    reason,
    by: { name: 'Finn' },
  })
  const sent: string[] = []
  await sendWithdrawal(sending(sent), id)
  expect(sent).toEqual([])
  expect((await desk.as(desk.finn).one({ id })).heldBecause).toContain(reason)
  await expect(policyOf(desk.finn).start({ reason: 'Well again' })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
  await policyOf(desk.cleo).start({ reason: 'Well again' })
  await sendWithdrawal(sending(sent), id)
  expect(sent).toHaveLength(1)
  const entries = await database.owner
    .selectFrom('audit_entry')
    .select(['action', 'actor_name', 'reason'])
    .where('subject_id', '=', 'stop')
    .orderBy('seq')
    .execute()
  expect(entries).toEqual([
    { action: 'withdrawals.stop', actor_name: 'Finn', reason },
    { action: 'withdrawals.start', actor_name: 'Cleo', reason: 'Well again' },
  ])
})

test('the first reason stays, and what goes already is not let go', async () => {
  await policyOf(desk.finn).stop({ reason })
  await expect(policyOf(desk.ana).stop({ reason: 'Me too' })).rejects.toThrow(/stopped already/)
  expect(await policyOf(desk.ana).stopState()).toMatchObject({ reason, by: { name: 'Finn' } })
  await policyOf(desk.cleo).start({ reason: 'Well again' })
  await expect(policyOf(desk.dora).start({ reason: 'Me too' })).rejects.toThrow(/not stopped/)
})

test('letting go asks for a fresh proof, stopping loses no time with one', async () => {
  const old = new Date(noon.getTime() - 300_001)
  const stale = (actor: Actor) =>
    createCaller({
      ...contextOf(database.db, { ...actor, provedAt: old }),
      now: () => noon,
    }).withdrawalPolicy
  await stale(desk.cleo).stop({ reason })
  await expect(stale(desk.cleo).start({ reason: 'Well again' })).rejects.toThrow(/Confirm/)
  expect(await policyOf(desk.cleo).stopState()).toMatchObject({ isStopped: true })
})

test('a stop waits for the sending that has begun, and after it none begins', async () => {
  const [first, second] = [await approved(), await approved()]
  const sent: string[] = []
  let isStopped = false
  const stop = async () => {
    await policyOf(desk.finn).stop({ reason })
    isStopped = true
  }
  const quotes = quotesHeld()
  const begun = sendWithdrawal(sending(sent, quotes.hold), first)
  // What a sending reads after the switch cannot be read: it waits, with the switch looked at already.
  await eventually(async () => expect(await waitingForLocks()).toBe(1))
  const stopping = stop()
  await eventually(async () => expect(isStopped || (await waitingForLocks()) === 2).toBe(true))
  expect(isStopped).toBe(false)
  await quotes.release()
  await Promise.all([begun, stopping])
  await sendWithdrawal(sending(sent), second)
  const states = [first, second].map(async (id) => (await desk.seen(id)).state)
  expect(await Promise.all(states)).toEqual(['failed', 'approved'])
  expect(sent).toHaveLength(1)
})

function quotesHeld() {
  const held = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  const holding = async () => {
    await database.owner.transaction().execute(async (trx) => {
      await sql`lock table quote in access exclusive mode`.execute(trx)
      held.resolve()
      await released.promise
    })
  }
  let ended = Promise.resolve()
  return {
    hold: async () => {
      ended = holding()
      await held.promise
    },
    release: async () => {
      released.resolve()
      await ended
    },
  }
}

async function waitingForLocks(): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::int as waiting from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(database.db)
  return rows[0]?.waiting ?? 0
}

import { CompiledQuery } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LiveEvent } from '@desk/shared/live/live-event'
import { paymentId } from '@desk/shared/payments/payment'
import { appRouter } from '../app-router.ts'
import { actorWith, contextOf } from '../kernel/context.fixtures.ts'
import { createCallerFactory } from '../kernel/trpc.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { insertPayments } from './payment-rows.fixtures.ts'
import { supportCalls } from './payments.fixtures.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

describe('changes', () => {
  test('passes on what happens and lets go of the source when the browser leaves', async () => {
    const told: LiveEvent[] = [
      { kind: 'payment.changed', paymentId: paymentId.parse('pay_1'), isNew: true },
      { kind: 'resync' },
    ]
    const left = Promise.withResolvers<void>()
    async function* source(signal: AbortSignal) {
      signal.addEventListener('abort', () => left.resolve())
      yield* told
    }
    const context = contextOf(database.db, actorWith(['support']))
    const browser = new AbortController()
    const calls = createCallerFactory(appRouter)(
      { ...context, live: { subscribe: source } },
      { signal: browser.signal },
    )
    const heard: LiveEvent[] = []
    for await (const event of await calls.payments.changes()) heard.push(event)
    expect(heard).toEqual(told)
    browser.abort()
    await left.promise
  })
})

describe('the pulse', () => {
  test('says "never" over an empty mirror', async () => {
    expect(await supportCalls(database.db).pulse()).toEqual({
      lastWebhookAt: null,
      lastApiReadAt: null,
      paymentsAbout: 0,
      history: null,
    })
  })

  test('names the newest webhook and sync, and about how many payments there are', async () => {
    const { owner, db } = database
    await insertPayments(
      owner,
      Array.from({ length: 250 }, (_, index) => ({ id: `p${index}` })),
    )
    await owner
      .insertInto('sync_state')
      .values([
        {
          name: 'payments.backfill',
          position: '{"offset":40,"total":250,"finishedAt":null}',
          updated_at: '2026-11-22T12:00:00Z',
        },
        { name: 'newest', position: '{}', updated_at: '2026-11-22T12:05:00Z' },
      ])
      .execute()
    await owner
      .insertInto('webhook_delivery')
      .values(['12:06:00', '12:07:00'].map(deliveryAt))
      .execute()
    await owner.executeQuery(analysePayments)
    expect(await supportCalls(db).pulse()).toEqual({
      lastWebhookAt: '2026-11-22T12:07:00.000Z',
      lastApiReadAt: '2026-11-22T12:05:00.000Z',
      paymentsAbout: 250,
      history: { offset: 40, total: 250 },
    })
  })
})

describe('reading the history', () => {
  test.each([
    [
      'is over once the walk is done',
      '{"offset":250,"total":250,"finishedAt":"2026-11-22T12:00:00Z"}',
    ],
    ['is left out where its account cannot be read', '{"page":3}'],
  ])('%s', async (_, position) => {
    await database.owner
      .updateTable('sync_state')
      .set({ position })
      .where('name', '=', 'payments.backfill')
      .execute()
    expect(await supportCalls(database.db).pulse()).toMatchObject({ history: null })
  })
})

const analysePayments = CompiledQuery.raw('analyze payment')

function deliveryAt(time: string) {
  const bytes = Buffer.from(time)
  return {
    event_id: `evt_${time}`,
    timestamp_header: '1',
    received_at: `2026-11-22T${time}Z`,
    signature_header: 's',
    headers: '{}',
    body: bytes,
    body_sha256: bytes,
    signed_sha256: bytes,
    secret_id: 'one',
    verdict: 'valid' as const,
  }
}

import { describe, expect, test } from 'vitest'
import { everyPayment, type PaymentQuery } from '@desk/shared/payments/payment-query'
import { appRouter } from '../app-router.ts'
import type { Db } from '../database.ts'
import { actorWith, contextOf } from '../kernel/context.fixtures.ts'
import { createCallerFactory } from '../kernel/trpc.ts'
import { testDatabase, type TestDatabase } from '../testing/test-database.ts'
import { at } from './account.fixtures.ts'
import { learn } from './apply-projection.ts'
import {
  apiAnswer,
  eventTold,
  wirePayment,
  wireQuote,
  wireReceipt,
} from './observation.fixtures.ts'
import type { Observation } from './observations.ts'

const callerOf = createCallerFactory(appRouter)
const paid = { receipt: wireReceipt(), quotes: [wireQuote({ status: 'used' })] }

describe('a payment as of a past instant', () => {
  test('stands as Desk knew it then, not as it happened, and nothing later shows', async () => {
    await using past = await aPast()
    const then = (seconds: number) =>
      past.calls.payments.detail({ id: 'payment-1', asOf: at(seconds) })
    expect(await then(30)).toMatchObject({ status: 'pending', receipt: null, webhookStory: null })
    // It was paid at 60; Desk heard of it at 71.
    expect(await then(65)).toMatchObject({
      status: 'pending',
      receivedBaseUnits: null,
      txHash: null,
    })
    expect(await then(72)).toMatchObject({
      status: 'processing',
      webhookStory: { status: 'processing' },
      apiStory: { status: 'pending' },
    })
    expect(await then(100)).toMatchObject({ status: 'completed', receivedBaseUnits: '150740000' })
    const now = await past.calls.payments.detail({ id: 'payment-1' })
    const { timeline: _, receipt, ...last } = await then(100)
    expect(now).toMatchObject({ ...last, receipt: { txHash: receipt?.txHash } })
  })

  test('that Desk learned of later was not known, and it says since when it is', async () => {
    await using past = await aPast()
    await expect(
      past.calls.payments.detail({ id: 'payment-1', asOf: at(5) }),
    ).rejects.toMatchObject({
      message: expect.stringContaining('first learned of it at 2026-04-01 12:15:10 UTC'),
    })
    await expect(
      past.calls.payments.detail({ id: 'payment-9', asOf: at(5) }),
    ).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})

describe('the list as of a past instant', () => {
  test('shows each payment that was known as it was known', async () => {
    await using past = await aPast()
    expect(await past.listed(at(5))).toEqual([])
    expect(await past.listed(at(30))).toEqual(['payment-1 pending 14999 null'])
    expect(await past.listed(at(72))).toEqual(['payment-1 processing 14999 null'])
    expect(await past.listed(at(100))).toEqual(['payment-1 completed 14999 150740000'])
    expect(await past.listed(at(300))).toEqual([
      'payment-2 pending 500 null',
      'payment-1 completed 14999 150740000',
    ])
  })

  test('is filtered, counted and summed by what was known then', async () => {
    await using past = await aPast()
    const pending = { statuses: ['pending'] }
    expect(await past.listed(at(30), pending)).toHaveLength(1)
    expect(await past.listed(at(100), pending)).toEqual([])
    expect(await past.listed(at(300), { text: 'ORDER-SECOND' })).toEqual([
      'payment-2 pending 500 null',
    ])
    const sums = async (seconds: number) => {
      const asked = { query: everyPayment, asOf: at(seconds) }
      const { count, sumCents } = await past.calls.payments.summary(asked)
      return [count, sumCents]
    }
    expect(await sums(100)).toEqual([1, '14999'])
    expect(await sums(300)).toEqual([2, '15499'])
  })

  test('goes on page by page in every order', async () => {
    await using past = await aPast()
    for (const sort of ['created_desc', 'created_asc', 'amount_desc', 'amount_asc'] as const) {
      const asked = { query: { ...everyPayment, sort }, asOf: at(300), limit: 1 }
      const first = await past.calls.payments.list(asked)
      const second = await past.calls.payments.list({ ...asked, cursor: first.nextCursor })
      const ids = [...first.items, ...second.items].map(({ id }) => id)
      expect(ids.toSorted()).toEqual(['payment-1', 'payment-2'])
      expect(second.nextCursor).toBeNull()
    }
  })

  test('is refused for times before it was kept, and for what is not kept', async () => {
    await using past = await aPast({ since: at(40) })
    await expect(past.listed(at(39))).rejects.toThrow('is kept from 2026-04-01 12:15 UTC on')
    await expect(past.listed(at(50), { judgements: ['stuck', 'late'] })).rejects.toThrow(
      'leave out is:stuck.',
    )
    const tagged = { name: 'tag', key: null, value: 'fraud', isNot: false } as const
    await expect(past.listed(at(50), { terms: [tagged] })).rejects.toThrow('leave out tag:fraud.')
  })
})

test('no Desk can alter how a payment once stood', async () => {
  await using past = await aPast()
  await expect(
    past.db.updateTable('payment_state').set({ status: 'completed' }).execute(),
  ).rejects.toThrow('permission denied')
  const states = await past.db.selectFrom('payment_state').select('status').execute()
  // What only repeated itself was not kept again.
  expect(states.map(({ status }) => status).toSorted()).toEqual([
    'completed',
    'pending',
    'pending',
    'processing',
  ])
})

interface Past extends AsyncDisposable {
  readonly db: Db
  readonly calls: ReturnType<typeof callerOf>
  /** Id, status, cents and base units of each payment on the list. */
  readonly listed: (asOf: string, asked?: Partial<PaymentQuery>) => Promise<string[]>
}

/** One payment that was made, paid and completed, each learned a while after it happened; and a second one. */
async function aPast({ since = at(0) }: { readonly since?: string } = {}): Promise<Past> {
  const database: TestDatabase = await testDatabase()
  const { db, owner } = database
  await owner.deleteFrom('payment_state_ground').execute()
  await owner.insertInto('payment_state_ground').values({ since }).execute()
  const story: Observation[] = [
    apiAnswer(10, wirePayment()),
    apiAnswer(20, wirePayment({ merchantShortName: 'Northwind' })),
    { ...eventTold(60, { status: 'processing' }), learnedAt: new Date(at(71)) },
    apiAnswer(90, wirePayment({ status: 'completed', ...paid })),
    apiAnswer(
      210,
      wirePayment({
        id: 'payment-2',
        orderId: 'ORDER-SECOND',
        amountInCents: 500,
        createdAt: at(200),
        quotes: [],
      }),
    ),
  ]
  for (const learned of story) {
    await db.transaction().execute((trx) => learn(trx, [learned]))
  }
  const calls = callerOf(contextOf(db, actorWith(['finance'])))
  return {
    db,
    calls,
    listed: async (asOf, asked = {}) => {
      const { items } = await calls.payments.list({ query: { ...everyPayment, ...asked }, asOf })
      return items.map(
        ({ id, status, amountCents, receivedBaseUnits }) =>
          `${id} ${status} ${amountCents} ${receivedBaseUnits}`,
      )
    },
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  }
}

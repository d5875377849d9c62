import * as fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { paymentId } from '@desk/shared/payments/payment'
import type { LiveEvent } from '@desk/shared/live/live-event'
import type { Db } from '../database.ts'
import { publish, startLiveEvents } from '../kernel/live-events.ts'
import { testDatabase, type TestDatabase } from '../testing/test-database.ts'
import { at } from './account.fixtures.ts'
import { applyProjection, learn, type MirrorChange } from './apply-projection.ts'
import {
  apiAnswer,
  eventTold,
  wirePayment,
  wireQuote,
  wireReceipt,
} from './observation.fixtures.ts'
import { missingObservation, type Observation } from './observations.ts'
import { lockPayments } from './payment-mirror.queries.ts'
import { eventually } from '../testing/eventually.ts'

const paid = {
  status: 'completed',
  receipt: wireReceipt(),
  quotes: [wireQuote({ status: 'used' })],
}

describe('learning about payments', () => {
  test('an API answer becomes payment, quotes and receipt', async () => {
    await using database = await testDatabase()
    expect(await learnNow(database.db, apiAnswer(90, wirePayment(paid)))).toEqual([
      { paymentId: 'payment-1', isNew: true },
    ])
    expect(await mirror(database.db)).toMatchObject({
      payments: [
        {
          id: 'payment-1',
          status: 'completed',
          amount_cents: 14_999,
          net_cents: 14_849,
          received_base_units: '150740000',
          token_symbol: 'USDC',
          network: 'eip155:84532',
          flags: [],
          created_at: new Date(at(0)),
        },
      ],
      quotes: [{ id: 'quote-1', status: 'used', expected_base_units: '150740000' }],
      receipts: [{ payment_id: 'payment-1', received_usd: '150.74', block_number: '21500321' }],
    })
  })

  test('the same answer again only says when the API was last asked', async () => {
    await using database = await testDatabase()
    await learnNow(database.db, apiAnswer(10, wirePayment()))
    expect(await learnNow(database.db, apiAnswer(50, wirePayment()))).toEqual([])
    expect(await observationCount(database.db)).toBe(1)
    expect((await mirror(database.db)).payments).toMatchObject([
      { updated_at: new Date(at(10)), api_read_at: new Date(at(50)) },
    ])
    await learnNow(database.db, eventTold(60))
    expect((await mirror(database.db)).payments).toMatchObject([
      { updated_at: new Date(at(61)), api_read_at: new Date(at(50)) },
    ])
  })

  test('lists and single reads that word the same facts differently are kept once each', async () => {
    await using database = await testDatabase()
    const asListed = wirePayment()
    const asRead = wirePayment({ merchantShortName: 'Northwind Demo' })
    for (const [index, raw] of [asListed, asRead, asListed, asRead, asListed].entries()) {
      await learnNow(database.db, apiAnswer(10 + index, raw))
    }
    expect(await observationCount(database.db)).toBe(2)
    await learnNow(database.db, apiAnswer(60, wirePayment({ status: 'processing' })))
    await learnNow(database.db, apiAnswer(61, asListed))
    expect(await observationCount(database.db)).toBe(4)
    expect((await mirror(database.db)).payments).toMatchObject([{ status: 'pending' }])
  })

  test('an event that comes again changes nothing', async () => {
    await using database = await testDatabase()
    await learnNow(database.db, eventTold(5))
    const before = await mirror(database.db)
    expect(await learnNow(database.db, eventTold(5))).toEqual([])
    expect(await learnNow(database.db, eventTold(5), eventTold(5))).toEqual([])
    expect(await observationCount(database.db)).toBe(1)
    expect(await mirror(database.db)).toEqual(before)
  })

  test('a receipt that the API takes back goes, a quote it leaves out stays', async () => {
    await using database = await testDatabase()
    await learnNow(database.db, apiAnswer(90, wirePayment(paid)))
    await learnNow(database.db, apiAnswer(95, wirePayment({ status: 'processing', quotes: [] })))
    expect(await mirror(database.db)).toMatchObject({
      payments: [{ status: 'processing', tx_hash: null, received_base_units: null }],
      quotes: [{ id: 'quote-1' }],
      receipts: [],
    })
  })

  test('"not found" at the API is recorded, and what is known stays', async () => {
    await using database = await testDatabase()
    await learnNow(database.db, eventTold(5))
    const times = { askedAt: new Date(at(20)), answeredAt: new Date(at(21)) }
    await learnNow(database.db, missingObservation('payment-1', times))
    await learnNow(database.db, missingObservation('payment-1', times))
    expect(await observationCount(database.db)).toBe(2)
    expect((await mirror(database.db)).payments).toMatchObject([
      { status: 'pending', order_id: 'ORDER-8827', api_read_at: new Date(at(20)) },
    ])
  })

  test('hostile text is kept visibly and never stops a batch', async () => {
    await using database = await testDatabase()
    const noise = Array.from({ length: 4_000 }, (_, n) => String.fromCodePoint(0x1_0000 + n * 7))
    const metadata = '<script>alert(1)</script>\u0000\u202Eםולש\uD800'
    const changes = await learnNow(
      database.db,
      apiAnswer(1, wirePayment({ id: 'nul', customMetadata: metadata, orderId: 'A\u0000B' })),
      apiAnswer(1, wirePayment({ id: 'long', orderId: noise.join('') })),
      apiAnswer(1, wirePayment({ id: 'year', createdAt: '0000-01-01T00:00:00Z' })),
      apiAnswer(
        1,
        wirePayment({
          id: 'odd',
          receipt: wireReceipt({ txBlockNumber: '0x14', confirmations: 1.5, txRiskScore: 1e12 }),
        }),
      ),
    )
    expect(changes).toHaveLength(4)
    const { payments, receipts } = await mirror(database.db)
    expect(payments.find(({ id }) => id === 'nul')).toMatchObject({
      custom_metadata: '<script>alert(1)</script>\u2400\u202Eםולש\uFFFD',
      order_id: 'A\u2400B',
      search_text: expect.stringContaining('<script>alert(1)</script>\u2400\u202Eםולש'),
    })
    expect(payments.find(({ id }) => id === 'year')?.created_at).toEqual(new Date(at(1)))
    expect(receipts).toMatchObject([{ block_number: null, confirmations: null, risk_score: null }])
  })
})

describe('open browsers', () => {
  test('hear of each payment after the commit, and of a big batch once', async () => {
    await using database = await testDatabase()
    await using browser = await openBrowser(database)
    await learnNow(database.db, eventTold(1))
    await learnNow(database.db, eventTold(2, { status: 'processing' }))
    await learnNow(database.db, eventTold(2, { status: 'processing' }))
    const many = Array.from({ length: 26 }, (_, n) => eventTold(1, { id: `p-${n}` }))
    await learnNow(database.db, ...many)
    await eventually(() =>
      expect(browser.told).toEqual([
        { kind: 'payment.changed', paymentId: 'payment-1', isNew: true },
        { kind: 'payment.changed', paymentId: 'payment-1', isNew: false },
        { kind: 'resync' },
      ]),
    )
  })
})

describe('the mirror and its observations', () => {
  test('rebuilding from all observations gives the mirror that grew step by step', async () => {
    await using database = await testDatabase()
    const { db } = database
    const step = fc
      .record({ seconds, told, isPaid: fc.boolean(), isApi: fc.boolean() })
      .map(({ seconds, told, isPaid, isApi }) => (own: string) => {
        const facts = { ...(isPaid && paid), ...told, id: own + told.id }
        return isApi ? apiAnswer(seconds, wirePayment(facts)) : eventTold(seconds, facts)
      })
    let run = 0
    const lives = fc.array(fc.array(step, { maxLength: 4 }), { maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(lives, async (life) => {
        const own = `run-${run++}-`
        for (const batch of life) await learnNow(db, ...batch.map((make) => make(own)))
        const grown = await mirror(db, own)
        await damageAndRebuild(db, own)
        expect(await mirror(db, own)).toEqual(grown)
      }),
      { numRuns: 25 },
    )
  })

  test('two Desks that learn about one payment at the same moment lose nothing', async () => {
    await using database = await testDatabase()
    const { db } = database
    const first = Promise.withResolvers<void>()
    const held = Promise.withResolvers<void>()
    const one = db.transaction().execute(async (trx) => {
      await learn(trx, [apiAnswer(10, wirePayment({ orderId: 'FROM-ONE' }))])
      first.resolve()
      await held.promise
    })
    await first.promise
    const two = learnNow(db, eventTold(60, { status: 'processing', orderId: null }))
    await untilWaiting(db, 1)
    held.resolve()
    await Promise.all([one, two])
    expect((await mirror(db)).payments).toMatchObject([
      { status: 'processing', order_id: 'FROM-ONE', redirect_url: 'https://shop.example/thanks' },
    ])
  })

  test('batches that share payments in opposite orders never dead-lock', async () => {
    await using database = await testDatabase()
    const { db } = database
    const ids = Array.from({ length: 60 }, (_, n) => `p-${n}`)
    const lock = (order: readonly string[]) =>
      db.transaction().execute(async (trx) => {
        for (let round = 0; round < 2; round++) await lockPayments(trx, order)
      })
    const rounds = Array.from({ length: 8 }, (_, n) => lock(n % 2 ? ids : ids.toReversed()))
    await expect(Promise.all(rounds)).resolves.toHaveLength(8)
  })
})

const seconds = fc.integer({ min: 0, max: 9 }).map((step) => step * 10)
const told = fc.record({
  id: fc.constantFrom('payment-1', 'payment-2'),
  status: fc.constantFrom('pending', 'processing', 'completed', 'failed', 'odd'),
})

/** Collects what browsers are told from now on. */
async function openBrowser(
  database: TestDatabase,
): Promise<AsyncDisposable & { readonly told: readonly LiveEvent[] }> {
  const told: LiveEvent[] = []
  const greeting = {
    kind: 'payment.changed',
    paymentId: paymentId.parse('hello'),
    isNew: true,
  } as const
  const live = startLiveEvents({ connectionString: database.url, log: { warn: () => undefined } })
  let isHeard = false
  const listening = (async () => {
    for await (const event of live.subscribe(new AbortController().signal)) {
      if (event.kind === 'payment.changed' && event.paymentId === greeting.paymentId) isHeard = true
      else told.push(event)
    }
  })()
  await eventually(async () => {
    await database.db.transaction().execute((trx) => publish(trx, greeting))
    expect(isHeard).toBe(true)
  })
  return {
    told,
    [Symbol.asyncDispose]: async () => {
      await live.stop()
      await listening
    },
  }
}

async function learnNow(db: Db, ...observations: Observation[]): Promise<readonly MirrorChange[]> {
  return db.transaction().execute((trx) => learn(trx, observations))
}

async function damageAndRebuild(db: Db, prefix: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const known = await trx
      .selectFrom('observation')
      .select('payment_id')
      .distinct()
      .where('payment_id', 'like', `${prefix}%`)
      .execute()
    const ids = known.map((row) => row.payment_id)
    const damage = { status: 'damaged', order_id: null, tx_hash: 'damaged', amount_cents: 0 }
    await trx.updateTable('payment').set(damage).execute()
    await trx.deleteFrom('quote').execute()
    await trx.deleteFrom('receipt').execute()
    await lockPayments(trx, ids)
    await applyProjection(trx, ids)
  })
}

async function mirror(db: Db, prefix = '') {
  const mine = `${prefix}%`
  const [payments, quotes, receipts] = await Promise.all([
    db.selectFrom('payment').selectAll().where('id', 'like', mine).orderBy('id').execute(),
    db
      .selectFrom('quote')
      .selectAll()
      .where('payment_id', 'like', mine)
      .orderBy('payment_id')
      .orderBy('id')
      .execute(),
    db
      .selectFrom('receipt')
      .selectAll()
      .where('payment_id', 'like', mine)
      .orderBy('payment_id')
      .execute(),
  ])
  return { payments, quotes, receipts }
}

async function observationCount(db: Db): Promise<number> {
  return (await db.selectFrom('observation').select('id').execute()).length
}

async function untilWaiting(db: Db, count: number): Promise<void> {
  await eventually(async () => {
    const waiting = await sql<{ pid: number }>`
      select pid from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
    expect(waiting.rows).toHaveLength(count)
  })
}

import { sql } from 'kysely'
import type { PaymentId } from '@desk/shared/payments/payment'
import { describe, expect, test } from 'vitest'
import type { Db, Trx } from '../database.ts'
import { wirePayment } from '../payments/observation.fixtures.ts'
import { quietLog } from '../testing/sync-setup.ts'
import { testDatabase } from '../testing/test-database.ts'
import {
  processDeliveries,
  startWebhookProcessing,
  type WebhookProcessing,
} from './process-webhooks.ts'
import { createWebhookReceiver } from './receive-webhook.ts'
import { signed, signedAt, vector } from './signing.fixtures.ts'
import { eventually } from '../testing/eventually.ts'

describe('working through stored deliveries', () => {
  test('an event reaches the mirror once and has the API asked once per payment', async () => {
    await using database = await testDatabase()
    const { db } = database
    await receive(db, [
      event('a', { status: 'pending' }, 0),
      event('a', { status: 'processing' }, 5),
      event('b', { status: 'pending' }, 3),
      event('a', { status: 'pending' }, 0),
    ])
    const desk = processing(db)
    expect(await processDeliveries(desk, 100)).toBe(3)
    expect(desk.refreshed).toEqual([['a', 'b']])
    expect(await payments(db)).toMatchObject([
      { id: 'a', status: 'processing', api_read_at: null },
      { id: 'b', status: 'pending', api_read_at: null },
    ])
    expect(await processDeliveries(desk, 100)).toBe(0)
    expect(await outcomes(db)).toEqual(['processed', 'processed', 'processed', 'duplicate'])
  })

  test('a late "pending" does not take back "completed", in whatever batches they come', async () => {
    await using database = await testDatabase()
    const { db } = database
    const desk = processing(db)
    for (const status of ['completed', 'pending', 'processing', 'pending']) {
      await receive(db, [event('a', { status }, status === 'completed' ? 60 : 1)])
      await processDeliveries(desk, 100)
    }
    expect(await payments(db)).toMatchObject([{ status: 'completed' }])
  })

  test('an event about a withdrawal reaches the mirror of withdrawals and has the API asked', async () => {
    await using database = await testDatabase()
    const { db } = database
    const told = (status: string, seconds: number) => {
      const withdrawal = { id: 'w', amountInCents: 5_000, currency: 'USD', status, orderId: 'P-17' }
      return bodyOf('withdrawal.updated', { withdrawal }, seconds)
    }
    await receive(db, [told('completed', 9), told('processing', 5), told('pending', 0)])
    const asked: (readonly string[])[] = []
    const requestWithdrawalRefresh = async (_trx: Trx, ids: readonly string[]) => {
      asked.push(ids)
    }
    await processDeliveries({ ...processing(db), requestWithdrawalRefresh }, 100)
    expect(asked).toEqual([['w']])
    expect(await db.selectFrom('withdrawal').selectAll().execute()).toMatchObject([
      { id: 'w', status: 'completed', amount_cents: 5_000, order_id: 'P-17', api_read_at: null },
    ])
  })

  test('a body that says everything needs no asking', async () => {
    await using database = await testDatabase()
    await receive(database.db, [bodyOf('payment.updated', { payment: wirePayment() }, 0)])
    const desk = processing(database.db)
    await processDeliveries(desk, 100)
    expect(desk.refreshed).toEqual([])
    expect(await payments(database.db)).toMatchObject([{ deposit_address: expect.any(String) }])
  })

  test('withdrawals and unknown events are done with; a payment without an id waits for a person', async () => {
    await using database = await testDatabase()
    const { db } = database
    await receive(db, [
      bodyOf('withdrawal.updated', { withdrawal: { id: 'w-1', status: 'completed' } }, 0),
      bodyOf('payment.levitated', { payment: wirePayment({ status: 'levitating' }) }, 0),
      bodyOf('merchant.updated', { merchant: { id: 'm-1' } }, 0),
      bodyOf('payment.updated', { payment: { status: 'pending' } }, 0),
      '[1,2,3]',
    ])
    await processDeliveries(processing(db), 100)
    expect(await outcomes(db)).toEqual(['processed', 'processed', 'processed', 'parked', 'parked'])
    expect(await payments(db)).toMatchObject([{ status: 'levitating' }])
    const parked = await db
      .selectFrom('webhook_delivery')
      .select(['attempts', 'processing_error'])
      .where('parked_at', 'is not', null)
      .execute()
    expect(parked).toMatchObject([
      { attempts: 1, processing_error: expect.stringContaining('id') },
      { attempts: 1, processing_error: expect.any(String) },
    ])
  })

  test('another body under a known event id is not applied: the API is asked instead', async () => {
    await using database = await testDatabase()
    const { db } = database
    const deliver = receiverOf(db)
    await deliver(signed({ body: event('a', { status: 'pending' }, 0), eventId: 'same' }))
    await deliver(signed({ body: event('a', { status: 'completed' }, 9), eventId: 'same' }))
    const desk = processing(db)
    await processDeliveries(desk, 100)
    expect(await payments(db)).toMatchObject([{ status: 'pending' }])
    expect(await outcomes(db)).toEqual(['processed', 'parked'])
    expect(desk.refreshed).toEqual([['a']])
    await deliver(signed({ body: event('b', { status: 'completed' }, 9), eventId: 'same' }))
    await processDeliveries(desk, 100)
    expect(desk.refreshed).toEqual([['a'], ['b']])
  })

  test('hostile metadata and times are data like any other', async () => {
    await using database = await testDatabase()
    const { db } = database
    const orderId = '<script>alert(1)</script>\u202E\u0000'
    await receive(db, [
      bodyOf('payment.updated', { payment: wirePayment({ id: 'a', orderId }) }, 0),
      JSON.stringify({
        type: 'payment.updated',
        data: { payment: { id: 'b', status: 'pending' } },
        timestamp: '0000-01-01T00:00:00Z',
      }),
    ])
    await processDeliveries(processing(db), 100)
    expect(await payments(db)).toMatchObject([
      { id: 'a', order_id: '<script>alert(1)</script>\u202E\u2400' },
      { id: 'b', created_at: signedAt },
    ])
    const occurred = await db.selectFrom('observation').select('occurred_at').execute()
    expect(occurred.map((row) => row.occurred_at)).toEqual([signedAt, signedAt])
  })
})

describe('when something goes wrong', () => {
  test('a delivery that the database cannot take is parked with its error after three attempts', async () => {
    await using database = await testDatabase()
    const { db, owner } = database
    await sql`alter table observation add check (payment_id <> 'poison')`.execute(owner)
    await receive(
      db,
      ['a', 'poison', 'b', 'c'].map((id) => event(id, { status: 'pending' }, 0)),
    )
    const desk = processing(db)
    for (let round = 0; round < 3; round++) await processDeliveries(desk, 100)
    expect(await outcomes(db)).toEqual(['processed', 'parked', 'processed', 'processed'])
    expect((await payments(db)).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    const poison = await db
      .selectFrom('webhook_delivery')
      .select(['attempts', 'processing_error'])
      .where('payment_id', '=', 'poison')
      .executeTakeFirst()
    expect(poison).toMatchObject({
      attempts: 3,
      processing_error: expect.stringContaining('violates check constraint'),
    })
    expect(await processDeliveries(desk, 100)).toBe(0)
  })

  test('a Desk killed between recording and projecting leaves nothing half done', async () => {
    await using database = await testDatabase()
    const { db, owner } = database
    await receive(db, [event('a', { status: 'pending' }, 0)])
    const locked = Promise.withResolvers<void>()
    const held = Promise.withResolvers<void>()
    const holding = owner.transaction().execute(async (trx) => {
      await sql`lock table payment in access exclusive mode`.execute(trx)
      locked.resolve()
      await held.promise
    })
    await locked.promise
    const working = processDeliveries(processing(db), 100)
    await eventually(async () => {
      const ended = await sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(owner)
      expect(ended.rows).toHaveLength(1)
    })
    const recorded = await db.selectFrom('observation').select('id').execute()
    expect([recorded.length, await outcomes(db)]).toEqual([0, ['waiting']])

    held.resolve()
    await holding
    await working
    expect(await payments(db)).toMatchObject([{ id: 'a', status: 'pending' }])
    expect(await outcomes(db)).toEqual(['processed'])
  })

  test('several Desks at once process each delivery once', async () => {
    await using database = await testDatabase()
    const { db } = database
    await receive(
      db,
      Array.from({ length: 60 }, (_, n) => event(`p-${n % 20}`, { status: 'pending' }, n)),
    )
    const desks = [processing(db), processing(db), processing(db)]
    const work = async (desk: WebhookProcessing): Promise<number> => {
      let total = 0
      for (let taken = -1; taken !== 0; total += taken) taken = await processDeliveries(desk, 7)
      return total
    }
    const totals = await Promise.all(desks.map(work))
    expect(totals.reduce((a, b) => a + b)).toBe(60)
    expect(await db.selectFrom('observation').select('id').execute()).toHaveLength(60)
    expect(await payments(db)).toHaveLength(20)
  })

  test('a delivery that another Desk is busy with holds up no other', async () => {
    await using database = await testDatabase()
    const { db, owner } = database
    await receive(db, [event('a', { status: 'pending' }, 0), event('b', { status: 'pending' }, 0)])
    await owner.transaction().execute(async (busy) => {
      await sql`select from webhook_delivery where payment_id = 'a' for update`.execute(busy)
      expect(await processDeliveries(processing(db), 100)).toBe(1)
    })
    expect(await outcomes(db)).toEqual(['waiting', 'processed'])
  })

  test('of one payment nothing overtakes what another Desk is still busy with', async () => {
    await using database = await testDatabase()
    const { db, owner } = database
    await receive(db, [
      event('a', { status: 'pending' }, 0),
      event('a', { status: 'completed' }, 0),
      event('b', { status: 'pending' }, 0),
    ])
    await owner.transaction().execute(async (busy) => {
      await sql`select from webhook_delivery where id = 1 for update`.execute(busy)
      expect(await processDeliveries(processing(db), 100)).toBe(1)
      expect(await outcomes(db)).toEqual(['waiting', 'waiting', 'processed'])
    })
    expect(await processDeliveries(processing(db), 100)).toBe(2)
    // Both happened in the same millisecond: what came later counts.
    expect(await payments(db)).toMatchObject([{ status: 'completed' }, {}])
  })

  test('a database that was away for a moment is no reason to set anything aside', async () => {
    await using database = await testDatabase()
    const { db, owner } = database
    await receive(db, [event('a', { status: 'pending' }, 0)])
    await sql`create function busy() returns trigger language plpgsql as
      $$ begin raise exception 'too busy' using errcode = '53000'; end $$`.execute(owner)
    await sql`create trigger busy before insert on observation execute function busy()`.execute(
      owner,
    )
    for (let round = 0; round < 5; round++) {
      await expect(processDeliveries(processing(db), 100)).rejects.toThrow('too busy')
    }
    expect(await outcomes(db)).toEqual(['waiting'])
    await sql`drop trigger busy on observation`.execute(owner)
    expect(await processDeliveries(processing(db), 100)).toBe(1)
  })

  test.each([
    ['an amount beyond 2^53', '"amountInCents":9007199254740993'],
    ['an amount beyond every number', '"amountInCents":1e999'],
    ['an amount that is none', '"amountInCents":"a lot"'],
  ])('%s is set aside with the reason, never rounded', async (_what, amount) => {
    await using database = await testDatabase()
    const { db } = database
    const body = event('a', { status: 'pending' }, 0).replace(/"amountInCents":\d+/, amount)
    await receive(db, [body])
    await processDeliveries(processing(db), 100)
    expect(await outcomes(db)).toEqual(['parked'])
    expect(await payments(db)).toEqual([])
  })

  test('replaying every stored delivery changes nothing in the mirror', async () => {
    await using database = await testDatabase()
    const { db } = database
    const statuses = ['pending', 'processing', 'completed', 'pending', 'failed']
    await receive(
      db,
      statuses.map((status, n) => event('a', { status }, n)),
    )
    await processDeliveries(processing(db), 2)
    await processDeliveries(processing(db), 100)
    const before = await payments(db)
    await sql`update webhook_delivery set processed_at = null`.execute(db)
    await processDeliveries(processing(db), 100)
    expect(await payments(db)).toEqual(before)
  })
})

describe('the loop', () => {
  test('works at once when woken, and finds by itself what nobody woke it for', async () => {
    await using database = await testDatabase()
    const { db } = database
    const slow = startWebhookProcessing({ ...processing(db), intervalMs: 600_000 })
    await slow.settled()
    await receive(db, [event('a', { status: 'pending' }, 0)])
    slow.wake()
    await eventually(async () => expect(await payments(db)).toHaveLength(1))
    await slow.stop()

    const polling = startWebhookProcessing({ ...processing(db), intervalMs: 10 })
    await polling.settled()
    await receive(db, [event('b', { status: 'pending' }, 0)])
    await eventually(async () => expect(await payments(db)).toHaveLength(2))
    await polling.stop()
  })
})

function processing(db: Db): WebhookProcessing & { readonly refreshed: (readonly string[])[] } {
  const refreshed: (readonly string[])[] = []
  return {
    db,
    now: () => signedAt,
    log: quietLog,
    requestWithdrawalRefresh: async () => undefined,
    requestRefresh: async (_trx, paymentIds: readonly PaymentId[]) => {
      refreshed.push(paymentIds.toSorted())
    },
    refreshed,
  }
}

function receiverOf(db: Db) {
  const receiver = createWebhookReceiver({
    db,
    secrets: () => [vector.secret],
    now: () => signedAt,
    log: quietLog,
    onStored: () => undefined,
  })
  return receiver.receive
}

async function receive(db: Db, bodies: readonly string[]): Promise<void> {
  const deliver = receiverOf(db)
  for (const [n, body] of bodies.entries()) {
    const stored = await deliver(signed({ body, eventId: `event-${n}-${body.length}-${body}` }))
    expect(stored.status).toBe(200)
  }
}

function event(id: string, changes: object, seconds: number): string {
  const payment = { id, type: 'payment', currency: 'USD', amountInCents: 14_999, ...changes }
  return bodyOf('payment.updated', { payment }, seconds)
}

function bodyOf(type: string, data: object, seconds: number): string {
  const timestamp = new Date(signedAt.getTime() + seconds * 1000).toISOString()
  return JSON.stringify({ type, data, timestamp })
}

async function payments(db: Db) {
  return db.selectFrom('payment').selectAll().orderBy('id').execute()
}

async function outcomes(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('webhook_delivery')
    .select(['verdict', 'processed_at', 'parked_at'])
    .orderBy('id')
    .execute()
  return rows.map((row) => {
    if (row.verdict === 'duplicate') return 'duplicate'
    if (row.parked_at !== null) return 'parked'
    return row.processed_at === null ? 'waiting' : 'processed'
  })
}

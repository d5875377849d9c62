import { describe, expect, test } from 'vitest'
import { everythingOpen } from '@desk/shared/attention/attention-query'
import { advisoryLocks } from '../kernel/advisory-locks.ts'
import { sql } from 'kysely'
import { apiAnswer, wirePayment, wireReceipt } from '../payments/observation.fixtures.ts'
import { learn } from '../payments/apply-projection.ts'
import { testDatabase } from '../testing/test-database.ts'
import {
  callsOf,
  colleague,
  minutesLater,
  noon,
  openItems,
  sweepAll,
  told,
} from './attention.fixtures.ts'
import { sweepOnce } from './sweep.ts'

describe('a payment', () => {
  test('that is underpaid waits for finance with what is missing, once', async () => {
    await using database = await testDatabase()
    const { db } = database
    await told(db, 'p1', { received: '150000000' })
    await told(db, 'p2')

    await sweepAll(db)
    await sweepAll(db, minutesLater(2))
    await sweepAll(db, minutesLater(4))

    expect(await openItems(db)).toEqual([
      { payment_id: 'p1', kind: 'underpaid', stake_cents: 74, assignee_role: 'finance' },
    ])
    expect(await stepsOf(db)).toEqual(['opened'])
  })

  test('that gets the rest of its money waits no longer', async () => {
    await using database = await testDatabase()
    const { db } = database
    await told(db, 'p1', { received: '150000000' })
    await sweepAll(db)
    await told(db, 'p1', { received: '150740000', seconds: 200 })
    await sweepAll(db, minutesLater(1))

    expect(await openItems(db)).toEqual([])
    expect(await stepsOf(db)).toEqual(['opened', 'closed'])
    const [item] = await db.selectFrom('attention_item').selectAll().execute()
    expect(item).toMatchObject({ resolved_at: minutesLater(1), resolved_by: null, fact: null })
  })

  test('that somebody settled is asked about again when other money comes, not before', async () => {
    await using database = await testDatabase()
    const { db } = database
    const fay = await colleague(database.owner, 'Fay', ['finance'])
    await told(db, 'p1', { received: '150000000', status: 'reviewing' })
    await sweepAll(db)
    const { items } = await callsOf(db, fay).attention.list({ query: everythingOpen })
    await callsOf(db, fay).attention.resolve({
      items: items.map(({ id }) => id),
      reason: 'refunded',
    })

    await told(db, 'p1', { received: '150000000', status: 'failed', seconds: 200 })
    await sweepAll(db, minutesLater(2))
    expect(await openItems(db)).toEqual([])

    await told(db, 'p1', { received: '150100000', status: 'failed', seconds: 300 })
    await sweepAll(db, minutesLater(3))
    expect(await openItems(db)).toMatchObject([{ kind: 'underpaid', stake_cents: 64 }])
    expect(await stepsOf(db)).toEqual(['opened', 'resolved', 'reopened'])
    const [item] = await db.selectFrom('attention_item').selectAll().execute()
    expect(item).toMatchObject({
      resolved_by: null,
      resolved_because: null,
      opened_at: new Date('2026-04-01T12:16:00.000Z'),
    })
  })

  test('gets stuck by time alone, and is free again when it completes', async () => {
    await using database = await testDatabase()
    const { db } = database
    const seenAt = '2026-04-01T12:16:00.000Z'
    const after = (minutes: number) => new Date(Date.parse(seenAt) + minutes * 60_000)
    await told(db, 'p1', { status: 'processing' })
    await sweepAll(db, after(9))
    expect(await openItems(db)).toEqual([])
    await sweepAll(db, after(11))
    expect(await openItems(db)).toMatchObject([
      { kind: 'stuck', stake_cents: 14_999, assignee_role: 'support' },
    ])
    await told(db, 'p1', { status: 'completed', seconds: 900 })
    await sweepAll(db, after(12))
    expect(await openItems(db)).toEqual([])
  })

  test('that webhooks alone called processing is stuck from when they did', async () => {
    await using database = await testDatabase()
    const { db } = database
    await told(db, 'p1', { status: 'processing', received: null })
    // On a network nobody knows the pace of yet, an hour after it was first said.
    await sweepAll(db, new Date('2026-04-01T12:25:00.000Z'))
    expect(await openItems(db)).toEqual([])
    await sweepAll(db, new Date('2026-04-01T13:20:00.000Z'))
    expect(await openItems(db)).toMatchObject([{ kind: 'stuck' }])
  })
})

describe('the sweep', () => {
  test('judges what was committed behind its back', async () => {
    await using database = await testDatabase()
    const { db } = database
    const short = wireReceipt({ settledAmountAsset: '1' })
    const raw = wirePayment({ id: 'slow', status: 'completed', receipt: short })
    await db.transaction().execute(async (slow) => {
      await learn(slow, [apiAnswer(100, raw)])
      // Learned later, committed sooner.
      await told(db, 'quick', { received: '1' })
      await sweepAll(db)
    })
    await sweepAll(db, minutesLater(0.5))
    expect((await openItems(db)).map((item) => item.payment_id)).toEqual(['quick'])
    await sweepAll(db, minutesLater(1.1))
    await sweepAll(db, minutesLater(1.2))
    expect((await openItems(db)).map((item) => item.payment_id)).toEqual(['quick', 'slow'])
  })

  test('goes on where another Desk left off, and leaves a round to one of them', async () => {
    await using database = await testDatabase()
    const { db } = database
    await told(db, 'p1', { received: '1' })
    await db.transaction().execute(async (other) => {
      await sql`select pg_advisory_xact_lock(${advisoryLocks.attention}::bigint)`.execute(other)
      expect(await sweepOnce({ db, now: () => noon })).toBe(false)
    })
    expect(await openItems(db)).toEqual([])
    await Promise.all([sweepAll(db), sweepAll(db), sweepAll(db)])
    await sweepAll(db)
    expect(await openItems(db)).toHaveLength(1)
    expect(await stepsOf(db)).toEqual(['opened'])
  })

  test('leaves alone what people handed over', async () => {
    await using database = await testDatabase()
    const { db } = database
    const sam = await colleague(database.owner, 'Sam', ['support'])
    await told(db, 'p1', { received: '150000000' })
    await sweepAll(db)
    const to = { kind: 'role', role: 'finance' } as const
    await callsOf(db, sam).attention.assign({
      id: 'p1',
      to,
      reason: 'please refund',
      dueAt: null,
      note: null,
    })
    await told(db, 'p1', { seconds: 300 })
    await sweepAll(db, minutesLater(2))
    expect(await openItems(db)).toMatchObject([{ kind: 'handed_over' }])
  })
})

async function stepsOf(db: Parameters<typeof openItems>[0]): Promise<string[]> {
  const rows = await db.selectFrom('attention_event').select('what').orderBy('id').execute()
  return rows.map(({ what }) => what)
}

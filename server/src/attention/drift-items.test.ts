import { describe, expect, test } from 'vitest'
import { everythingOpen } from '@desk/shared/attention/attention-query'
import type { Db } from '../database.ts'
import { everyPayment } from '@desk/shared/payments/payment-query'
import { at } from '../payments/account.fixtures.ts'
import { learn } from '../payments/apply-projection.ts'
import { apiAnswer, eventTold, wirePayment, wireReceipt } from '../payments/observation.fixtures.ts'
import { missingObservation, type Observation } from '../payments/observations.ts'
import { testDatabase } from '../testing/test-database.ts'
import { callsOf, colleague, openItems, sweepAll } from './attention.fixtures.ts'

const paid = { status: 'completed', receipt: wireReceipt() }
const quarterOfAnHour = 15 * 60
const later = (seconds: number) => new Date(at(seconds))

describe('a webhook that is missing', () => {
  test('waits for finance with the whole amount from a quarter of an hour after the API told of it', async () => {
    await using database = await heardBefore()
    const { db } = database
    await learnAll(db, eventTold(0), apiAnswer(90, wirePayment(paid)))
    await sweepAll(db, later(100))
    expect(await openItems(db)).toEqual([])
    await sweepAll(db, later(91 + quarterOfAnHour))
    expect(await openItems(db)).toEqual([
      { payment_id: 'payment-1', kind: 'drifted', stake_cents: 14_999, assignee_role: 'finance' },
    ])
    expect(await driftIn(db)).toMatchObject([
      { kind: 'webhook_missing', status: 'processing', state: 'open', since: later(60) },
      { kind: 'webhook_missing', status: 'completed', state: 'open', since: later(80) },
    ])
    await sweepAll(db, later(9_000))
    expect(await driftIn(db)).toHaveLength(2)
  })

  test('is over by itself when it comes after all, as one that was late', async () => {
    await using database = await heardBefore()
    const { db } = database
    await learnAll(db, eventTold(0), apiAnswer(90, wirePayment({ status: 'expired' })))
    await sweepAll(db, later(91 + quarterOfAnHour))
    const expired = eventTold(85, { status: 'expired' })
    await learnAll(db, { ...expired, learnedAt: later(2_000) })
    await sweepAll(db, later(2_001))
    expect(await openItems(db)).toEqual([])
    expect(await driftIn(db)).toMatchObject([
      { kind: 'webhook_late', state: 'closed', resolution: 'healed', closed_at: later(2_001) },
    ])
  })

  test('that somebody resolved stays so, and a further one is asked about', async () => {
    await using database = await heardBefore()
    const { db } = database
    const fay = await colleague(database.owner, 'Fay', ['finance'])
    await learnAll(db, eventTold(0), apiAnswer(10, wirePayment({ status: 'processing' })))
    await sweepAll(db, later(1_000))
    const calls = callsOf(db, fay, later(1_001))
    const { items } = await calls.attention.list({
      query: { ...everythingOpen, kinds: ['drifted'] },
    })
    expect(items).toMatchObject([{ kind: 'drifted', driftKinds: ['webhook_missing'] }])
    await calls.attention.resolve({ items: items.map(({ id }) => id), reason: 'Told by phone' })
    const { drift } = await calls.payments.detail({ id: items[0]?.payment.id ?? '' })
    expect(drift).toMatchObject([
      {
        state: 'closed',
        resolution: 'resolved',
        resolvedBy: { name: 'Fay' },
        resolvedBecause: 'Told by phone',
      },
    ])
    await learnAll(db, apiAnswer(1_100, wirePayment({ status: 'failed' })))
    await sweepAll(db, later(1_200))
    expect(await openItems(db)).toEqual([])
    await sweepAll(db, later(1_102 + quarterOfAnHour))
    expect(await openItems(db)).toMatchObject([{ kind: 'drifted' }])
    expect(await driftIn(db)).toMatchObject([
      { status: 'processing', state: 'closed' },
      { status: 'failed', state: 'open' },
    ])
  })
})

test('what came out of order is over at once: it is noted among what was resolved', async () => {
  await using database = await heardBefore()
  const { db } = database
  await learnAll(
    db,
    { ...eventTold(0), learnedAt: later(70) },
    eventTold(60, { status: 'processing' }),
    apiAnswer(75, wirePayment({ status: 'processing' })),
  )
  await sweepAll(db, later(80))
  expect(await openItems(db)).toEqual([])
  const fay = await colleague(database.owner, 'Fay', ['finance'])
  const { items } = await callsOf(db, fay).attention.list({
    query: { ...everythingOpen, state: 'resolved' },
  })
  expect(items).toMatchObject([
    { kind: 'drifted', driftKinds: ['out_of_order'], resolvedBy: null, stakeCents: 14_999 },
  ])
})

test('a payment that the API does not know waits until it does', async () => {
  await using database = await heardBefore()
  const { db } = database
  const missing = (seconds: number) =>
    missingObservation('payment-1', { askedAt: later(seconds), answeredAt: later(seconds) })
  await learnAll(db, eventTold(0), missing(2))
  await sweepAll(db, later(3))
  expect(await driftIn(db)).toEqual([])
  expect(await watchedIn(db)).toEqual([{ payment_id: 'payment-1', asks_api: true }])
  await learnAll(db, missing(62))
  await sweepAll(db, later(63))
  expect(await driftIn(db)).toMatchObject([{ kind: 'unknown_to_api', state: 'open' }])
  await learnAll(db, apiAnswer(120, wirePayment()))
  await sweepAll(db, later(121))
  expect(await driftIn(db)).toMatchObject([{ kind: 'unknown_to_api', resolution: 'healed' }])
  expect(await watchedIn(db)).toEqual([])
})

test('a history of payments that nobody announced drowns nobody', async () => {
  await using database = await testDatabase()
  const { db } = database
  await learnAll(db, apiAnswer(90, wirePayment(paid)))
  await sweepAll(db, later(50_000))
  expect(await driftIn(db)).toEqual([])
})

/** A database in which SpacePay told something by webhook before. */
async function heardBefore() {
  const database = await testDatabase()
  await database.owner
    .insertInto('drift_ground')
    .values({ announced_since: later(-3_600) })
    .execute()
  return database
}

async function learnAll(db: Db, ...observations: Observation[]): Promise<void> {
  for (const observation of observations) {
    await db.transaction().execute((trx) => learn(trx, [observation]))
  }
}

async function driftIn(db: Db) {
  return db.selectFrom('drift').selectAll().orderBy('id').execute()
}

async function watchedIn(db: Db) {
  return db.selectFrom('drift_watch').select(['payment_id', 'asks_api']).execute()
}

test('a payment that drifted is found by is:drifted and says so in the list, until somebody settled it', async () => {
  await using database = await heardBefore()
  const { db } = database
  const fay = await colleague(database.owner, 'Fay', ['finance'])
  await learnAll(db, eventTold(0), apiAnswer(90, wirePayment({ status: 'expired' })))
  await learnAll(db, apiAnswer(91, wirePayment({ id: 'payment-2', createdAt: at(-9_000) })))
  await sweepAll(db, later(91 + quarterOfAnHour))
  const calls = callsOf(db, fay)
  const drifted = { ...everyPayment, judgements: ['drifted' as const] }
  const found = await calls.payments.list({ query: drifted })
  expect(found.items).toMatchObject([{ id: 'payment-1', isDrifted: true }])
  const all = await calls.payments.list({ query: everyPayment })
  expect(all.items.map(({ id, isDrifted }) => [id, isDrifted])).toEqual([
    ['payment-1', true],
    ['payment-2', undefined],
  ])
  const { items } = await calls.attention.list({ query: { ...everythingOpen, kinds: ['drifted'] } })
  await calls.attention.resolve({ items: items.map(({ id }) => id), reason: 'Told by phone' })
  expect((await calls.payments.list({ query: drifted })).items).toEqual([])
})

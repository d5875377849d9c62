import { expect, test } from 'vitest'
import { everythingOpen } from '@desk/shared/attention/attention-query'
import { paymentId } from '@desk/shared/payments/payment'
import type { Db } from '../database.ts'
import { at } from '../payments/account.fixtures.ts'
import { learn } from '../payments/apply-projection.ts'
import { apiAnswer, eventTold, wirePayment } from '../payments/observation.fixtures.ts'
import { testDatabase } from '../testing/test-database.ts'
import { callsOf, colleague, openItems, sweepAll } from './attention.fixtures.ts'

const later = (seconds: number) => new Date(at(seconds))
const anHour = 3_600

test('when the endpoint dies, its payments wait as one that says since when, how many and how much', async () => {
  await using place = await arrange()
  const { db, fay } = place
  await unheard(db, 12)
  await sweepAll(db, later(anHour))

  const calls = callsOf(db, fay, later(anHour))
  expect((await calls.attention.list({ query: everythingOpen })).items).toEqual([])
  expect(await calls.attention.summary({ query: everythingOpen })).toMatchObject({
    count: 1,
    byKind: [{ kind: 'drifted', count: 1, stakeCents: String(12 * 14_999), oldestAt: at(10) }],
  })
  const ofSupport = { ...everythingOpen, whose: 'support' as const }
  expect(await calls.attention.summary({ query: ofSupport })).toMatchObject({ count: 0 })
  expect(await calls.attention.badge()).toEqual({ count: 1, isMore: false })
  expect(await calls.attention.silences()).toEqual([
    {
      since: at(0),
      firstAt: at(10),
      lastAt: at(21),
      endedAt: null,
      count: 12,
      stakeCents: String(12 * 14_999),
      isExact: true,
    },
  ])
  // Each of them still says what happened to it.
  expect(await openItems(db)).toHaveLength(12)
  const [first] = await openItems(db)
  const { drift } = await calls.payments.detail({ id: paymentId.parse(first?.payment_id) })
  expect(drift).toMatchObject([{ kind: 'never_announced', state: 'open' }])
})

test('fewer than could be chance wait one by one, and so does what somebody was asked about', async () => {
  await using place = await arrange()
  const { db, fay } = place
  await unheard(db, 9)
  await sweepAll(db, later(anHour))
  const calls = callsOf(db, fay, later(anHour))
  const list = async () => (await calls.attention.list({ query: everythingOpen })).items
  expect(await list()).toHaveLength(9)
  expect(await calls.attention.silences()).toEqual([])

  await unheard(db, 12)
  await sweepAll(db, later(2 * anHour))
  expect(await list()).toEqual([])
  await db
    .updateTable('attention_item')
    .set({ assignee_id: fay.userId, assignee_role: null })
    .where('payment_id', '=', 'unheard-3')
    .execute()
  expect(await list()).toMatchObject([{ payment: { id: 'unheard-3' } }])
  expect(await calls.attention.silences()).toMatchObject([{ count: 11 }])
})

test('a webhook in between ends the silence; what contradicts more than by silence waits by itself', async () => {
  await using place = await arrange()
  const { db, fay } = place
  await unheard(db, 11)
  await delivered(db, 15)
  const answer = wirePayment({ id: 'unheard-10', amountInCents: 20_000, createdAt: at(20) })
  await db
    .transaction()
    .execute((trx) =>
      learn(trx, [
        eventTold(3_000, { id: 'unheard-10', status: 'expired', createdAt: at(20) }),
        apiAnswer(3_200, { ...answer, status: 'pending' }),
      ]),
    )
  await sweepAll(db, later(2 * anHour))
  const calls = callsOf(db, fay, later(2 * anHour))
  // Five or six on either side of the webhook: neither side is a silence.
  expect(await calls.attention.silences()).toEqual([])
  expect((await calls.attention.list({ query: everythingOpen })).items.length).toBeGreaterThan(9)
  await unheard(db, 30)
  await sweepAll(db, later(3 * anHour))
  expect(await calls.attention.silences()).toMatchObject([{ since: at(15), endedAt: null }])
  const { items } = await calls.attention.list({ query: everythingOpen })
  const alone = items.map(({ payment }) => payment.id)
  expect(alone).toContain('unheard-10')
  expect(alone).not.toContain('unheard-11')
  await delivered(db, 4_000)
  expect(await calls.attention.silences()).toMatchObject([{ endedAt: at(4_000) }])
})

test('all of a silence is resolved at once with one reason, in the log as one and at each payment', async () => {
  await using place = await arrange()
  const { db, fay } = place
  await unheard(db, 12)
  await sweepAll(db, later(anHour))
  const calls = callsOf(db, fay, later(anHour))
  const [silence] = await calls.attention.silences()
  const given = { since: silence?.since ?? '', reason: 'The endpoint was down; the shop caught up' }
  expect(await calls.attention.resolveSilence(given)).toEqual({ resolved: 12, wasResolved: 0 })
  expect(await calls.attention.silences()).toEqual([])
  expect(await calls.attention.badge()).toMatchObject({ count: 0 })
  await sweepAll(db, later(anHour + 100))
  expect(await openItems(db)).toEqual([])
  const { drift } = await calls.payments.detail({ id: paymentId.parse('unheard-5') })
  expect(drift).toMatchObject([
    { resolution: 'resolved', resolvedBy: { name: 'Fay' }, resolvedBecause: given.reason },
  ])
  const entries = await db.selectFrom('audit_entry').select(['action', 'reason']).execute()
  expect(entries).toEqual([{ action: 'payment.resolve_silence', reason: given.reason }])
  await expect(calls.attention.resolveSilence(given)).rejects.toThrow('resolved meanwhile')
})

/** A Desk that SpacePay delivered to before, and somebody of finance. */
async function arrange() {
  const database = await testDatabase()
  const { db, owner } = database
  await owner
    .insertInto('drift_ground')
    .values({ announced_since: later(-3_600) })
    .execute()
  await delivered(db, 0)
  const fay = await colleague(owner, 'Fay', ['finance'])
  return { db, fay, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() }
}

/** A webhook about some payment that arrived at this second. */
async function delivered(db: Db, seconds: number): Promise<void> {
  const eventId = `event-${seconds}`
  await db
    .insertInto('webhook_delivery')
    .values({
      event_id: eventId,
      received_at: later(seconds),
      processed_at: later(seconds),
      verdict: 'valid',
      payment_id: 'another',
      body_sha256: Buffer.from(eventId),
      timestamp_header: '0',
      signature_header: 'signature',
      secret_id: 'secret',
      signed_sha256: Buffer.from(eventId),
    })
    .execute()
}

/** So many payments were made, one each second from the tenth on, and only the API ever told of them. */
async function unheard(db: Db, count: number): Promise<void> {
  const answers = Array.from({ length: count }, (_, index) =>
    apiAnswer(60, wirePayment({ id: `unheard-${index}`, createdAt: at(10 + index) })),
  )
  await db.transaction().execute((trx) => learn(trx, answers))
}

import fc from 'fast-check'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { userId } from '@desk/shared/identity/session'
import type { Db } from '../database.ts'
import type { Actor } from '../kernel/actor.ts'
import { actorWith, contextOf } from '../kernel/context.fixtures.ts'
import { createCallerFactory } from '../kernel/trpc.ts'
import { countAll, learnSettled, settledAt } from '../testing/settled-payments.ts'
import { testDatabase, type TestDatabase } from '../testing/test-database.ts'
import { settlementMonthsRouter } from './settlement-months.router.ts'
import { verifyMonths } from './verify-months.ts'

const createCaller = createCallerFactory(settlementMonthsRouter)
const now = () => new Date('2026-11-22T14:30:00Z')

let database: TestDatabase
let db: Db
beforeEach(async () => {
  database = await testDatabase()
  db = database.db
  await db
    .insertInto('person')
    .values([person('u_ada', 'Ada'), person('u_bob', 'Bob')])
    .execute()
})
afterEach(() => database[Symbol.asyncDispose]())

function person(id: string, name: string) {
  return { id, name, email: `${id}@shop.example`, created_at: now() }
}

function callsOf(actor: Actor) {
  return createCaller({ ...contextOf(db, { ...actor, provedAt: now() }), now })
}
const ada = () => callsOf(actorWith(['finance']))
const bob = () => callsOf({ ...actorWith(['admin']), userId: userId.parse('u_bob'), name: 'Bob' })

async function closeOctober(note = 'No statement was imported yet.'): Promise<number> {
  const seen = await ada().read({ month: '2026-10' })
  const { closeId } = await ada().close({ month: '2026-10', sha256: seen?.sha256 ?? '', note })
  return closeId
}

test('a month is closed as it was seen and stays so, while later changes are listed beside it', async () => {
  await learnSettled(db, [
    settledAt('kept', '2026-10-10T09:00:00Z', 5_000),
    settledAt('changed', '2026-10-11T09:00:00Z', 3_000),
    settledAt('moved', '2026-10-31T23:30:00Z', 900),
  ])
  await countAll(db, now)
  const before = await ada().read({ month: '2026-10' })
  expect(before?.checks.map(({ kind, isMet }) => [kind, isMet])).toContainEqual([
    'sums_proved',
    true,
  ])
  const closeId = await closeOctober()

  await learnSettled(db, [
    // Another amount, another month, and one that nobody knew of.
    settledAt('changed', '2026-10-11T09:00:00Z', 2_500),
    settledAt('moved', '2026-11-01T00:30:00Z', 900),
    settledAt('late', '2026-10-12T09:00:00Z', 70, '2026-09-30T09:00:00Z'),
  ])
  await countAll(db, now)
  const closed = await ada().read({ month: '2026-10' })
  expect(closed?.content).toEqual(before?.content)
  expect(closed?.sha256).toBe(before?.sha256)
  const { adjustments } = await ada().adjustments({ closeId })
  expect(
    adjustments
      .map(({ paymentId, before: was, after }) => [
        paymentId,
        [was.day, was.grossCents],
        [after.day, after.grossCents],
      ])
      .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  ).toEqual([
    ['changed', ['2026-10-11', 3_000], ['2026-10-11', 2_500]],
    ['late', [null, 0], ['2026-10-12', 70]],
    ['moved', ['2026-10-31', 900], [null, 0]],
  ])
  expect(closed?.adjustments).toEqual({ count: 3, grossCents: -1_330, netCents: -1_330 })
})

test('the closed sums and the adjustments together are what the month is now, whatever happens', async () => {
  const instants = [
    '2026-09-30T12:00:00Z',
    '2026-10-05T12:00:00Z',
    '2026-10-31T12:00:00Z',
    '2026-11-02T12:00:00Z',
  ]
  const change = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    at: fc.constantFrom(...instants),
    cents: fc.integer({ min: 20, max: 9_999 }),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { maxLength: 4 }),
      fc.array(change, { minLength: 1, maxLength: 6 }),
      async (first, later) => {
        await using own = await testDatabase()
        await own.db.insertInto('person').values(person('u_ada', 'Ada')).execute()
        const calls = createCaller({
          ...contextOf(own.db, { ...actorWith(['finance']), provedAt: now() }),
          now,
        })
        const tell = async ({ id, at, cents }: (typeof later)[number]) => {
          await learnSettled(own.db, [settledAt(id, at, cents, '2026-09-01T12:00:00Z')])
          await countAll(own.db, now)
        }
        await countAll(own.db, now)
        for (const each of first) await tell(each)
        const seen = await calls.read({ month: '2026-10' })
        await calls.close({
          month: '2026-10',
          sha256: seen?.sha256 ?? '',
          note: 'Drift is looked at.',
        })
        for (const each of later) await tell(each)
        const page = await calls.list({})
        const october = page?.months.find(({ month }) => month === '2026-10')
        const sums = october?.closed
        expect((sums?.totals.grossCents ?? 0) + (sums?.adjustments.grossCents ?? 0)).toBe(
          october?.now.grossCents,
        )
        expect(await verifyMonths(own.db)).toMatchObject({ ok: true })
        expect((sums?.totals.netCents ?? 0) + (sums?.adjustments.netCents ?? 0)).toBe(
          october?.now.netCents,
        )
      },
    ),
    { numRuns: 5 },
  )
})

test('nothing is closed that was not seen, is not over or is closed already', async () => {
  await learnSettled(db, [settledAt('a', '2026-10-10T09:00:00Z', 5_000)])
  await countAll(db, now)
  const seen = await ada().read({ month: '2026-10' })
  await learnSettled(db, [settledAt('b', '2026-10-11T09:00:00Z', 1_000)])
  await countAll(db, now)
  const stale = ada().close({ month: '2026-10', sha256: seen?.sha256 ?? '', note: '' })
  await expect(stale).rejects.toThrow(/has changed since you looked/)

  const running = await ada().read({ month: '2026-11' })
  const early = ada().close({ month: '2026-11', sha256: running?.sha256 ?? '', note: '' })
  await expect(early).rejects.toThrow(/not over/)

  await closeOctober()
  const again = await ada().read({ month: '2026-10' })
  const twice = ada().close({ month: '2026-10', sha256: again?.sha256 ?? '', note: '' })
  await expect(twice).rejects.toThrow(/closed this month already/)
})

test('sums that are not what the payments add up to keep a month open', async () => {
  await learnSettled(db, [settledAt('a', '2026-10-10T09:00:00Z', 5_000)])
  await countAll(db, now)
  await db
    .updateTable('payment_rollup')
    .set({ gross_cents: 4_999 })
    .where('basis', '=', 'settled')
    .execute()
  const seen = await ada().read({ month: '2026-10' })
  expect(seen?.checks.find(({ kind }) => kind === 'sums_proved')).toEqual({
    kind: 'sums_proved',
    isMet: false,
    finding: 'The sums are not what the payments add up to on 2026-10-10.',
  })
  const closing = ada().close({ month: '2026-10', sha256: seen?.sha256 ?? '', note: 'Close it.' })
  await expect(closing).rejects.toThrow(/not what the payments add up to/)
})

test('reopening takes a second person, and the month then counts as payments stand', async () => {
  await learnSettled(db, [settledAt('a', '2026-10-10T09:00:00Z', 5_000)])
  await countAll(db, now)
  const closeId = await closeOctober()
  await learnSettled(db, [settledAt('late', '2026-10-11T09:00:00Z', 1_000)])
  await countAll(db, now)
  const { id } = await ada().proposeReopening({ closeId, reason: 'A late payment.' })
  await expect(ada().decideReopening({ id, decision: 'reopen' })).rejects.toThrow(/somebody else/)
  expect((await ada().read({ month: '2026-10' }))?.decideBlock).toMatch(/somebody else/)
  expect((await bob().read({ month: '2026-10' }))?.decideBlock).toBeNull()
  await bob().decideReopening({ id, decision: 'reopen' })
  const open = await ada().read({ month: '2026-10' })
  expect(open?.close).toBeNull()
  expect(open?.content.totals.grossCents).toBe(6_000)
  expect(open?.earlier).toHaveLength(1)
  // What happens while it is open is part of the next closing, not an adjustment.
  await learnSettled(db, [settledAt('later', '2026-10-12T09:00:00Z', 500)])
  await countAll(db, now)
  expect(await closeOctober()).not.toBe(closeId)
  const closed = await ada().read({ month: '2026-10' })
  expect(closed?.content.totals.grossCents).toBe(6_500)
  expect(closed?.adjustments.count).toBe(0)
  const actions = await db.selectFrom('audit_entry').select('action').orderBy('seq').execute()
  expect(actions.map(({ action }) => action)).toEqual([
    'month.close',
    'month.propose_reopening',
    'month.decide_reopening',
    'month.close',
  ])
})

test('a closed month that was touched, or does not add up any more, is named', async () => {
  await learnSettled(db, [settledAt('a', '2026-10-10T09:00:00Z', 5_000)])
  await countAll(db, now)
  await closeOctober()
  expect(await verifyMonths(db)).toEqual({
    ok: true,
    text: '1 closing of a month holds and what changed since adds up.',
  })
  await db.updateTable('payment_share').set({ gross_cents: 4_000 }).execute()
  expect((await verifyMonths(db)).text).toContain('2026-10: what it was closed with')
  await database.owner
    .updateTable('settlement_close')
    .set({ content: sql`replace(content, '5000', '6000')` })
    .execute()
  expect(await verifyMonths(db)).toEqual({
    ok: false,
    text: '2026-10 is not what it was closed with.',
  })
})

test('what is counted while a month is being closed is in its sums or beside them', async () => {
  for (const round of ['one', 'two', 'three']) {
    await learnSettled(db, [settledAt(`before-${round}`, '2026-10-10T09:00:00Z', 5_000)])
    await countAll(db, now)
    const seen = await ada().read({ month: '2026-10' })
    await learnSettled(db, [settledAt(`meanwhile-${round}`, '2026-10-11T09:00:00Z', 700)])
    const wanted = { month: '2026-10', sha256: seen?.sha256 ?? '', note: 'Closed while it counts.' }
    // Either it was counted first, and what the person saw is refused, or it stands beside what was closed.
    await Promise.allSettled([ada().close(wanted), countAll(db, now)])
    await countAll(db, now)
    expect(await verifyMonths(db)).toMatchObject({ ok: true })
    await db.updateTable('settlement_close').set({ reopened_at: now() }).execute()
  }
})

test('other business days move nothing in a closed month', async () => {
  await learnSettled(db, [
    settledAt('early', '2026-10-01T02:00:00Z', 5_000),
    settledAt('late', '2026-10-31T23:30:00Z', 700),
    settledAt('after', '2026-11-01T02:00:00Z', 30),
  ])
  await countAll(db, now)
  const closeId = await closeOctober()
  await db
    .insertInto('business_day_rule')
    .values({ zone: 'America/New_York', cut_off: '05:00', state: 'building', set_at: now() })
    .execute()
  await countAll(db, now)
  expect((await ada().adjustments({ closeId })).adjustments).toEqual([])
  expect(await verifyMonths(db)).toMatchObject({ ok: true })
  // It lies in the month as it was closed, whatever its day is called now.
  await learnSettled(db, [settledAt('early', '2026-10-01T02:00:00Z', 4_000)])
  await countAll(db, now)
  expect((await ada().adjustments({ closeId })).adjustments).toMatchObject([
    { paymentId: 'early', before: { grossCents: 5_000 }, after: { grossCents: 4_000 } },
  ])
  expect(await verifyMonths(db)).toMatchObject({ ok: true })
})

test('what only warns asks for a word of whoever closes', async () => {
  await learnSettled(db, [settledAt('a', '2026-10-10T09:00:00Z', 5_000)])
  await countAll(db, now)
  await expect(closeOctober('')).rejects.toThrow(/Say in the note why/)
  const closeId = await closeOctober('The bank sends its statement on the 5th.')
  const closed = await ada().read({ month: '2026-10' })
  expect(closed?.close).toMatchObject({
    id: closeId,
    note: 'The bank sends its statement on the 5th.',
  })
})

test('a refused or taken back reopening leaves the month closed', async () => {
  await countAll(db, now)
  const closeId = await closeOctober()
  const first = await ada().proposeReopening({ closeId, reason: 'Why not.' })
  await expect(ada().proposeReopening({ closeId, reason: 'Again.' })).rejects.toThrow(/waits/)
  await bob().decideReopening({ id: first.id, decision: 'refuse', note: 'No reason is given.' })
  const second = await ada().proposeReopening({ closeId, reason: 'Invoice 12.' })
  await expect(bob().takeBackReopening({ id: second.id })).rejects.toThrow(/Only who proposed/)
  await ada().takeBackReopening({ id: second.id })
  await expect(bob().decideReopening({ id: second.id, decision: 'reopen' })).rejects.toThrow(
    /decided/,
  )
  expect(
    (await ada().read({ month: '2026-10' }))?.close?.reopenings.map(({ state }) => state),
  ).toEqual(['taken_back', 'refused'])
})

import { describe, expect, test } from 'vitest'
import { everythingOpen } from '@desk/shared/attention/attention-query'
import type { Db } from '../database.ts'
import { raceForRow, raceIntoChange } from '../testing/race.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import {
  callsOf,
  colleague,
  minutesLater,
  noon,
  openItems,
  orderA,
  orderB,
  twoOrders,
} from './attention.fixtures.ts'
import { handedToThem } from './leaver.ts'

const toFinance = { kind: 'role', role: 'finance' } as const
const handOver = {
  id: orderA,
  to: toFinance,
  reason: 'sent too little',
  dueAt: null,
  note: null,
} as const
const mine = { ...everythingOpen, whose: 'mine' } as const

async function team(database: TestDatabase) {
  await twoOrders(database.owner)
  const { owner } = database
  return {
    sam: await colleague(owner, 'Sam', ['support']),
    fay: await colleague(owner, 'Fay', ['finance']),
    finn: await colleague(owner, 'Finn', ['finance']),
    audrey: await colleague(owner, 'Audrey', ['auditor']),
  }
}

describe('handing a payment over', () => {
  test('to finance puts it into the list of everybody there, with why and a note, and into nobody else’s', async () => {
    await using database = await testDatabase()
    const { db } = database
    const { sam, fay, finn } = await team(database)
    await callsOf(db, sam).attention.assign({
      ...handOver,
      dueAt: minutesLater(60).toISOString(),
      note: 'The customer wants it back.',
    })

    for (const person of [fay, finn]) {
      const { items } = await callsOf(db, person).attention.list({ query: mine })
      expect(items).toMatchObject([
        {
          kind: 'handed_over',
          payment: { id: orderA, orderId: 'ORDER-1' },
          stakeCents: 14_999,
          assigned: { role: 'finance', person: null },
          assignedBy: { name: 'Sam' },
          assignedBecause: 'sent too little',
          dueAt: minutesLater(60).toISOString(),
        },
      ])
      expect(await callsOf(db, person).attention.badge()).toEqual({ count: 1, isMore: false })
    }
    expect(await callsOf(db, sam).attention.badge()).toMatchObject({ count: 0 })
    const { notes } = await callsOf(db, sam).attention.ofPayment({ id: orderA })
    expect(notes).toMatchObject([{ text: 'The customer wants it back.', author: { name: 'Sam' } }])
  })

  test('on, back and resolving it keep its whole story', async () => {
    await using database = await testDatabase()
    const { db } = database
    const { sam, fay } = await team(database)
    await callsOf(db, sam).attention.assign(handOver)
    const toFay = { kind: 'person', userId: fay.userId } as const
    await callsOf(db, fay).attention.assign({ ...handOver, to: toFay, reason: 'I take it' })
    await callsOf(db, fay).attention.assign({ ...handOver, to: toFinance, reason: 'I am away' })
    await callsOf(db, fay, minutesLater(1))
      .attention.handBack({ id: orderA, reason: 'x' })
      .then(
        () => expect.unreachable(),
        (error: unknown) => expect(error).toMatchObject({ cause: { code: 'giver_gone' } }),
      )
    await callsOf(db, sam).attention.assign({ ...handOver, reason: 'once more' })
    await callsOf(db, fay).attention.handBack({ id: orderA, reason: 'ask for the address' })
    const [back] = (await callsOf(db, sam).attention.list({ query: mine })).items
    expect(back).toMatchObject({ assigned: { person: { name: 'Sam' }, role: null } })
    await callsOf(db, sam).attention.resolve({ items: [back?.id ?? 0], reason: 'done' })

    const { events } = await callsOf(db, sam).attention.ofPayment({ id: orderA })
    expect(
      events.map(({ what, actor, assigned, reason }) => [
        what,
        actor?.name,
        assigned.person?.name ?? assigned.role,
        reason,
      ]),
    ).toEqual([
      ['resolved', 'Sam', null, 'done'],
      ['handed_back', 'Fay', 'Sam', 'ask for the address'],
      ['assigned', 'Sam', 'finance', 'once more'],
      ['assigned', 'Fay', 'finance', 'I am away'],
      ['assigned', 'Fay', 'Fay', 'I take it'],
      ['assigned', 'Sam', 'finance', 'sent too little'],
    ])
  })

  test('is written into the audit log, with whom it was taken from', async () => {
    await using database = await testDatabase()
    const { db } = database
    const { sam, fay } = await team(database)
    await callsOf(db, sam).attention.assign({ ...handOver, note: 'look' })
    await callsOf(db, fay).attention.handBack({ id: orderA, reason: 'not ours' })
    expect(await entriesOf(db)).toEqual([
      {
        action: 'payment.assign',
        actor_name: 'Sam',
        reason: 'sent too little',
        subject_id: orderA,
        subject_label: 'ORDER-1',
        before: { to: null },
        after: { to: 'Finance', dueAt: null, noteId: 1, note: 'look' },
      },
      {
        action: 'payment.hand_back',
        actor_name: 'Fay',
        reason: 'not ours',
        subject_id: orderA,
        subject_label: 'ORDER-1',
        before: { to: 'Finance' },
        after: { to: 'Sam' },
      },
    ])
  })

  test.each([
    ['a payment nobody knows', { id: 'pay_x' }, 'payment_unknown'],
    ['somebody who only reads', { to: { kind: 'person', userId: 'u_audrey' } }, 'assignee_unknown'],
    ['nobody', { to: { kind: 'person', userId: 'u_nobody' } }, 'assignee_unknown'],
    ['yesterday', { dueAt: '2026-11-22T12:00:00.000Z' }, 'due_past'],
  ] as const)('of or to %s is refused', async (_what, changes, code) => {
    await using database = await testDatabase()
    const { sam } = await team(database)
    await expect(
      callsOf(database.db, sam).attention.assign({ ...handOver, ...changes }),
    ).rejects.toMatchObject({ cause: { code } })
    expect(await openItems(database.db)).toEqual([])
  })

  test('by two at once leaves one item, with whoever was last', async () => {
    await using database = await testDatabase()
    const { db } = database
    const { sam, fay } = await team(database)
    await callsOf(db, sam).attention.assign(handOver)
    const [item] = await db.selectFrom('attention_item').select('id').execute()
    const to = (who: typeof sam) => ({ kind: 'person', userId: who.userId }) as const
    const outcomes = await raceForRow(
      db,
      { table: 'attention_item', id: String(item?.id) },
      [sam, fay].map(
        (who) => () =>
          callsOf(db, who).attention.assign({ ...handOver, to: to(who), reason: who.name }),
      ),
    )
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
    expect(await openItems(db)).toHaveLength(1)
    const { items, events } = await callsOf(db, sam).attention.ofPayment({ id: orderA })
    expect(items[0]?.assignedBecause).toBe(events[0]?.reason)
    // Each was told truly whom it was taken from.
    const [, first, second] = await entriesOf(db)
    expect([first?.before, second?.before]).toEqual([{ to: 'Finance' }, { to: first?.after.to }])
  })
})

describe('what was handed to somebody who leaves', () => {
  test('goes back to the queue they took it from, or to nobody, and is listed', async () => {
    await using database = await testDatabase()
    const { db } = database
    const { sam, fay, finn } = await team(database)
    const toFay = { kind: 'person', userId: fay.userId } as const
    await callsOf(db, sam).attention.assign(handOver)
    await callsOf(db, fay).attention.assign({ ...handOver, to: toFay, reason: 'I take it' })
    await callsOf(db, sam).attention.assign({ ...handOver, id: orderB, to: toFay })
    expect(await callsOf(db, finn).attention.badge()).toMatchObject({ count: 0 })

    const listed = await handedToThem.pending(db, fay.userId)
    const by = { actor: sam, address: null, requestId: null, at: noon }
    const released = await db
      .transaction()
      .execute((trx) => handedToThem.release(trx, fay.userId, by))

    expect(released).toEqual(listed)
    expect(released).toEqual([
      { kind: 'hand_over', label: 'ORDER-1' },
      { kind: 'hand_over', label: 'ORDER-2' },
    ])
    const { items } = await callsOf(db, finn).attention.list({ query: mine })
    expect(items.map(({ payment, assigned }) => [payment.orderId, assigned.role])).toEqual([
      ['ORDER-1', 'finance'],
      ['ORDER-2', null],
    ])
    const { events } = await callsOf(db, sam).attention.ofPayment({ id: orderA })
    expect(events[0]).toMatchObject({ what: 'released', assigned: { role: 'finance' } })
  })

  test('is not missed where it is handed to them at that moment', async () => {
    await using database = await testDatabase()
    const { db } = database
    const { sam, fay } = await team(database)
    const toFay = { kind: 'person', userId: fay.userId } as const
    await expect(
      raceIntoChange(
        db,
        (trx) =>
          trx
            .updateTable('person')
            .set({ disabled_at: noon })
            .where('id', '=', fay.userId)
            .execute(),
        () => callsOf(db, sam).attention.assign({ ...handOver, to: toFay }),
      ),
    ).rejects.toMatchObject({ cause: { code: 'assignee_unknown' } })
  })
})

async function entriesOf(db: Db) {
  const rows = await db
    .selectFrom('audit_entry')
    .select(['action', 'actor_name', 'reason', 'subject_id', 'subject_label', 'before', 'after'])
    .orderBy('seq')
    .execute()
  return rows.map((row) => ({
    ...row,
    before: JSON.parse(row.before ?? 'null'),
    after: JSON.parse(row.after ?? 'null'),
  }))
}

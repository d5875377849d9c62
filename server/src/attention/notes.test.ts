import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { lockPayments } from '../payments/payment-mirror.queries.ts'
import { raceForRow, raceIntoChange } from '../testing/race.ts'
import { testDatabase } from '../testing/test-database.ts'
import {
  callsOf,
  colleague,
  minutesLater,
  noon,
  orderA,
  orderB,
  twoOrders,
} from './attention.fixtures.ts'
import { insertTag } from './tags.queries.ts'

describe('a note', () => {
  test('can be corrected by its author for 15 minutes, and everything it ever said is kept', async () => {
    await using database = await testDatabase()
    const { db } = database
    await twoOrders(database.owner)
    const sam = await colleague(database.owner, 'Sam', ['support'])
    const { noteId } = await callsOf(db, sam).notes.write({ id: orderA, text: 'on' })
    const edit = (text: string, version: number, minutes: number) =>
      callsOf(db, sam, minutesLater(minutes)).notes.edit({ id: orderA, noteId, version, text })
    await edit('one', 1, 5)
    await edit('once', 2, 15)
    await expect(edit('one more', 3, 15.01)).rejects.toMatchObject({
      code: 'CONFLICT',
      cause: { code: 'note_closed' },
    })

    const { notes } = await callsOf(db, sam).attention.ofPayment({ id: orderA })
    expect(notes).toEqual([
      {
        id: noteId,
        author: { id: sam.userId, name: 'Sam' },
        text: 'once',
        writtenAt: noon.toISOString(),
        version: 3,
        editedAt: minutesLater(15).toISOString(),
        earlier: [
          { version: 1, text: 'on', at: noon.toISOString() },
          { version: 2, text: 'one', at: minutesLater(5).toISOString() },
        ],
      },
    ])
    const entries = await db
      .selectFrom('audit_entry')
      .select(['action', 'before', 'after'])
      .execute()
    expect(entries.map(({ action }) => action)).toEqual([
      'payment.write_note',
      'payment.edit_note',
      'payment.edit_note',
    ])
    expect(entries[2]).toMatchObject({
      before: JSON.stringify({ noteId, text: 'one' }),
      after: JSON.stringify({ noteId, text: 'once' }),
    })
  })

  test('is changed by nobody else', async () => {
    await using database = await testDatabase()
    const { db } = database
    await twoOrders(database.owner)
    const sam = await colleague(database.owner, 'Sam', ['support'])
    const ada = await colleague(database.owner, 'Ada', ['admin'])
    const { noteId } = await callsOf(db, sam).notes.write({ id: orderA, text: 'mine' })
    const change = { id: orderA, noteId, version: 1, text: 'hers' }
    await expect(callsOf(db, ada).notes.edit(change)).rejects.toMatchObject({
      cause: { code: 'note_closed' },
    })
    await expect(callsOf(db, sam).notes.edit({ ...change, id: orderB })).rejects.toMatchObject({
      cause: { code: 'note_unknown' },
    })
  })

  test('that was changed in another window is not overwritten unseen', async () => {
    await using database = await testDatabase()
    const { db } = database
    await twoOrders(database.owner)
    const sam = await colleague(database.owner, 'Sam', ['support'])
    const { noteId } = await callsOf(db, sam).notes.write({ id: orderA, text: 'first' })
    const outcomes = await raceForRow(
      db,
      { table: 'payment_note', id: String(noteId) },
      ['left', 'right'].map(
        (text) => () => callsOf(db, sam).notes.edit({ id: orderA, noteId, version: 1, text }),
      ),
    )
    expect(outcomes.filter(({ status }) => status === 'rejected')).toMatchObject([
      { reason: { cause: { code: 'note_changed' } } },
    ])
  })

  test('cannot lose what it said by any right of Desk itself', async () => {
    await using database = await testDatabase()
    for (const statement of [
      sql`delete from payment_note`,
      sql`update payment_note_version set text = ''`,
      sql`delete from attention_event`,
    ]) {
      await expect(statement.execute(database.db)).rejects.toThrow('permission denied')
    }
  })

  test('is not written on what Desk does not know', async () => {
    await using database = await testDatabase()
    const sam = await colleague(database.owner, 'Sam', ['support'])
    await expect(
      callsOf(database.db, sam).notes.write({ id: orderA, text: 'hello' }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND', cause: { code: 'payment_unknown' } })
  })
})

describe('tags', () => {
  test('are lower case, once each, ten at most, and written down', async () => {
    await using database = await testDatabase()
    const { db } = database
    await twoOrders(database.owner)
    const sam = await colleague(database.owner, 'Sam', ['support'])
    const { notes } = callsOf(db, sam)
    await notes.tag({ id: orderA, tag: 'Wrong Network' })
    await notes.tag({ id: orderA, tag: 'wrong-network' })
    await notes.tag({ id: orderA, tag: 'vip' })
    await notes.untag({ id: orderA, tag: 'vip' })
    await notes.untag({ id: orderA, tag: 'vip' })
    expect((await callsOf(db, sam).attention.ofPayment({ id: orderA })).tags).toEqual([
      'wrong-network',
    ])
    expect(await db.selectFrom('audit_entry').select('seq').execute()).toHaveLength(3)

    for (let n = 1; n <= 9; n += 1) await notes.tag({ id: orderA, tag: `t${n}` })
    await expect(notes.tag({ id: orderA, tag: 't10' })).rejects.toMatchObject({
      cause: { code: 'too_many_tags' },
    })
  })

  test('stay ten at most when two people add the last at once', async () => {
    await using database = await testDatabase()
    const { db } = database
    await twoOrders(database.owner)
    const sam = await colleague(database.owner, 'Sam', ['support'])
    const { notes } = callsOf(db, sam)
    for (let n = 1; n <= 9; n += 1) await notes.tag({ id: orderA, tag: `t${n}` })
    const faster = { paymentId: orderA, tag: 'faster', by: sam.userId, at: noon }
    await expect(
      raceIntoChange(
        db,
        async (trx) => {
          await lockPayments(trx, [orderA])
          await insertTag(trx, faster)
        },
        () => notes.tag({ id: orderA, tag: 'slower' }),
      ),
    ).rejects.toMatchObject({ cause: { code: 'too_many_tags' } })
  })

  test('are suggested from those in use, by how they begin', async () => {
    await using database = await testDatabase()
    await twoOrders(database.owner)
    const sam = await colleague(database.owner, 'Sam', ['support'])
    const { notes } = callsOf(database.db, sam)
    for (const id of [orderA, orderB]) {
      for (const tag of ['refund', 'refused', 'vip']) await notes.tag({ id, tag })
    }
    expect(await notes.tagsInUse({ beginning: 'REF' })).toEqual(['refund', 'refused'])
    expect(await notes.tagsInUse({ beginning: '' })).toEqual(['refund', 'refused', 'vip'])
    expect(await notes.tagsInUse({ beginning: 'x' })).toEqual([])
  })
})

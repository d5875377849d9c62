import { describe, expect, test } from 'vitest'
import { everythingOpen } from '@desk/shared/attention/attention-query'
import { raceForRow } from '../testing/race.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { callsOf, colleague, openItems, sweepAll, told } from './attention.fixtures.ts'

async function threeShort(database: TestDatabase) {
  for (const id of ['p1', 'p2', 'p3']) await told(database.db, id, { received: '150000000' })
  await sweepAll(database.db)
  const fay = await colleague(database.owner, 'Fay', ['finance'])
  const finn = await colleague(database.owner, 'Finn', ['finance'])
  const { items } = await callsOf(database.db, fay).attention.list({ query: everythingOpen })
  return { fay, finn, ids: items.map(({ id }) => id) }
}

describe('resolving', () => {
  test('many at once says why on every one of them, in the log and in its history', async () => {
    await using database = await testDatabase()
    const { db } = database
    const { fay, ids } = await threeShort(database)
    expect(await callsOf(db, fay).attention.resolve({ items: ids, reason: 'written off' })).toEqual(
      { resolved: 3, wasResolved: 0 },
    )

    expect(await openItems(db)).toEqual([])
    const resolved = await callsOf(db, fay).attention.list({
      query: { ...everythingOpen, state: 'resolved' },
    })
    expect(resolved.items).toHaveLength(3)
    expect(resolved.items[0]).toMatchObject({
      resolvedBy: { name: 'Fay' },
      resolvedBecause: 'written off',
    })
    const entries = await db
      .selectFrom('audit_entry')
      .select(['action', 'subject_id', 'reason', 'after'])
      .orderBy('seq')
      .execute()
    expect(entries).toEqual(
      ['p1', 'p2', 'p3'].map((subject_id) => ({
        action: 'payment.resolve',
        subject_id,
        reason: 'written off',
        after: JSON.stringify({ kinds: ['Underpaid'] }),
      })),
    )
  })

  test('by two people at once is done by one, and the other learns by whom and why', async () => {
    await using database = await testDatabase()
    const { db } = database
    const { fay, finn, ids } = await threeShort(database)
    const [id = 0] = ids
    const outcomes = await raceForRow(
      db,
      { table: 'attention_item', id: String(id) },
      [fay, finn].map(
        (who) => () =>
          callsOf(db, who).attention.resolve({ items: [id], reason: `said ${who.name}` }),
      ),
    )
    const [won] = outcomes.filter(({ status }) => status === 'fulfilled')
    const [lost] = outcomes.filter(({ status }) => status === 'rejected')
    expect(won).toMatchObject({ value: { resolved: 1 } })
    expect(lost).toMatchObject({
      reason: {
        code: 'CONFLICT',
        message: expect.stringMatching(/^(Fay|Finn) resolved it meanwhile: said \1$/),
        cause: { code: 'already_resolved' },
      },
    })
    expect(await db.selectFrom('audit_entry').select('seq').execute()).toHaveLength(1)
  })

  test('some that others were faster about resolves the rest and says so', async () => {
    await using database = await testDatabase()
    const { db } = database
    const { fay, finn, ids } = await threeShort(database)
    await callsOf(db, finn).attention.resolve({ items: ids.slice(0, 1), reason: 'mine' })
    expect(await callsOf(db, fay).attention.resolve({ items: ids, reason: 'rest' })).toEqual({
      resolved: 2,
      wasResolved: 1,
    })
    const { items } = await callsOf(db, fay).attention.ofPayment({ id: 'p1' })
    expect(items[0]).toMatchObject({ resolvedBecause: 'mine', resolvedBy: { name: 'Finn' } })
  })

  test('nothing that exists is refused', async () => {
    await using database = await testDatabase()
    const { fay } = await threeShort(database)
    await expect(
      callsOf(database.db, fay).attention.resolve({ items: [999_999], reason: 'x' }),
    ).rejects.toMatchObject({ cause: { code: 'item_unknown' } })
  })

  test('without a reason does not happen', async () => {
    await using database = await testDatabase()
    const { fay, ids } = await threeShort(database)
    await expect(
      callsOf(database.db, fay).attention.resolve({ items: ids, reason: '  ' }),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect(await openItems(database.db)).toHaveLength(3)
  })
})

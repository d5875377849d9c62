import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Role } from '@desk/shared/identity/roles'
import { everyPayment } from '@desk/shared/payments/payment-query'
import { callsOf, colleague, minutesLater, noon } from '../attention/attention.fixtures.ts'
import type { Actor } from '../kernel/actor.ts'
import { insertPayments } from '../payments/payment-rows.fixtures.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { viewsShared } from './leaver.ts'

let database: TestDatabase
let finn: Actor
let fay: Actor
let sue: Actor
let ada: Actor
beforeEach(async () => {
  database = await testDatabase()
  finn = await colleague(database.owner, 'Finn', ['finance'])
  fay = await colleague(database.owner, 'Fay', ['finance'])
  sue = await colleague(database.owner, 'Sue', ['support'])
  ada = await colleague(database.owner, 'Ada', ['admin'])
})
afterEach(() => database[Symbol.asyncDispose]())

const lateOnes = { ...everyPayment, judgements: ['late' as const], createdPreset: 'last-7d' }

describe('a view of one’s own', () => {
  test('is seen by its owner alone, as it was saved', async () => {
    const { id } = await save(finn, { columns: ['order', 'net'] })
    expect(await viewsOf(finn).list()).toEqual([
      {
        id,
        name: 'Late ones',
        owner: { id: finn.userId, name: 'Finn' },
        sharedWith: null,
        query: lateOnes,
        columns: ['order', 'net'],
        version: 1,
      },
    ])
    for (const other of [fay, sue, ada]) expect(await viewsOf(other).list()).toEqual([])
  })

  test('has a name that no other of theirs has, in any case', async () => {
    await save(finn)
    await expect(save(finn, { name: 'LATE ones' })).rejects.toMatchObject({
      cause: { code: 'view_name_taken' },
    })
    await save(fay)
    const { id } = await save(finn, { name: 'Others' })
    const rename = viewsOf(finn).change({ id, version: 1, name: 'late ones' })
    await expect(rename).rejects.toMatchObject({ cause: { code: 'view_name_taken' } })
    await viewsOf(finn).change({ id, version: 1, name: 'OTHERS' })
  })

  test.each(['change', 'delete'] as const)(
    'is nothing to others who want to %s it',
    async (what) => {
      const { id } = await save(finn)
      for (const other of [fay, ada]) {
        const attempt =
          what === 'change'
            ? viewsOf(other).change({ id, version: 1, name: 'Mine' })
            : viewsOf(other).delete({ id })
        await expect(attempt).rejects.toMatchObject({ code: 'NOT_FOUND' })
      }
    },
  )

  test('is one of a hundred at most', async () => {
    for (let index = 0; index < 100; index += 1) await save(finn, { name: `View ${index}` })
    await expect(save(finn, { name: 'One more' })).rejects.toMatchObject({
      cause: { code: 'too_many_views' },
    })
  })
})

describe('a shared view', () => {
  test('is seen by everybody who holds the role, and by admins', async () => {
    await save(finn, { sharedWith: 'finance' })
    expect(await namesSeenBy(fay)).toEqual(['Late ones'])
    expect(await namesSeenBy(ada)).toEqual(['Late ones'])
    expect(await namesSeenBy(sue)).toEqual([])
  })

  test('is hidden from whoever loses the role, at the next call', async () => {
    await save(finn, { sharedWith: 'finance' })
    expect(await namesSeenBy({ ...fay, roles: ['support'] })).toEqual([])
  })

  test('takes the role itself to share, of admins too', async () => {
    for (const [actor, role] of [
      [sue, 'finance'],
      [ada, 'finance'],
    ] as const) {
      await expect(save(actor, { sharedWith: role })).rejects.toMatchObject({
        code: 'FORBIDDEN',
        cause: { code: 'role_not_held' },
      })
    }
    const { id } = await save(finn)
    const foreign = viewsOf(finn).change({ id, version: 1, sharedWith: 'support' })
    await expect(foreign).rejects.toMatchObject({ cause: { code: 'role_not_held' } })
  })

  test('is changed and deleted by its owner and admins alone', async () => {
    const { id } = await save(finn, { sharedWith: 'finance' })
    for (const attempt of [
      viewsOf(fay).change({ id, version: 1, name: 'Mine now' }),
      viewsOf(fay).delete({ id }),
    ]) {
      await expect(attempt).rejects.toMatchObject({
        code: 'FORBIDDEN',
        message: 'Only Finn or an admin can change this view.',
      })
    }
    await viewsOf(ada).change({ id, version: 1, name: 'Too late' })
    await viewsOf(finn).change({ id, version: 2, sharedWith: null })
    expect(await namesSeenBy(fay)).toEqual([])
    expect(await namesSeenBy(finn)).toEqual(['Too late'])
  })

  test('stays with the role when its owner leaves, and the admin is told before', async () => {
    const { id } = await save(finn, { sharedWith: 'finance' })
    await save(finn, { name: 'Private' })
    const told = [{ kind: 'saved_view', label: 'Late ones' }]
    expect(await viewsShared.pending(database.db, finn.userId)).toEqual(told)
    const by = { actor: ada, address: null, requestId: null, at: noon }
    const released = await database.db
      .transaction()
      .execute((trx) => viewsShared.release(trx, finn.userId, by))
    expect(released).toEqual(told)
    expect(await viewsOf(fay).list()).toMatchObject([{ id, owner: null, sharedWith: 'finance' }])

    await expect(viewsOf(fay).change({ id, version: 1, sharedWith: null })).rejects.toMatchObject({
      cause: { code: 'view_ownerless' },
    })
    await viewsOf(fay).change({ id, version: 1, name: 'Ours' })
    expect(await namesSeenBy(fay)).toEqual(['Ours'])
    await expect(viewsOf(sue).delete({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('cannot be shared by somebody who has left meanwhile', async () => {
    await database.owner
      .updateTable('person')
      .set({ disabled_at: noon })
      .where('id', '=', finn.userId)
      .execute()
    await expect(save(finn, { sharedWith: 'finance' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

test('of two tabs that change the same view the second sees the first before it overwrites', async () => {
  const { id } = await save(finn)
  await viewsOf(finn).change({ id, version: 1, query: { ...lateOnes, statuses: ['failed'] } })
  const second = viewsOf(finn).change({ id, version: 1, query: everyPayment })
  await expect(second).rejects.toMatchObject({ code: 'CONFLICT', cause: { code: 'view_changed' } })
  expect(await viewsOf(finn).list()).toMatchObject([{ query: { statuses: ['failed'] } }])
})

test('what was done to a view stands in the audit log, under its name', async () => {
  const { id } = await save(finn)
  await viewsOf(finn).change({ id, version: 1, sharedWith: 'finance' })
  await viewsOf(finn).delete({ id })
  const entries = await database.owner
    .selectFrom('audit_entry')
    .select(['action', 'subject_label', 'after'])
    .where('subject_id', '=', id)
    .orderBy('seq')
    .execute()
  expect(entries).toMatchObject([
    { action: 'view.save', subject_label: 'Late ones' },
    { action: 'view.change', after: expect.stringContaining('"sharedWith":"finance"') },
    { action: 'view.delete', after: null },
  ])
  expect(entries[0]?.after).toContain('"search":{"created":"last-7d","is":"late"}')
})

describe('counts', () => {
  test('follow the payments, the calendar and who asks, and leave out what they may not see', async () => {
    await insertPayments(database.owner, [
      { id: 'pay_1', status: 'failed', created_at: '2026-11-23T09:00:00Z' },
      { id: 'pay_2', status: 'failed', created_at: '2026-11-10T09:00:00Z' },
      { id: 'pay_3', status: 'completed', created_at: '2026-11-23T09:00:00Z' },
    ])
    const failed = { ...everyPayment, statuses: ['failed'] }
    const all = await save(finn, { name: 'Failed', query: failed })
    const recent = await save(finn, {
      name: 'Failed today',
      query: { ...failed, createdPreset: 'today' },
    })
    const foreign = await save(sue, { name: 'Foreign' })
    const ids = [all.id, recent.id, foreign.id]
    expect(await viewsOf(finn).counts({ ids })).toEqual([
      { id: all.id, count: 2, exact: true },
      { id: recent.id, count: 1, exact: true },
    ])
    const tomorrow = callsOf(database.db, finn, minutesLater(24 * 60)).views
    expect(await tomorrow.counts({ ids: [recent.id] })).toEqual([
      { id: recent.id, count: 0, exact: true },
    ])
  })

  test('end at ten thousand', async () => {
    const ids = Array.from({ length: 10_001 }, (_, index) => ({ id: `pay_${index}` }))
    for (let at = 0; at < ids.length; at += 1_000) {
      await insertPayments(database.owner, ids.slice(at, at + 1_000))
    }
    const { id } = await save(finn, { query: everyPayment })
    expect(await viewsOf(finn).counts({ ids: [id] })).toEqual([{ id, count: 10_000, exact: false }])
  })

  test('a view that takes too long is told as not counted, and the others are', async () => {
    const slow = await save(finn, { name: 'A', query: { ...everyPayment, statuses: ['x'] } })
    const quick = await save(finn, { name: 'B', query: { ...everyPayment, text: 'order-1' } })
    await using blocked = await blockedReads(database)
    const counts = blocked.calls(finn).counts({ ids: [slow.id] })
    expect(await counts).toEqual([{ id: slow.id, count: null, exact: false }])
    await blocked.release()
    const after = await viewsOf(finn).counts({ ids: [slow.id, quick.id] })
    expect(after.map(({ count }) => count)).toEqual([0, 0])
  })
})

/** Somebody holds the payments as only a migration would, so that every read of them waits. */
async function blockedReads({ owner, db }: TestDatabase) {
  let release = () => {}
  const released = new Promise<void>((resolve) => (release = resolve))
  let locked = () => {}
  const isLocked = new Promise<void>((resolve) => (locked = resolve))
  const holding = owner.transaction().execute(async (trx) => {
    await trx.schema
      .alterTable('payment')
      .alterColumn('id', (id) => id.setNotNull())
      .execute()
    locked()
    await released
  })
  await isLocked
  const end = async () => {
    release()
    await holding
  }
  return {
    calls: (actor: Actor) => callsOf(db, actor).views,
    release: end,
    [Symbol.asyncDispose]: end,
  }
}

function viewsOf(actor: Actor) {
  return callsOf(database.db, actor).views
}

async function namesSeenBy(actor: Actor): Promise<string[]> {
  return (await viewsOf(actor).list()).map(({ name }) => name)
}

async function save(actor: Actor, part: Partial<Saved> = {}): Promise<{ id: string }> {
  return viewsOf(actor).save({
    name: 'Late ones',
    query: lateOnes,
    columns: null,
    sharedWith: null,
    ...part,
  })
}

interface Saved {
  readonly name: string
  readonly query: typeof everyPayment
  readonly columns: ('order' | 'net')[] | null
  readonly sharedWith: Role | null
}

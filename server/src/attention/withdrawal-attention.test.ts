import { expect, test } from 'vitest'
import type { Role } from '@desk/shared/identity/roles'
import type { Db } from '../database.ts'
import { testDatabase } from '../testing/test-database.ts'
import { insertRequests } from '../withdrawals/request-rows.fixtures.ts'
import { callsOf, colleague } from './attention.fixtures.ts'

async function team(owner: Db) {
  const join = (name: string, ...roles: Role[]) => colleague(owner, name, roles)
  return {
    finn: await join('Finn', 'finance', 'approver'),
    ana: await join('Ana', 'approver'),
    cleo: await join('Cleo', 'admin'),
    aud: await join('Aud', 'auditor'),
  }
}

test('everybody sees what waits for them, oldest first, and what nobody can tell of', async () => {
  await using database = await testDatabase()
  const { db, owner } = database
  const { finn, ana, cleo, aud } = await team(owner)
  await insertRequests(owner, finn.userId, [
    { amount_cents: 100_000, state_at: '2026-11-23T09:00:00.000Z' },
    { amount_cents: 600_000, state_at: '2026-11-23T08:00:00.000Z' },
    { amount_cents: 300_000, state: 'unknown' },
    { amount_cents: 700_000, state: 'rejected' },
    { state: 'draft' },
    { state: 'approved' },
    { state: 'completed', withdrawal_id: 'wd_1' },
  ])
  const seen = async (actor: typeof finn) => {
    const { byKind, isMore } = await callsOf(db, actor).attention.withdrawals()
    expect(isMore).toBe(false)
    return byKind.map(({ kind, count, stakeCents }) => [kind, count, stakeCents])
  }
  const unknown = ['unknown', 1, 300_000]
  expect(await seen(finn)).toEqual([unknown, ['returned', 1, 700_000]])
  expect(await seen(ana)).toEqual([unknown, ['waiting', 2, 700_000]])
  expect(await seen(cleo)).toEqual([unknown, ['waiting', 1, 600_000]])
  expect(await seen(aud)).toEqual([unknown])
  const { items } = await callsOf(db, ana).attention.withdrawals()
  expect(items.map(({ kind, amountCents }) => [kind, amountCents])).toEqual([
    ['unknown', 300_000],
    ['waiting', 600_000],
    ['waiting', 100_000],
  ])
  expect(items[1]).toMatchObject({
    name: expect.stringMatching(/^W-\d+$/),
    label: 'Supplier',
    requestedBy: { name: 'Finn' },
    since: '2026-11-23T08:00:00.000Z',
  })
})

test('what is over, or one’s other account asked for, waits for nobody', async () => {
  await using database = await testDatabase()
  const { db, owner } = database
  const { finn, ana } = await team(owner)
  await insertRequests(owner, finn.userId, [{ expires_at: '2026-11-23T11:59:59.000Z' }])
  expect((await callsOf(db, ana).attention.withdrawals()).items).toEqual([])
  await insertRequests(owner, finn.userId, [{}])
  expect((await callsOf(db, ana).attention.withdrawals()).items).toHaveLength(1)
  await owner
    .updateTable('person')
    .set({ same_as: finn.userId })
    .where('id', '=', ana.userId)
    .execute()
  expect((await callsOf(db, ana).attention.withdrawals()).items).toEqual([])
})

test('a delegate finds what waits for whose place they take, for as long as they take it', async () => {
  await using database = await testDatabase()
  const { db, owner } = database
  const { finn, ana, cleo } = await team(owner)
  await insertRequests(owner, finn.userId, [{}])
  const waiting = async () => (await callsOf(db, cleo).attention.withdrawals()).items.length
  expect(await waiting()).toBe(0)
  await owner
    .insertInto('approval_delegation')
    .values({
      id: 'delegation',
      from_user_id: ana.userId,
      to_user_id: cleo.userId,
      starts_at: '2026-11-23T12:00:00.000Z',
      ends_at: '2026-11-24T12:00:00.000Z',
      made_by: ana.userId,
      made_at: '2026-11-23T11:00:00.000Z',
    })
    .execute()
  expect(await waiting()).toBe(1)
  await owner
    .updateTable('approval_delegation')
    .set({ ended_at: '2026-11-23T12:00:00.000Z' })
    .execute()
  expect(await waiting()).toBe(0)
})

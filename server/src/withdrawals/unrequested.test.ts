import { expect, test } from 'vitest'
import { contextOf } from '../kernel/context.fixtures.ts'
import { readWithdrawalFacts } from '../system/withdrawal-facts.queries.ts'
import { testDatabase } from '../testing/test-database.ts'
import { arrange, createCaller, network, noon } from './asked-withdrawals.fixtures.ts'

test('what SpacePay has and nobody asked for here is shown, and rings while it is young', async () => {
  await using database = await testDatabase()
  const desk = await arrange(database)
  const { id } = await desk.submitted()
  const { orderId } = await desk.as(desk.finn).one({ id })
  const long = new Date('2020-01-01T00:00:00Z')
  const row = {
    status: 'completed',
    amount_cents: 5_000,
    currency: 'USD',
    network,
    recipient_address: '0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359',
    updated_at: new Date(),
    observation_id: 1,
  }
  await desk.owner
    .insertInto('withdrawal')
    .values([
      { ...row, id: 'wd_ours', order_id: orderId, created_at: new Date() },
      { ...row, id: 'wd_theirs', order_id: 'BY-HAND-1', created_at: new Date() },
      { ...row, id: 'wd_before', order_id: null, created_at: long },
    ])
    .execute()
  const calls = createCaller({ ...contextOf(desk.db, desk.finn), now: () => noon }).withdrawals
  const { rows } = await calls.unrequested({})
  expect(rows).toMatchObject([
    { id: 'wd_theirs', amountCents: 5_000, isSinceDesk: true, isRecent: true },
    { id: 'wd_before', isSinceDesk: false, isRecent: false },
  ])
  for (const q of ['by-hand', 'WD_THEIRS', '0xFB6916095CA1DF60BB79CE92CE3EA74C37C5D359']) {
    expect((await calls.unrequested({ q })).rows.map((found) => found.id)).toContain('wd_theirs')
  }
  expect((await calls.unrequested({ q: 'nobody' })).rows).toEqual([])
  expect(await readWithdrawalFacts(desk.db)).toMatchObject({
    unrequested: { count: 1, cents: 5_000 },
  })
})

test('a request is found by SpacePay’s id of its withdrawal, and by part of its reason', async () => {
  await using database = await testDatabase()
  const desk = await arrange(database)
  const { id } = await desk.submitted()
  await desk.submitted(desk.fay, { reason: 'Rent of March', amountCents: 100 })
  await desk.owner
    .updateTable('withdrawal_request')
    .set({ withdrawal_id: 'wd_Ab12', state: 'submitted', left_at: noon })
    .where('id', '=', id)
    .execute()
  const found = async (q: string) =>
    (await desk.as(desk.finn).page({ q })).rows.map(({ amountCents }) => amountCents)
  expect(await found('wd_ab12')).toEqual([125_000])
  expect(await found('rent of')).toEqual([100])
  expect(await found('nobody')).toEqual([])
})

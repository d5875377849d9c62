import { expect, test } from 'vitest'
import { testDatabase } from '../testing/test-database.ts'
import { insertRequests, requester } from './request-rows.fixtures.ts'

test('a Desk of an earlier release, which does not say when money left, is not kept from sending', async () => {
  await using database = await testDatabase()
  const { db, owner } = database
  await insertRequests(owner, await requester(owner), [{ state: 'approved' }])
  await db.updateTable('withdrawal_request').set({ state: 'sending' }).execute()
  const sending = await db.selectFrom('withdrawal_request').select('left_at').execute()
  expect(sending).toEqual([{ left_at: expect.any(Date) }])
  await db.updateTable('withdrawal_request').set({ state: 'unknown' }).execute()
  expect(await db.selectFrom('withdrawal_request').select('left_at').execute()).toEqual(sending)
})

test.each(['live', 'unclear'] as const)(
  'beside an attempt that is %s the database takes no other, whoever asks for it',
  async (state) => {
    await using database = await testDatabase()
    const { db, owner } = database
    const [request = ''] = await insertRequests(owner, await requester(owner), [
      { state: 'sending' },
    ])
    const attempt = (number: number) => ({
      id: `attempt-${number}`,
      request_id: request,
      number,
      idempotency_key: `key-${number}`,
      body: '{}',
      fingerprint: '0',
      state: number === 1 ? state : ('live' as const),
      started_at: new Date(),
    })
    await db.insertInto('withdrawal_attempt').values(attempt(1)).execute()
    const second = db.insertInto('withdrawal_attempt').values(attempt(2)).execute()
    await expect(second).rejects.toMatchObject({ constraint: 'withdrawal_attempt_one_idx' })
    await db.updateTable('withdrawal_attempt').set({ state: 'refused' }).execute()
    await db.insertInto('withdrawal_attempt').values(attempt(2)).execute()
  },
)

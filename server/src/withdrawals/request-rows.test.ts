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

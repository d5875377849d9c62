import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../testing/test-database.ts'
import { insertPayments } from './payment-rows.fixtures.ts'
import { supportCalls } from './payments.fixtures.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
beforeAll(async () => {
  database = await testDatabase()
  await insertPayments(database.owner, [
    { id: 'a', custom_metadata: '{"customer":{"id":"cus_1"},"cart":"c-1"}' },
    { id: 'b', custom_metadata: '{"customer":{"id":"cus_2"}}' },
    { id: 'c', custom_metadata: '"a bare value"' },
    { id: 'd', custom_metadata: '{"two words":1,"":2}' },
    { id: 'e', custom_metadata: 'no JSON' },
    { id: 'f' },
  ])
})
afterAll(() => database[Symbol.asyncDispose]())

test('names of values that can be asked for are known from the newest payments, the usual ones first', async () => {
  expect(await supportCalls(database.db).metadataKeys()).toEqual(['customer.id', 'cart'])
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { insertPayments } from './payment-rows.fixtures.ts'
import { idsFound, queryOf, supportCalls } from './payments.fixtures.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  await insertPayments(database.owner, [
    { id: 'told', created_at: '2026-08-01T12:00:00Z', status: 'completed' },
    { id: 'mined', created_at: '2026-08-02T12:00:00Z', status: 'completed' },
    { id: 'bare', created_at: '2026-08-10T12:00:00Z', status: 'completed' },
    { id: 'not_yet', created_at: '2026-08-10T13:00:00Z', status: 'processing' },
  ])
  await database.owner
    .insertInto('receipt')
    .values([
      { payment_id: 'told', completed_at: new Date('2026-08-10T22:59:59Z') },
      { payment_id: 'mined', transaction_at: new Date('2026-08-09T23:00:00Z') },
      { payment_id: 'not_yet', transaction_at: new Date('2026-08-10T12:00:00Z') },
    ])
    .execute()
})
afterAll(() => database[Symbol.asyncDispose]())

const completed = (value: string, isNot = false) => [
  { name: 'completed', key: null, value, isNot } as const,
]

test('completed: finds what was completed on a business day, whenever it was made', async () => {
  const calls = supportCalls(database.db)
  const day = { terms: completed('2026-08-10') }
  expect(await idsFound(calls, day)).toEqual(['bare', 'mined', 'told'])
  expect(await calls.summary({ query: queryOf(day) })).toMatchObject({ count: 3 })
  expect(await idsFound(calls, { terms: completed('2026-08-11') })).toEqual([])
  expect(await idsFound(calls, { terms: completed('2026-08') })).toHaveLength(3)
})

test('-completed: leaves everything else', async () => {
  const others = { terms: completed('2026-08-10', true) }
  expect(await idsFound(supportCalls(database.db), others)).toEqual(['not_yet'])
})

test('an address that names no days is answered with the way out', async () => {
  const strange = idsFound(supportCalls(database.db), { terms: completed('sometime') })
  await expect(strange).rejects.toThrow('"completed:sometime" cannot be looked for.')
})

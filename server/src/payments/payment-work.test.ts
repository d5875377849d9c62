import { afterAll, beforeAll, expect, test } from 'vitest'
import { everyPayment } from '@desk/shared/payments/payment-query'
import { callsOf, colleague, orderA, orderB, twoOrders } from '../attention/attention.fixtures.ts'
import type { Actor } from '../kernel/actor.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'

let database: TestDatabase
let sue: Actor
beforeAll(async () => {
  database = await testDatabase()
  await twoOrders(database.owner)
  sue = await colleague(database.owner, 'Sue', ['support'])
})
afterAll(() => database[Symbol.asyncDispose]())

test('a list that asks for it tells the tags of each payment and with whom it is', async () => {
  const calls = callsOf(database.db, sue)
  await calls.notes.tag({ id: orderA, tag: 'vip' })
  await calls.notes.tag({ id: orderA, tag: 'checked' })
  const to = { kind: 'role', role: 'finance' } as const
  await calls.attention.assign({ id: orderA, to, reason: 'Refund', dueAt: null, note: null })
  const { items } = await calls.payments.list({ query: everyPayment, withWork: true })
  const workOf = new Map(items.map(({ id, work }) => [id, work]))
  expect(workOf.get(orderA)).toEqual({ tags: ['checked', 'vip'], assignee: 'Finance' })
  expect(workOf.get(orderB)).toEqual({ tags: [], assignee: null })
})

test('a list that does not ask carries none of it', async () => {
  const { items } = await callsOf(database.db, sue).payments.list({ query: everyPayment })
  expect(items.map(({ work }) => work)).toEqual([undefined, undefined])
})

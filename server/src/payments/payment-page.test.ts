import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { paymentId } from '@desk/shared/payments/payment'
import { everyPayment, paymentSorts } from '@desk/shared/payments/payment-query'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { decodeCursor, encodeCursor } from './payment-cursor.ts'
import { insertPayments } from './payment-rows.fixtures.ts'
import { queryOf, supportCalls, walk } from './payments.fixtures.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  await insertPayments(database.owner, tiedRows)
})
afterAll(() => database[Symbol.asyncDispose]())

/**
 * Few instants and amounts among many rows, so that most pages end inside a tie; instants differ by a
 * microsecond where they differ least; every fifth amount is not known.
 */
const tiedRows = Array.from({ length: 120 }, (_, index) => ({
  id: `pay_${String((index * 37) % 120).padStart(3, '0')}`,
  created_at: `2026-11-0${1 + (index % 3)}T12:00:00.00000${index % 7}Z`,
  amount_cents: index % 5 === 0 ? null : (index % 4) * 100,
}))

describe('paging', () => {
  describe.each(paymentSorts)('by %s', (sort) => {
    test.each([1, 7, 30, 120, 121])('shows every row once with %i a page', async (limit) => {
      const items = await walk(supportCalls(database.db), queryOf({ sort }), { limit })
      expect(items.map(({ id }) => id).sort()).toEqual(tiedRows.map(({ id }) => id).sort())
    })

    test('gives the same order whatever the page size', async () => {
      const calls = supportCalls(database.db)
      const one = await walk(calls, queryOf({ sort }), { limit: 200 })
      expect(await walk(calls, queryOf({ sort }), { limit: 7 })).toEqual(one)
    })
  })

  test('unknown amounts stand last in both amount orders', async () => {
    const calls = supportCalls(database.db)
    for (const sort of ['amount_asc', 'amount_desc'] as const) {
      const items = await walk(calls, queryOf({ sort }), { limit: 200 })
      const amounts = items.map(({ amountCents }) => amountCents)
      const known = amounts.filter((amount) => amount !== null)
      expect(amounts.slice(known.length).every((amount) => amount === null)).toBe(true)
      const rising = known.toSorted((a, b) => a - b)
      expect(known).toEqual(sort === 'amount_asc' ? rising : rising.toReversed())
    }
  })

  test('neither repeats nor hides old rows while new ones keep arriving', async () => {
    await using busy = await testDatabase()
    await insertPayments(busy.owner, tiedRows)
    let arrivals = 0
    for (const sort of paymentSorts) {
      const arrive = async () => {
        arrivals += 1
        await insertPayments(busy.owner, [
          { id: `new_${arrivals}_a`, created_at: '2026-11-02T12:00:00.000003Z', amount_cents: 100 },
          { id: `new_${arrivals}_b`, created_at: '2026-11-20T12:00:00Z', amount_cents: null },
        ])
      }
      const items = await walk(supportCalls(busy.db), queryOf({ sort }), {
        limit: 9,
        between: arrive,
      })
      const ids = items.map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      expect(new Set(ids)).toEqual(new Set(ids).union(new Set(tiedRows.map(({ id }) => id))))
    }
  })

  test('a page is refused above 200 rows and 100 long when nothing is said', async () => {
    const calls = supportCalls(database.db)
    await expect(calls.list({ query: queryOf({}), limit: 201 })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
    expect((await calls.list({ query: queryOf({}) })).items).toHaveLength(100)
  })
})

describe('cursors', () => {
  test('any position comes back exactly, for the query it was made for and no other', () => {
    const position = fc.record({
      key: fc.option(fc.maxSafeInteger()),
      id: fc.string({ minLength: 1, maxLength: 64 }).filter((id) => !id.includes('\0')),
    })
    fc.assert(
      fc.property(position, ({ key, id }) => {
        const cursor = encodeCursor({ key, id: paymentId.parse(id) }, everyPayment)
        expect(decodeCursor(cursor, everyPayment)).toEqual({ key, id })
        expect(decodeCursor(cursor, { ...everyPayment, text: 'other' })).toBeNull()
        expect(decodeCursor(cursor, { ...everyPayment, sort: 'amount_asc' })).toBeNull()
      }),
    )
  })

  test('a thousand cut, edited or invented cursors are all bad input', async () => {
    const calls = supportCalls(database.db)
    const { nextCursor } = await calls.list({ query: queryOf({}), limit: 10 })
    if (nextCursor === null) throw new Error('Expected a second page')
    const mutations = fc.sample(mutated(nextCursor), { numRuns: 1_000, seed: 7 })
    for (const cursor of mutations) {
      await expect(calls.list({ query: queryOf({}), cursor })).rejects.toMatchObject({
        code: 'BAD_REQUEST',
      })
    }
    const unharmed = await calls.list({ query: queryOf({}), cursor: nextCursor, limit: 10 })
    expect(unharmed.items).toHaveLength(10)
  }, 30_000)
})

function mutated(cursor: string): fc.Arbitrary<string> {
  const position = fc.nat(cursor.length - 1)
  const character = fc.constantFrom(
    'A',
    'B',
    'f',
    '0',
    '9',
    '-',
    '_',
    '=',
    '+',
    '/',
    '%',
    ' ',
    '\0',
  )
  const replaced = fc
    .tuple(position, character)
    .map(([at, by]) => cursor.slice(0, at) + by + cursor.slice(at + 1))
  const inserted = fc
    .tuple(position, character)
    .map(([at, by]) => cursor.slice(0, at) + by + cursor.slice(at))
  const cut = position.map((at) => cursor.slice(0, at))
  const doubled = fc.constant(cursor + cursor)
  const invented = fc.string({ unit: 'binary', maxLength: 80 })
  const encoded = fc.json().map((json) => Buffer.from(json).toString('base64url'))
  return fc
    .oneof(replaced, inserted, cut, doubled, invented, encoded)
    .filter((candidate) => candidate !== cursor)
}

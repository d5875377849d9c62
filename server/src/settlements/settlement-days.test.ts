import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Db } from '../database.ts'
import { actorWith, contextOf } from '../kernel/context.fixtures.ts'
import { createCallerFactory } from '../kernel/trpc.ts'
import { testDatabase, type TestDatabase } from '../testing/test-database.ts'
import { tellArrivals } from '../testing/bank-arrivals.ts'
import { countAll, learnSettled, settledAt } from '../testing/settled-payments.ts'
import { settlementsRouter } from './settlements.router.ts'

const createCaller = createCallerFactory(settlementsRouter)
const now = () => new Date('2026-11-22T14:30:00Z')

let database: TestDatabase
let db: Db
beforeEach(async () => {
  database = await testDatabase()
  db = database.db
})
afterEach(() => database[Symbol.asyncDispose]())

function calls() {
  return createCaller({ ...contextOf(db, actorWith(['finance'])), now })
}

test('every day of the range has a row, empty ones too, and the rows add up', async () => {
  await learnSettled(db, [
    settledAt('a', '2026-11-20T09:00:00Z', 5_000),
    settledAt('b', '2026-11-20T23:59:59Z', 3_000),
    settledAt('c', '2026-11-22T10:00:00Z', 2_000),
  ])
  await countAll(db, now)
  const found = await calls().days({ from: '2026-11-19', to: '2026-11-22' })
  expect(found?.today).toBe('2026-11-22')
  expect(found?.days.map(({ day, payments, netCents }) => [day, payments, netCents])).toEqual([
    ['2026-11-19', 0, 0],
    ['2026-11-20', 2, 7_980],
    ['2026-11-21', 0, 0],
    ['2026-11-22', 1, 1_990],
  ])
  expect(found?.totals).toEqual({
    payments: 3,
    grossCents: 10_000,
    merchantFeeCents: 30,
    swapFeeCents: 0,
    convenienceFeeCents: 0,
    netCents: 9_970,
    difference: null,
  })
})

test('a payment completed late counts on the day it was completed, and the day says so', async () => {
  await learnSettled(db, [
    settledAt('prompt', '2026-11-21T09:00:00Z', 5_000),
    settledAt('late', '2026-11-21T11:00:00Z', 700, '2026-11-18T11:00:00Z'),
  ])
  await countAll(db, now)
  const day = await calls().day({ day: '2026-11-21' })
  expect(day?.sums.payments).toBe(2)
  expect(day?.madeEarlier).toEqual({ payments: 1, grossCents: 700 })
  expect(day?.byToken).toEqual([{ name: 'USDC', payments: 2, grossCents: 5_700 }])
  const inside = await calls().payments({ day: '2026-11-21' })
  expect(inside.payments.map(({ id, createdDay }) => [id, createdDay])).toEqual([
    ['late', '2026-11-18'],
    ['prompt', '2026-11-21'],
  ])
  expect(inside.cursor).toBeNull()
})

test('what arrived stands against what was expected, each cent with its kind', async () => {
  await learnSettled(db, [
    settledAt('whole', '2026-11-10T09:00:00Z', 5_010),
    settledAt('short', '2026-11-11T09:00:00Z', 3_010),
    settledAt('waits', '2026-11-21T09:00:00Z', 2_010),
  ])
  await countAll(db, now)
  await tellArrivals(db, [
    { day: '2026-11-10', arrivedCents: 4_900, chargeCents: 100, bookedOn: '2026-11-11' },
    { day: '2026-11-11', arrivedCents: 1_000, chargeCents: 0, bookedOn: '2026-11-13' },
  ])
  const found = await calls().days({ from: '2026-11-10', to: '2026-11-21' })
  const of = (day: string) => found?.days.find((each) => each.day === day)
  expect(of('2026-11-10')).toMatchObject({
    bookedOn: '2026-11-11',
    difference: { expected: 5_000, arrived: 4_900, difference: 100, fee: 100, missing: 0 },
  })
  expect(of('2026-11-11')?.difference).toMatchObject({ arrived: 1_000, missing: 2_000 })
  expect(of('2026-11-21')?.difference).toMatchObject({ arrived: 0, timing: 2_000, missing: 0 })
  expect(found?.totals.difference).toMatchObject({
    expected: 10_000,
    arrived: 5_900,
    difference: 4_100,
    fee: 100,
    timing: 2_000,
    missing: 2_000,
  })
  const opened = await calls().day({ day: '2026-11-10' })
  expect(opened?.expectedBy).toBe('2026-11-11')
  expect(opened?.matches).toMatchObject([
    { bookedOn: '2026-11-11', amountMinor: 4_900, arrivedCents: 4_900, isShared: false },
  ])
})

test('the payments of a day come page by page, each once', async () => {
  const many = Array.from({ length: 120 }, (_, n) =>
    settledAt(
      `p-${n}`,
      new Date(Date.parse('2026-11-21T09:00:00Z') + (n % 7) * 1_000).toISOString(),
      100,
    ),
  )
  await learnSettled(db, many)
  await countAll(db, now)
  const ids: string[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<ReturnType<typeof calls>['payments']>> = await calls().payments({
      day: '2026-11-21',
      cursor,
    })
    ids.push(...page.payments.map(({ id }) => id))
    cursor = page.cursor
  } while (cursor !== null)
  expect(ids).toHaveLength(120)
  expect(new Set(ids).size).toBe(120)
})

test('a cursor of another day and a range that cannot be are refused', async () => {
  await expect(calls().payments({ day: '2026-11-21', cursor: 'abc' })).rejects.toThrow(
    /Start again/,
  )
  await expect(calls().days({ from: '2026-11-22', to: '2026-11-21' })).rejects.toThrow(/before/)
  await expect(calls().days({ from: '2024-11-22', to: '2026-11-21' })).rejects.toThrow(/400 days/)
})

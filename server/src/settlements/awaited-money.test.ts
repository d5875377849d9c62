import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Db } from '../database.ts'
import { tellArrivals } from '../testing/bank-arrivals.ts'
import { countAll, learnSettled, settledAt } from '../testing/settled-payments.ts'
import { testDatabase, type TestDatabase } from '../testing/test-database.ts'
import { readAwaitedMoney } from './awaited-money.queries.ts'

// A Sunday: what Friday and Saturday took is to be there by Monday, what Thursday took was by Friday.
const now = new Date('2026-11-22T14:30:00Z')

let database: TestDatabase
let db: Db
beforeEach(async () => {
  database = await testDatabase()
  db = database.db
  await learnSettled(db, [
    settledAt('thursday', '2026-11-19T10:00:00Z', 4_000),
    settledAt('friday', '2026-11-20T10:00:00Z', 5_000),
    settledAt('today', '2026-11-22T10:00:00Z', 2_000),
  ])
  await countAll(db, () => now)
})
afterEach(() => database[Symbol.asyncDispose]())

test('without any statement it is what has not come due, and nothing is called late', async () => {
  expect(await readAwaitedMoney(db, now)).toEqual({
    today: '2026-11-22',
    from: '2026-10-23',
    days: [
      { day: '2026-11-22', openCents: 1_990, expectedBy: '2026-11-23', isLate: false },
      { day: '2026-11-20', openCents: 4_990, expectedBy: '2026-11-23', isLate: false },
    ],
    openCents: 6_980,
    lateCents: null,
  })
})

test('with statements it is what they do not show, and what is late is said', async () => {
  await tellArrivals(db, [
    { day: '2026-11-20', arrivedCents: 1_000, chargeCents: 0, bookedOn: '2026-11-21' },
  ])
  expect(await readAwaitedMoney(db, now)).toMatchObject({
    days: [
      { day: '2026-11-22', openCents: 1_990, isLate: false },
      { day: '2026-11-20', openCents: 3_990, isLate: false },
      { day: '2026-11-19', openCents: 3_990, expectedBy: '2026-11-20', isLate: true },
    ],
    openCents: 9_970,
    lateCents: 3_990,
  })
})

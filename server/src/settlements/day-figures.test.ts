import fc from 'fast-check'
import { beforeAll, afterAll, expect, test } from 'vitest'
import { createCallerFactory } from '../kernel/trpc.ts'
import { actorWith, contextOf } from '../kernel/context.fixtures.ts'
import type { Db } from '../database.ts'
import { learn } from '../payments/apply-projection.ts'
import { apiAnswer, wirePayment, wireReceipt } from '../payments/observation.fixtures.ts'
import { testDatabase, type TestDatabase } from '../testing/test-database.ts'
import { countOnce } from './rollups.ts'
import { settlementsRouter } from './settlements.router.ts'

const createCaller = createCallerFactory(settlementsRouter)

let database: TestDatabase
let db: Db
beforeAll(async () => {
  database = await testDatabase()
  db = database.db
})
afterAll(() => database[Symbol.asyncDispose]())

/** Completed at that instant, twenty seconds after it was on the chain. */
function settled(id: string, at: string, cents: number) {
  const on = new Date(Date.parse(at) - 20_000).toISOString()
  const receipt = wireReceipt({ txTimestamp: on, completedAt: at })
  const made = { id, createdAt: on, amountInCents: cents, amountMerchantNetCents: cents - 10 }
  const fees = { merchantFeeCents: 10, swapFeeCents: null, convenienceFeeCents: null }
  return apiAnswer(0, wirePayment({ ...made, ...fees, status: 'completed', receipt }))
}

async function countAll(zone: string): Promise<void> {
  while (await countOnce({ db, now: () => new Date('2026-11-22T14:30:00Z'), zone }));
}

test('today stands against the same time of yesterday and of the same day last week', async () => {
  await db
    .transaction()
    .execute((trx) =>
      learn(trx, [
        settled('today', '2026-11-22T09:00:00Z', 5_000),
        settled('later-today', '2026-11-22T15:00:00Z', 70),
        settled('yesterday', '2026-11-21T14:29:59Z', 3_000),
        settled('yesterday-evening', '2026-11-21T20:00:00Z', 900),
        settled('last-week', '2026-11-15T00:00:30Z', 1_000),
        apiAnswer(0, wirePayment({ id: 'open', createdAt: '2026-11-22T10:00:00Z' })),
      ]),
    )
  await countAll('Europe/London')
  const now = () => new Date('2026-11-22T14:30:00Z')
  const figures = await createCaller({ ...contextOf(db, actorWith(['support'])), now }).today()
  expect(figures?.today).toEqual({
    day: '2026-11-22',
    startsAt: '2026-11-22T00:00:00Z',
    endsAt: '2026-11-23T00:00:00Z',
  })
  expect(figures?.soFar).toEqual({
    completed: 1,
    grossCents: 5_000,
    feeCents: 10,
    netCents: 4_990,
    created: 2,
    createdAndCompleted: 1,
    confirmSeconds: { median: 18, p95: 20 },
  })
  expect(figures?.yesterday).toMatchObject({ completed: 1, grossCents: 3_000 })
  expect(figures?.lastWeek).toMatchObject({ completed: 1, grossCents: 1_000 })
  // Yesterday's takings are those of the whole day.
  expect(figures?.takings.yesterday).toEqual({
    byToken: [{ name: 'USDC', payments: 2, grossCents: 3_900 }],
    byNetwork: [{ name: 'eip155:84532', payments: 2, grossCents: 3_900 }],
  })
})

test('a series has every day of its range, and its parts add up to the whole', async () => {
  const calls = createCaller(contextOf(db, actorWith(['support'])))
  const range = { from: '2026-11-14', to: '2026-11-22', basis: 'settled' } as const
  const whole = await calls.series({ ...range, splitBy: 'none' })
  expect(whole?.days).toHaveLength(9)
  expect(whole?.parts).toEqual([
    {
      name: '',
      payments: [0, 1, 0, 0, 0, 0, 0, 2, 2],
      grossCents: [0, 1_000, 0, 0, 0, 0, 0, 3_900, 5_070],
      feeCents: [0, 10, 0, 0, 0, 0, 0, 20, 20],
      netCents: [0, 990, 0, 0, 0, 0, 0, 3_880, 5_050],
      slippageCents: [0, 0, 0, 0, 0, 0, 0, 0, 0],
    },
  ])
  const byStatus = await calls.series({ ...range, basis: 'created', splitBy: 'status' })
  expect(byStatus?.parts.map(({ name }) => name).toSorted()).toEqual(['completed', 'pending'])
})

test.each([
  [{ from: '2026-11-22', to: '2026-11-21' }, 'must not be before the first day'],
  [{ from: '2020-01-01', to: '2026-11-21' }, 'must be at most 800 days after the first'],
  [{ from: '2026-02-30', to: '2026-11-21' }, 'must be a day such as 2026-11-22'],
])('a range that cannot be is refused at its field: %o', async (range, text) => {
  const calls = createCaller(contextOf(db, actorWith(['support'])))
  const asked = calls.series({ ...range, basis: 'settled', splitBy: 'none' })
  await expect(asked).rejects.toThrow(text)
})

test('whatever the zone, the days of a range add up to all that was settled in it', async () => {
  const zones = ['Asia/Kathmandu', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC']
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...zones),
      fc.constantFrom('00:00', '05:00', '17:30'),
      fc.array(
        fc.date({ min: new Date('2026-03-20'), max: new Date('2026-11-10'), noInvalidDate: true }),
        { minLength: 1, maxLength: 8 },
      ),
      async (zone, cutOff, instants) => {
        await using own = await testDatabase()
        await own.db
          .insertInto('business_day_rule')
          .values({ zone, cut_off: cutOff, state: 'building', set_at: new Date() })
          .execute()
        const told = instants.map((at, n) => settled(`payment-${n}`, at.toISOString(), 100 + n))
        await own.db.transaction().execute((trx) => learn(trx, told))
        while (await countOnce({ db: own.db, now: () => new Date(), zone }));
        const calls = createCaller(contextOf(own.db, actorWith(['support'])))
        const range = { from: '2026-03-01', to: '2026-11-30', basis: 'settled' } as const
        const series = await calls.series({ ...range, splitBy: 'none' })
        const sum = (numbers: readonly number[] = []) =>
          numbers.reduce((all, each) => all + each, 0)
        expect(sum(series?.parts[0]?.payments)).toBe(instants.length)
        expect(sum(series?.parts[0]?.grossCents)).toBe(sum(instants.map((_, n) => 100 + n)))
      },
    ),
    { numRuns: 8 },
  )
})

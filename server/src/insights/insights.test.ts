import { sql } from 'kysely'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { insightDays, type Insights } from '@desk/shared/insights/insights'
import {
  confirmQuery,
  judgedQuery,
  shownQuery,
  sizeQuery,
  slippageQuery,
  stageQuery,
  weekQuery,
} from '@desk/shared/insights/point-query'
import { isAmountCents } from '@desk/shared/money/amount-cents'
import { everyPayment, type PaymentQuery } from '@desk/shared/payments/payment-query'
import { appRouter } from '../app-router.ts'
import type { Db } from '../database.ts'
import { actorWith, contextOf } from '../kernel/context.fixtures.ts'
import { createCallerFactory } from '../kernel/trpc.ts'
import { generatePayments } from '../testing/generated-payments.ts'
import { countAll } from '../testing/settled-payments.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'

const createCaller = createCallerFactory(appRouter)
const now = () => new Date('2026-11-22T12:00:00Z')
const callsOver = (db: Db) => createCaller({ ...contextOf(db, actorWith(['finance'])), now })

let database: TestDatabase
let calls: ReturnType<typeof callsOver>
beforeAll(async () => {
  database = await testDatabase()
  await generatePayments(database.owner, { rows: 6_000, until: '2026-11-22T10:00:00Z' })
  // Some arrived with more or less than was quoted, and some took longer.
  await sql`update receipt set received_base_units = received_base_units * 99 / 100
    where hashtext(payment_id) % 3 = 0`.execute(database.owner)
  await sql`update receipt set completed_at = completed_at + interval '1 second' * abs(hashtext(payment_id) % 5000)`.execute(
    database.owner,
  )
  await countAll(database.db, now)
  calls = callsOver(database.db)
}, 60_000)
afterAll(() => database[Symbol.asyncDispose]())

const asked = (part: Partial<PaymentQuery>): PaymentQuery => ({ ...everyPayment, ...part })

async function insightsOf(query: PaymentQuery): Promise<Insights> {
  const found = await calls.insights.read({ query })
  if (found === null) throw new Error('Nothing was counted.')
  return found
}

const countBehind = async (query: PaymentQuery) => (await calls.payments.summary({ query })).count

/** Holds of every payment, and no sum knows it. */
const noMeaning = { name: 'text', key: null, value: 'nobody has this', isNot: true } as const

function amount(cents: number): PaymentQuery['minCents'] {
  return isAmountCents(cents) ? cents : null
}

/** Within other limits on the amount a step may have no room. */
function isPossible({ minCents, maxCents }: PaymentQuery): boolean {
  return minCents === null || maxCents === null || minCents <= maxCents
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0)

const autumn = { createdFrom: '2026-09-20', createdTo: '2026-11-20' }

/** Answered from sums by day and hour, from sums by day, and from the payments themselves. */
const questions = [
  ['everything', asked(autumn)],
  ['a status', asked({ ...autumn, statuses: ['completed', 'failed'] })],
  ['a token on a network', asked({ ...autumn, tokens: ['USDC'], networks: ['eip155:8453'] })],
  ['deposits', asked({ ...autumn, types: ['deposit'] })],
  ['amounts', asked({ ...autumn, minCents: amount(10000), maxCents: amount(90000) })],
  ['underpaid ones', asked({ ...autumn, judgements: ['underpaid'] })],
  ['a text', asked({ ...autumn, text: 'channel=web' })],
  [
    'an hour',
    asked({ ...autumn, terms: [{ name: 'hour', key: null, value: 'mon', isNot: false }] }),
  ],
] as const

describe.each(questions)('the charts of %s', (_, query) => {
  test('show as many payments at every point as the list behind it', async () => {
    const { days, now: figures } = await insightsOf(query)
    const shown = shownQuery(
      query,
      insightDays({ from: autumn.createdFrom, to: autumn.createdTo }, '2026-11-22'),
    )
    const { perDay } = figures
    const points: (readonly [string, number, PaymentQuery | null])[] = [
      ['made', sumOf(perDay.payments), stageQuery(shown, null)],
      ['quoted', sumOf(perDay.quoted), stageQuery(shown, 'quoted')],
      ['seen', sumOf(perDay.seen), stageQuery(shown, 'seen')],
      ['completed', sumOf(perDay.completed), stageQuery(shown, 'completed')],
      ...figures.confirm.map(
        (count, step) => [`confirm ${step}`, count, confirmQuery(shown, step)] as const,
      ),
      ...figures.sizes.map(
        (count, step) => [`size ${step}`, count, sizeQuery(shown, step)] as const,
      ),
      ...[0, 30, 100, 167].map(
        (cell) =>
          [`week ${cell}`, figures.week.payments[cell] ?? -1, weekQuery(shown, cell)] as const,
      ),
      ...figures.tokens.map(
        ({ name, payments }) =>
          [`token ${name}`, payments, slippageQuery(shown, { token: name })] as const,
      ),
      ...figures.networks.map(
        ({ name, payments }) =>
          [`network ${name}`, payments, slippageQuery(shown, { network: name })] as const,
      ),
      ...[0, 9, 23].map(
        (hour) =>
          [
            `hour ${hour}`,
            figures.hours[hour]?.payments ?? -1,
            slippageQuery(shown, { hour }),
          ] as const,
      ),
      ...[0, 35, 61].flatMap((at) => [
        [`day ${at}`, perDay.payments[at] ?? -1, judgedQuery(shown, days[at] ?? '', null)] as const,
        [
          `underpaid ${at}`,
          perDay.underpaid[at] ?? -1,
          judgedQuery(shown, days[at] ?? '', 'underpaid'),
        ] as const,
      ]),
    ]
    const linked = points.flatMap(([name, count, behind]) =>
      behind !== null && isPossible(behind) ? [{ name, count, behind }] : [],
    )
    const listed = await Promise.all(linked.map(({ behind }) => countBehind(behind)))
    expect(linked.map(({ name }, at) => [name, listed[at]])).toEqual(
      linked.map(({ name, count }) => [name, count]),
    )
    expect(sumOf(perDay.payments)).toBeGreaterThan(0)
  })
})

test('a question that sums do not hold gets what it would get if they did', async () => {
  const summed = await insightsOf(asked(autumn))
  const { days: _days, ...looked } = await insightsOf(asked({ ...autumn, terms: [noMeaning] }))
  expect(looked.now.perDay).toEqual(summed.now.perDay)
  expect(looked.now).toEqual(summed.now)
  expect(looked.before).toEqual(summed.before)
})

test('what is compared are as many days right before', async () => {
  const here = await insightsOf(asked({ createdFrom: '2026-10-11', createdTo: '2026-10-31' }))
  expect(here.beforeDays).toEqual({ from: '2026-09-20', to: '2026-10-10' })
  const there = await insightsOf(asked({ createdFrom: '2026-09-20', createdTo: '2026-10-10' }))
  expect(here.before).toEqual(there.now)
})

test('slippage is what arrived against what was quoted, to the cent', async () => {
  const { now: figures } = await insightsOf(asked(autumn))
  const { rows } = await sql<{ name: string; cents: number; grossCents: number }>`
    select receipt.token_symbol as name, sum(round((receipt.received_base_units - quote.expected_base_units)
      * quote.amount_due_cents / quote.expected_base_units))::bigint as cents
    from payment
    join receipt on receipt.payment_id = payment.id
    join quote on quote.payment_id = payment.id and quote.status = 'used'
    where payment.status = 'completed' and payment.created_at >= '2026-09-19T23:00Z'
      and payment.created_at < '2026-11-21T00:00Z'
    group by 1
  `.execute(database.db)
  expect(rows.length).toBeGreaterThan(1)
  for (const { name, cents } of rows) {
    expect(figures.tokens.find((part) => part.name === name)?.cents).toBe(cents)
  }
  expect(sumOf(figures.hours.map(({ cents }) => cents))).toBe(sumOf(rows.map(({ cents }) => cents)))
})

test('whatever is asked, every payment is in one bucket of each chart', async () => {
  const day = fc
    .integer({ min: 0, max: 390 })
    .map((back) => new Date(now().getTime() - back * 86_400_000).toISOString().slice(0, 10))
  await fc.assert(
    fc.asyncProperty(
      day,
      day,
      fc.subarray(['USDC', 'USDT', 'ETH']),
      fc.boolean(),
      async (one, other, tokens, isPicked) => {
        const [createdFrom, createdTo] = one < other ? [one, other] : [other, one]
        const query = asked({
          createdFrom,
          createdTo,
          tokens,
          ...(isPicked && { text: 'channel' }),
        })
        const { now: figures } = await insightsOf(query)
        const count = await countBehind(query)
        const completed = await countBehind(stageQuery(query, 'completed'))
        expect(sumOf(figures.perDay.payments)).toBe(count)
        expect(sumOf(figures.week.payments)).toBe(count)
        expect(sumOf(figures.perDay.completed)).toBe(completed)
        expect(sumOf(figures.hours.map(({ payments }) => payments))).toBe(completed)
        expect(sumOf(figures.tokens.map(({ payments }) => payments))).toBe(completed)
        expect(sumOf(figures.sizes)).toBe(await countBehind({ ...query, minCents: amount(0) }))
      },
    ),
    { numRuns: 15 },
  )
})

test('before the cut-off an hour belongs to the business day before, in the chart and in the list', async () => {
  await using night = await testDatabase()
  await generatePayments(night.owner, { rows: 600, until: '2026-11-22T10:00:00Z' })
  const businessDay = { zone: 'Asia/Kathmandu', cutOff: '05:00' }
  await countAll(night.db, now)
  await night.db
    .insertInto('business_day_rule')
    .values({
      zone: businessDay.zone,
      cut_off: businessDay.cutOff,
      state: 'building',
      set_at: now(),
    })
    .execute()
  await countAll(night.db, now)
  const context = contextOf(night.db, actorWith(['finance']))
  const there = createCaller({ ...context, now, greeting: { ...context.greeting, businessDay } })
  const query = asked({ createdFrom: '2025-11-01', createdTo: '2026-11-20' })
  const found = await there.insights.read({ query })
  const shown = shownQuery(query, { from: found?.days[0] ?? '', to: '2026-11-20' })
  const early = [0, 1, 2, 3, 4, 5].flatMap((hour) => [0, 1, 5, 6].map((day) => day * 24 + hour))
  const listed = await Promise.all(
    early.map((cell) => there.payments.summary({ query: weekQuery(shown, cell) })),
  )
  expect(listed.map(({ count }) => count)).toEqual(
    early.map((cell) => found?.now.week.payments[cell]),
  )
})

test('a year is an answer of less than 40 kB', async () => {
  const year = await insightsOf(asked({ createdFrom: '2025-11-23', createdTo: '2026-11-22' }))
  expect(year.days).toHaveLength(365)
  expect(JSON.stringify(year).length).toBeLessThan(40_000)
})

test('a search that names one payment has no charts', async () => {
  const { items } = await calls.payments.list({ query: asked({}), limit: 1 })
  await expect(calls.insights.read({ query: asked({ text: items[0]?.id ?? '' }) })).rejects.toThrow(
    'Charts are about many',
  )
})

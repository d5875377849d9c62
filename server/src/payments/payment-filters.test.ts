import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase, openPool } from '../database.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { insertPayments } from './payment-rows.fixtures.ts'
import { idsFound, queryOf, supportCalls } from './payments.fixtures.ts'
import { refuseTooBroad } from '../kernel/refuse-too-broad.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  await insertPayments(database.owner, [
    // The day London's clocks go back starts at 23:00 UTC and is 25 hours long.
    { id: 'before_day', created_at: '2026-10-24T22:59:59.999999Z', status: 'failed' },
    { id: 'day_start', created_at: '2026-10-24T23:00:00Z', status: 'failed', token_symbol: 'ETH' },
    { id: 'day_end', created_at: '2026-10-25T23:59:59.999999Z', token_symbol: 'USDC' },
    { id: 'after_day', created_at: '2026-10-26T00:00:00Z', network: 'eip155:8453' },
    { id: 'open', created_at: '2026-11-01T12:00:00Z', type: 'deposit', amount_cents: null },
    { id: 'odd', created_at: '2026-11-02T12:00:00Z', status: 'refunded', amount_cents: 2_500 },
  ])
})
afterAll(() => database[Symbol.asyncDispose]())

const found = (part: Parameters<typeof queryOf>[0]) => idsFound(supportCalls(database.db), part)

const summary = (part: Parameters<typeof queryOf>[0]) =>
  supportCalls(database.db).summary({ query: queryOf(part) })

describe('filters', () => {
  test('a business day has both its ends in it and nothing of its neighbours, when the clocks change', async () => {
    const day = { createdFrom: '2026-10-25', createdTo: '2026-10-25' }
    expect(await found(day)).toEqual(['day_end', 'day_start'])
  })

  test.each([
    [{ statuses: ['failed'] }, ['day_start', 'before_day']],
    [{ statuses: ['failed', 'refunded'] }, ['odd', 'day_start', 'before_day']],
    [{ types: ['deposit'] }, ['open']],
    [{ tokens: ['ETH', 'USDC'] }, ['day_end', 'day_start']],
    [{ networks: ['eip155:8453'] }, ['after_day']],
    [{ minCents: 1_001 }, ['odd']],
    [{ minCents: 1_000, maxCents: 1_000, statuses: ['failed'] }, ['day_start', 'before_day']],
    [{ statuses: ['failed'], tokens: ['ETH'], createdFrom: '2026-10-25' }, ['day_start']],
    [{ minCents: 2_000, maxCents: 1_000 }, []],
    [{ text: 'day', statuses: ['failed'] }, ['day_start', 'before_day']],
  ])('%j finds %j', async (part, ids) => {
    expect(await found(part)).toEqual(ids)
  })

  test('an order by amount keeps the filters, for known and unknown amounts alike', async () => {
    expect(await found({ sort: 'amount_asc', createdFrom: '2026-10-26' })).toEqual([
      'after_day',
      'odd',
      'open',
    ])
  })
})

describe('the menus', () => {
  test('offer every value the mirror has seen, unknown words included, each once', async () => {
    expect(await supportCalls(database.db).facets()).toEqual({
      statuses: ['completed', 'failed', 'refunded'],
      types: ['deposit', 'payment'],
      tokens: ['ETH', 'USDC'],
      networks: ['eip155:8453'],
    })
  })

  test('are empty over an empty mirror', async () => {
    await using empty = await testDatabase()
    const nothing = { statuses: [], types: [], tokens: [], networks: [] }
    expect(await supportCalls(empty.db).facets()).toEqual(nothing)
  })
})

describe('count and sum', () => {
  test('are exact for what the query matches, amounts that are not known counting as nothing', async () => {
    expect(await summary({})).toEqual({
      count: 6,
      sumCents: '6500',
      exact: true,
      allTime: false,
      asOf: '2026-11-01T12:00:00.000Z',
    })
    expect(await summary({ statuses: ['failed'] })).toMatchObject({ count: 2, sumCents: '2000' })
    expect(await summary({ text: 'nothing like it' })).toMatchObject({ count: 0, sumCents: '0' })
  })

  test('say that they are lower limits past ten thousand rows, and add up beyond what a number holds', async () => {
    await using crowded = await testDatabase()
    const calls = supportCalls(crowded.db)
    const rows = Array.from({ length: 1_000 }, (_, index) => index)
    for (let batch = 0; batch < 10; batch += 1) {
      await insertPayments(
        crowded.owner,
        rows.map((row) => ({ id: `p${batch}_${row}`, amount_cents: Number.MAX_SAFE_INTEGER })),
      )
    }
    const full = String(10_000n * BigInt(Number.MAX_SAFE_INTEGER))
    expect(await calls.summary({ query: queryOf({}) })).toMatchObject({
      count: 10_000,
      sumCents: full,
      exact: true,
    })
    await insertPayments(crowded.owner, [{ id: 'one_more' }, { id: 'two_more' }])
    const over = await calls.summary({ query: queryOf({}) })
    expect(over).toMatchObject({ count: 10_000, exact: false })
  })

  test('of an empty mirror are zero and as of no time at all', async () => {
    await using empty = await testDatabase()
    expect(await supportCalls(empty.db).summary({ query: queryOf({}) })).toEqual({
      count: 0,
      sumCents: '0',
      exact: true,
      allTime: false,
      asOf: null,
    })
  })
})

describe('a read that takes too long', () => {
  test('is cut short by the server and refused by name with the way out', async () => {
    const pool = openPool({
      connectionString: database.url,
      connectionsMax: 1,
      name: 'hasty',
      statementTimeoutMs: 50,
    })
    await using reads = openDatabase(pool)
    const slow = refuseTooBroad(() => sql`select pg_sleep(30)`.execute(reads))
    await expect(slow).rejects.toMatchObject({
      kind: 'invalid',
      code: 'search_too_broad',
      message: expect.stringContaining('Add a word'),
    })
    await expect(sql`select 1`.execute(reads)).resolves.toBeDefined()
  })

  test('other failures stay what they are', async () => {
    const broken = refuseTooBroad(() => sql`select 1 / 0`.execute(database.db))
    await expect(broken).rejects.toMatchObject({ code: '22012' })
  })
})

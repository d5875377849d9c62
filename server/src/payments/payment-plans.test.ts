import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { paymentSorts } from '@desk/shared/payments/payment-query'
import { openPool } from '../database.ts'
import { generatePayments } from '../testing/generated-payments.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { type Calls, queryOf, statementsOf } from './payments.fixtures.ts'

const ROWS = 50_000

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  await generatePayments(database.owner, { rows: ROWS, until: '2026-11-22T12:00:00Z' })
}, 60_000)
afterAll(() => database[Symbol.asyncDispose]())

describe(`over ${ROWS.toLocaleString('en')} payments`, () => {
  test.each([
    ['everything', {}],
    ['one status', { statuses: ['failed'] }],
    ['a rare status', { statuses: ['processing'] }],
    ['a status nobody has', { statuses: ['refunded'] }],
    ['one type', { types: ['deposit'] }],
    ['a type nobody has', { types: ['invoice'] }],
    ['a token', { tokens: ['EURC'] }],
    ['two networks', { networks: ['eip155:1', 'eip155:10'] }],
    ['an amount range', { minCents: 1_000, maxCents: 1_100 }],
    ['a month', { createdFrom: '2026-04-01', createdTo: '2026-04-30' }],
    ['a part of an order id', { text: 'rder-1234' }],
    ['two words', { text: 'cust_42 web' }],
    ['a beginning', { text: 'su' }],
    ['an address', { text: '0x52ae9b2c8b3d5f1f0c3a4b6d7e8f9a0b1c2d4ee7' }],
  ])('a list of %s never reads the whole table, in any order', async (_, part) => {
    for (const sort of paymentSorts) {
      const plans = await plansOf(async (calls) => {
        const query = queryOf({ ...part, sort })
        const { nextCursor } = await calls.list({ query })
        if (nextCursor !== null) await calls.list({ query, cursor: nextCursor })
      })
      expect(plans.length).toBeGreaterThan(0)
      expect(plans.join('\n')).not.toContain('Seq Scan on payment')
    }
  })

  test('a list as of a past instant walks one index too, in any order, from any page', async () => {
    const asOf = new Date().toISOString()
    for (const sort of paymentSorts) {
      const plans = await plansOf(async (calls) => {
        const query = queryOf({ sort })
        const { items, nextCursor } = await calls.list({ query, asOf })
        expect(items).toHaveLength(100)
        await calls.list({ query, asOf, cursor: nextCursor })
      })
      expect(plans.join('\n')).toMatch(/using payment_state_(?:created|amount)_idx/)
      expect(plans.join('\n')).not.toMatch(/Seq Scan on payment(?:_state)? /)
    }
  })

  test('the page at the far end of a list costs no more than the first', async () => {
    const plans = await plansOf(async (calls) => {
      const { nextCursor } = await calls.list({ query: queryOf({ sort: 'created_asc' }), limit: 1 })
      await calls.list({ query: queryOf({ sort: 'created_asc' }), cursor: nextCursor })
    })
    expect(plans.at(-1)).toMatch(/Index Scan Backward using payment_created_idx/)
    expect(plans.at(-1)).toMatch(/Index Cond: \(ROW\(created_at, id\)/)
  })

  test('what old order ids begin with is not looked for among all newer payments', async () => {
    for (const sort of ['created_desc', 'created_asc'] as const) {
      const terms = [{ name: 'order', key: null, value: 'ORDER-10', isNot: false }] as const
      const plans = await plansOf(async (calls) => {
        const query = queryOf({ terms: [...terms], sort })
        const { nextCursor } = await calls.list({ query })
        await calls.list({ query, cursor: nextCursor })
      })
      expect(plans.join('\n')).toContain('payment_order_idx')
      expect(plans.join('\n')).not.toContain('payment_created_idx')
    }
  })

  test('menus and finding read indexes only', async () => {
    const plans = await plansOf(async (calls) => {
      await calls.facets()
      await calls.find({ text: 'ORDER-100001' })
      await calls.find({ text: '0x52ae9b2c8b3d5f1f0c3a4b6d7e8f9a0b1c2d4ee7' })
      await calls.pulse()
    })
    expect(plans.join('\n')).not.toContain('Seq Scan on payment')
  })

  test('finding a thousand lines reads indexes only, by few statements', async () => {
    const { rows } = await sql<{ text: string }>`
      select case observation_id % 4 when 0 then order_id when 1 then upper(deposit_address)
        when 2 then coalesce(tx_hash, id) else reverse(id) end as text
      from payment order by observation_id desc limit 980
    `.execute(database.owner)
    const oddities = ['cust_42', 'nothing at all', 'ORDRE-100001', `0x${'00'.repeat(32)}`, '100']
    const lines = [...rows.map(({ text }) => text), ...oddities].map((text, index) => ({
      line: index + 1,
      text,
      repeatedOn: [],
    }))
    const plans = await plansOf((calls) => calls.findMany({ lines }))
    expect(plans.join('\n')).not.toContain('Seq Scan on payment')
    expect(plans.join('\n')).toContain('payment_tx_hash_idx')
    expect(plans.length).toBeLessThan(40)
  })

  test('no list, count or menu counts the table or skips rows by offset', async () => {
    const statements = await statementsOf(database.url, async (calls) => {
      await calls.list({ query: queryOf({}) })
      await calls.summary({ query: queryOf({}) })
      await calls.facets()
    })
    const texts = statements.map(({ text }) => text).join('\n')
    expect(texts).not.toMatch(/\boffset\b/i)
    expect(texts).not.toMatch(
      /count\(\*\)(?! as "count", sum\("amount_cents"\) as "sum" from \(select)/i,
    )
  })
})

/** The plans of the payment statements that the work sends, each with its own parameters and settings. */
async function plansOf(work: (calls: Calls) => Promise<unknown>): Promise<string[]> {
  const statements = await statementsOf(database.url, work)
  const pool = openPool({ connectionString: database.url, connectionsMax: 1, name: 'explain' })
  const plans: string[] = []
  let settings: string[] = []
  for (const { text, parameters } of statements) {
    if (text.startsWith('set local')) settings.push(text)
    if (text.startsWith('explain') || !/from "?payment/.test(text)) continue
    await pool.query(['begin', ...settings].join(';'))
    const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`explain ${text}`, [...parameters])
    await pool.query('rollback')
    plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'))
    settings = []
  }
  await pool.end()
  return plans
}

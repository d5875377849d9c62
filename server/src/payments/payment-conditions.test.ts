import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseSearch } from '@desk/shared/payments/parse-search'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { insertPayments } from './payment-rows.fixtures.ts'
import { idsFound, supportCalls } from './payments.fixtures.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  await insertPayments(database.owner, [
    {
      id: 'plain',
      order_id: 'ORDER-8827',
      created_at: '2026-11-01T12:00:00Z',
      amount_cents: 1_000,
      custom_metadata: '{"customer_id":"cus_51","note":"to José"}',
    },
    {
      id: 'under',
      order_id: 'order-8828_x',
      created_at: '2026-11-02T12:00:00Z',
      status: 'failed',
      amount_cents: 2_000,
      flags: ['underpaid'],
      token_symbol: 'ETH',
      custom_metadata: '{"customer_id":"cus_510"}',
    },
    {
      id: 'both',
      order_id: 'INV-1',
      created_at: '2026-11-03T12:00:00Z',
      status: 'expired',
      amount_cents: null,
      flags: ['late', 'overpaid'],
      network: 'eip155:8453',
      tx_hash: `0x${'ab'.repeat(32)}`,
      sender_address: `0x${'cd'.repeat(20)}`,
      deposit_address: `0x${'ef'.repeat(20)}`,
    },
  ])
})
afterAll(() => database[Symbol.asyncDispose]())

async function found(text: string): Promise<string[]> {
  const { query, faults } = parseSearch(text)
  expect(faults).toEqual([])
  return idsFound(supportCalls(database.db), query)
}

describe('a typed search', () => {
  test.each([
    ['is:underpaid', ['under']],
    ['is:late,underpaid', ['both', 'under']],
    ['-is:late', ['under', 'plain']],
    ['is:overpaid -status:expired', []],
    ['order:order-88', ['under', 'plain']],
    ['order:8827', []],
    ['order:order-8828_', ['under']],
    ['order:order-8828%', []],
    ['-order:INV', ['under', 'plain']],
    ['tx:0xABab', ['both']],
    ['from:0xcd', ['both']],
    ['from:0xef', []],
    ['address:0xef', ['both']],
    ['-tx:0xab', ['under', 'plain']],
    ['meta.customer_id:cus_51', ['plain']],
    ['meta.CUSTOMER_ID:CUS_510', ['under']],
    ['meta.note:"to José"', ['plain']],
    ['-meta.customer_id:cus_51', ['both', 'under']],
    ['-status:failed', ['both', 'plain']],
    ['-token:ETH', ['both', 'plain']],
    ['-network:base', ['under', 'plain']],
    ['-amount:10', ['both', 'under']],
    ['-amount:>=10', ['both']],
    ['-cus_510', ['both', 'plain']],
    ['-created:2026-11-02', ['both', 'plain']],
    ['-created:2026-11 order', []],
    ['is:unmatched', ['plain']],
    ['-status:failed -status:expired', ['plain']],
  ])('%s finds %j', async (text, ids) => {
    expect(await found(text)).toEqual(ids)
  })

  test('asks for notes, tags and whom a payment waits for', async () => {
    const at = new Date()
    const db = database.owner
    // Whoever asks, and somebody else.
    const [me, other] = ['u_ada', 'u_other'] as const
    await db
      .insertInto('person')
      .values([
        { id: me, name: 'Ada', email: 'ada@shop.example', created_at: at },
        { id: other, name: 'Other', email: 'other@shop.example', created_at: at },
      ])
      .execute()
    await db
      .insertInto('payment_note')
      .values({ payment_id: 'plain', author_id: me, text: 'Called the shop.', written_at: at })
      .execute()
    await db
      .insertInto('payment_tag')
      .values({ payment_id: 'under', tag: 'vip', tagged_by: me, tagged_at: at })
      .execute()
    const item = { kind: 'handed_over', state: 'open', opened_at: at } as const
    await db
      .insertInto('attention_item')
      .values([
        { ...item, payment_id: 'plain', assignee_id: me },
        { ...item, payment_id: 'under', assignee_role: 'finance' },
        { ...item, payment_id: 'both', assignee_id: other },
        { ...item, payment_id: 'both', kind: 'stuck' },
        {
          ...item,
          payment_id: 'under',
          kind: 'stuck',
          state: 'resolved',
          resolved_at: at,
          assignee_id: me,
        },
      ])
      .execute()
    expect(await found('has:note')).toEqual(['plain'])
    expect(await found('-has:note')).toEqual(['both', 'under'])
    expect(await found('has:tag')).toEqual(['under'])
    expect(await found('tag:VIP')).toEqual(['under'])
    expect(await found('tag:other')).toEqual([])
    expect(await found('assignee:me')).toEqual(['plain'])
    expect(await found('assignee:finance')).toEqual(['under'])
    expect(await found('assignee:other@shop.example')).toEqual(['both'])
    expect(await found('assignee:nobody')).toEqual(['both'])
    expect(await found('is:stuck')).toEqual(['both'])
    expect(await found('is:drifted')).toEqual([])
  })

  test('counts days that move along from the business day it is asked on', async () => {
    await using lively = await testDatabase()
    const at = (daysAgo: number) => new Date(Date.now() - daysAgo * 86_400_000).toISOString()
    await insertPayments(lively.owner, [
      { id: 'now', created_at: at(0) },
      { id: 'five', created_at: at(5) },
      { id: 'nine', created_at: at(9) },
    ])
    const calls = supportCalls(lively.db)
    const query = (text: string) => parseSearch(text).query
    expect(await idsFound(calls, query('created:today'))).toEqual(['now'])
    expect(await idsFound(calls, query('created:last-7d'))).toEqual(['now', 'five'])
    expect(await idsFound(calls, query('created:last-30d -created:last-7d'))).toEqual(['nine'])
  })
})

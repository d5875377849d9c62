import { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PaymentListPage } from '@desk/shared/payments/payment-list'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { insertPayments } from './payment-rows.fixtures.ts'
import { idsFound, queryOf, supportCalls } from './payments.fixtures.ts'

const uuid = '4291f98b-d68c-4eb0-883e-6bc790a41c96'
const deposit = '0x52ae9b2c8b3d5f1f0c3a4b6d7e8f9a0b1c2d4ee7'
const sender = '0x9a3c0000000000000000000000000000000001be'
const hash = `0x${'ab12'.repeat(16)}`

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  await insertPayments(database.owner, [
    {
      id: uuid,
      order_id: 'ORDER-88271',
      deposit_address: deposit,
      created_at: '2025-01-01T12:00:00Z',
    },
    { id: 'pay_hash', tx_hash: hash, sender_address: sender, created_at: '2025-01-02T12:00:00Z' },
    { id: 'pay_percent', order_id: '100%_off', created_at: '2026-11-03T12:00:00Z' },
    { id: 'pay_plain', order_id: '100x_off', created_at: '2026-11-02T12:00:00Z' },
    { id: 'pay_slash', order_id: String.raw`C:\new`, created_at: '2026-11-01T12:00:00Z' },
    {
      id: 'pay_meta',
      order_id: 'SUB-1',
      search_text: `pay_meta\nsub-1\ncustomer_id=cust_4829\nname=zoë ☕ doe\n${uuid.replace('4', '5')}`,
      created_at: '2026-10-01T12:00:00Z',
    },
  ])
})
afterAll(() => database[Symbol.asyncDispose]())

const find = (text: string) => supportCalls(database.db).find({ text })
const found = (text: string, dates: { createdFrom?: string; createdTo?: string } = {}) =>
  idsFound(supportCalls(database.db), { text, ...dates })

describe('searching payments', () => {
  test.each([
    ['a part of an order id, in any case', 'rder-882', [uuid]],
    ['a part of a payment id', 'y_perc', ['pay_percent']],
    ['a part of an address', deposit.slice(4, 20).toUpperCase(), [uuid]],
    ['a part of a hash', hash.slice(-20), ['pay_hash']],
    ['a metadata value', 'cust_4829', ['pay_meta']],
    ['a metadata key with its value', 'customer_id=cust', ['pay_meta']],
    ['letters beyond ASCII', 'ZOË', ['pay_meta']],
    ['every word in any order', 'doe sub-1', ['pay_meta']],
    ['not some of the words', 'doe order', []],
    ['a phrase in quotes', '"☕ doe"', ['pay_meta']],
    ['two characters as the beginning of an order id', '10', ['pay_percent', 'pay_plain']],
    ['two characters not in the middle of one', '82', []],
    ['a percent sign as itself', '100%', ['pay_percent']],
    ['an underscore as itself', '100%_off', ['pay_percent']],
    ['an underscore as no wildcard', '0_off', []],
    ['a backslash as itself', String.raw`c:\new`, ['pay_slash']],
  ])('finds %s', async (_, text, ids) => {
    expect(await found(text)).toEqual(ids)
  })

  test.each([
    ['payment id', uuid, uuid],
    ['payment id in capitals', uuid.toUpperCase(), uuid],
    ['deposit address in mixed case', deposit.replaceAll('e', 'E'), uuid],
    ['sender address', sender, 'pay_hash'],
    ['transaction hash', hash, 'pay_hash'],
    ['hash without its 0x', hash.slice(2), 'pay_hash'],
    ['explorer link', `https://basescan.org/tx/${hash}`, 'pay_hash'],
    ['checkout link', `https://pay.example/payment?paymentId=${uuid}&secret=ps_1`, uuid],
    ['order id', 'order-88271', uuid],
  ])('a whole %s is found outside the date range too', async (_, text, id) => {
    expect(await found(text, { createdFrom: '2026-11-01', createdTo: '2026-11-30' })).toEqual([id])
    const query = queryOf({ text, createdFrom: '2026-11-01' })
    expect(await supportCalls(database.db).summary({ query })).toMatchObject({
      count: 1,
      allTime: true,
    })
  })

  test('an identifier that no payment carries as its own is still found inside the metadata', async () => {
    expect(await found(uuid.replace('4', '5'))).toEqual(['pay_meta'])
  })

  test('a part of something stays within the date range', async () => {
    expect(await found('order', { createdFrom: '2026-11-01' })).toEqual([])
    const query = queryOf({ text: 'order', createdFrom: '2026-11-01' })
    expect(await supportCalls(database.db).summary({ query })).toMatchObject({ allTime: false })
  })
})

describe('finding the payment that something belongs to', () => {
  test.each([
    [` "${uuid}" `, uuid, 'payment_id', true],
    ['order-88271', uuid, 'order_id', true],
    [
      `https://basescan.org/tx/${hash.toUpperCase().replace('0X', '0x')}`,
      'pay_hash',
      'tx_hash',
      true,
    ],
    [deposit.toUpperCase().replace('0X', '0x'), uuid, 'deposit_address', true],
    [hash.slice(2), 'pay_hash', 'tx_hash', true],
    [sender, 'pay_hash', 'sender_address', true],
    ['88271', uuid, 'order_id', false],
    ['cust_4829', 'pay_meta', 'text', false],
  ])('%s is found with its evidence', async (text, id, matchedOn, exact) => {
    expect(await find(text)).toMatchObject([{ id, matchedOn, exact }])
  })

  test('an exact hit leaves lookalikes out, and no more than five are offered', async () => {
    await using crowded = await testDatabase()
    const orders = ['A-100', ...Array.from({ length: 9 }, (_, index) => `A-100${index}`)]
    await insertPayments(
      crowded.owner,
      orders.map((order_id) => ({ id: `pay_${order_id}`, order_id })),
    )
    const calls = supportCalls(crowded.db)
    expect(await calls.find({ text: 'A-100' })).toMatchObject([{ id: 'pay_A-100' }])
    expect(await calls.find({ text: '-100' })).toHaveLength(5)
  })

  test('nothing pasted finds nothing', async () => {
    expect(await find('  "" ')).toEqual([])
    expect(await find('no such thing')).toEqual([])
  })
})

describe('hostile words', () => {
  const hostile = [
    "'; drop table payment; --",
    "' or '1'='1",
    '" or ""="',
    '1); select pg_sleep(10); --',
    '$1',
    '$$; select 1; $$',
    '%',
    '%%%',
    '_',
    '\\',
    '\\\\',
    '\\%',
    "\\'",
    "E'\\x00'",
    '\0',
    'a\0b',
    'abc\0def',
    '\u{d800}',
    'abc\u{d800}def',
    '\u202Eabc',
    '\uFFFF',
    '{"$gt":""}',
    '../../etc/passwd',
    '0x',
    '0xzz',
    `0x${'f'.repeat(39)}`,
    'x'.repeat(300),
    '% '.repeat(150),
    '"'.repeat(300),
    'ab '.repeat(100),
    '9'.repeat(300),
  ]

  test.each(hostile)('%j searches and finds nothing', async (text) => {
    const calls = supportCalls(database.db)
    await expect(calls.list({ query: queryOf({ text }) })).resolves.toMatchObject({
      nextCursor: null,
    })
    await expect(calls.summary({ query: queryOf({ text }) })).resolves.toBeDefined()
    await expect(calls.find({ text })).resolves.toBeInstanceOf(Array)
    expect(await database.owner.selectFrom('payment').select('id').execute()).toHaveLength(6)
  })

  test.each(hostile)('%j as a filter gives a page or bad input', async (value) => {
    const calls = supportCalls(database.db)
    for (const part of [
      { statuses: [value] },
      { types: [value] },
      { tokens: [value] },
      { networks: [value] },
    ]) {
      const answer = await outcomeOf(calls.list({ query: queryOf(part) }))
      expect(answer).toMatch(/^(0 rows|BAD_REQUEST)$/)
    }
  })

  test.each(hostile)('%j as an id is an unknown payment or bad input', async (id) => {
    const detail = supportCalls(database.db).detail({ id })
    await expect(detail).rejects.toMatchObject({
      code: expect.stringMatching(/^(NOT_FOUND|BAD_REQUEST)$/),
    })
  })
})

async function outcomeOf(list: Promise<PaymentListPage>): Promise<string> {
  try {
    const { items } = await list
    return `${items.length} rows`
  } catch (error) {
    if (error instanceof TRPCError) return error.code
    throw error
  }
}

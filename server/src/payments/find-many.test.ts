import { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HITS_COUNTED_MAX, HITS_LISTED_MAX } from '@desk/shared/payments/find-many'
import { PASTED_LINES_MAX, readPastedCells } from '@desk/shared/payments/pasted-lines'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { insertPayments } from './payment-rows.fixtures.ts'
import { supportCalls } from './payments.fixtures.ts'

const uuid = '4291f98b-d68c-4eb0-883e-6bc790a41c96'
const deposit = '0x52ae9b2c8b3d5f1f0c3a4b6d7e8f9a0b1c2d4ee7'
const sender = '0x9a3c0000000000000000000000000000000001be'
const busySender = '0x7777000000000000000000000000000000000777'
const hash = `0x${'ab12cd34'.repeat(8)}`

const olderQuote = '0x0ddba11000000000000000000000000000000abc'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  await insertPayments(database.owner, [
    { id: uuid, order_id: 'ORDER-88271', deposit_address: deposit, amount_cents: 14_999 },
    { id: 'pay_hash', order_id: 'SUB-1', tx_hash: hash, sender_address: sender },
    { id: 'pay_first', order_id: 'TWICE-1', created_at: '2026-11-01T12:00:00Z' },
    { id: 'pay_second', order_id: 'TWICE-1', created_at: '2026-11-02T12:00:00Z' },
    { id: 'pay_meta', custom_metadata: '{"customer":{"id":"cust_42"},"note":"Zoë"}' },
    {
      id: 'pay_quoted',
      order_id: 'SUB-2',
      // The address of a quote that ran out stands in a line of its own.
      search_text: `pay_quoted\nsub-2\n${olderQuote}\ncustomer=zoe`,
    },
    { id: 'pay_other', custom_metadata: '{"customer":{"id":"cust_421"}}' },
    ...Array.from({ length: HITS_COUNTED_MAX + 5 }, (_, index) => ({
      id: `pay_busy_${index}`,
      order_id: `RUN-${70_000 + index}`,
      sender_address: busySender,
      created_at: new Date(Date.UTC(2026, 9, 1) + index * 60_000).toISOString(),
    })),
  ])
})
afterAll(() => database[Symbol.asyncDispose]())

const find = (...texts: string[]) =>
  supportCalls(database.db).findMany(
    readPastedCells(texts.map((text, index) => ({ line: index + 1, text }))),
  )
const one = async (text: string) => (await find(text))[0]

describe('finding many', () => {
  test.each([
    ['a payment id', uuid, uuid, 'payment_id'],
    ['a payment id in capitals', uuid.toUpperCase(), uuid, 'payment_id'],
    ['an order id in any case', 'order-88271', uuid, 'order_id'],
    ['a hash', hash, 'pay_hash', 'tx_hash'],
    ['a hash without its 0x', hash.slice(2).toUpperCase(), 'pay_hash', 'tx_hash'],
    [
      'a deposit address in checksum case',
      `0x${deposit.slice(2).toUpperCase()}`,
      uuid,
      'deposit_address',
    ],
    ['an address it was paid from', sender, 'pay_hash', 'sender_address'],
    ['an explorer link', `https://basescan.org/tx/${hash}`, 'pay_hash', 'tx_hash'],
    ['a whole value of the metadata', 'CUST_42', 'pay_meta', 'text'],
    ['the address of an older quote', olderQuote, 'pay_quoted', 'text'],
    ['the last value of all', 'zoe', 'pay_quoted', 'text'],
    ['a value beyond ASCII', 'ZOË', 'pay_meta', 'text'],
  ])('knows %s', async (_, text, id, matchedOn) => {
    expect(await one(text)).toMatchObject({
      hits: [{ id, matchedOn, exact: true }],
      hitCount: 1,
      miss: null,
    })
  })

  test('answers line by line, in their order, with what was repeated', async () => {
    const lines = await find('nothing-1', 'ORDER-88271', 'order-88271', 'nothing-2')
    expect(lines.map(({ line, repeatedOn, hitCount }) => ({ line, repeatedOn, hitCount }))).toEqual(
      [
        { line: 1, repeatedOn: [], hitCount: 0 },
        { line: 2, repeatedOn: [3], hitCount: 1 },
        { line: 4, repeatedOn: [], hitCount: 0 },
      ],
    )
  })

  test('names every payment of an order that was tried twice, the newest first', async () => {
    const line = await one('TWICE-1')
    expect(line?.hits.map(({ id }) => id)).toEqual(['pay_second', 'pay_first'])
  })

  test('lists some payments of a busy address and counts the others, as far as it counts', async () => {
    const line = await one(busySender)
    expect(line?.hits).toHaveLength(HITS_LISTED_MAX)
    expect(line?.hitCount).toBe(HITS_COUNTED_MAX)
  })

  test('names a payment once that carries a text in two places', async () => {
    await insertPayments(database.owner, [
      {
        id: 'pay_self',
        deposit_address: `0x${'5e1f'.repeat(10)}`,
        sender_address: `0x${'5e1f'.repeat(10)}`,
      },
    ])
    expect(await one(`0x${'5e1f'.repeat(10)}`)).toMatchObject({
      hits: [{ id: 'pay_self', matchedOn: 'deposit_address' }],
      hitCount: 1,
    })
  })

  test.each([
    ['two figures swapped', 'ORDER-82871', [{ id: uuid, slip: 'swapped' }]],
    ['a letter for a figure', 'ORDER-8827l', [{ id: uuid, slip: 'mistaken' }]],
    ['another separator', 'Order 88271', [{ id: uuid, slip: 'written' }]],
    ['a figure too many', 'ORDER-882771', [{ id: uuid, slip: 'doubled' }]],
    ['a figure missing', 'ORDER-8271', [{ id: uuid, slip: 'dropped' }]],
    ['the number alone', '88271', [{ id: uuid, slip: 'part' }]],
    [
      'a hash with a wrong figure',
      hash.replace('cd34', 'cd35'),
      [{ id: 'pay_hash', slip: 'altered' }],
    ],
    ['an address cut at its end', deposit.slice(0, -3), [{ id: uuid, slip: 'part' }]],
    [
      'an id with two characters swapped',
      uuid.replace('91f98b', '91f9b8'),
      [{ id: uuid, slip: 'altered' }],
    ],
    [
      'an address shortened on a screen',
      `${deposit.slice(0, 6)}…${deposit.slice(-4)}`,
      [{ id: uuid, slip: 'part' }],
    ],
    ['one of many running numbers', 'RUN-7005', []],
  ])('says what was perhaps meant by %s', async (_, text, near) => {
    expect(await one(text)).toMatchObject({ hits: [], miss: { near, isLookedInto: true } })
  })

  test('says why a miss is one', async () => {
    const lines = await find(`0x${'00'.repeat(32)}`, 'zoe@example.com', 'A1', '2026-11-01')
    expect(lines.map(({ miss }) => miss?.reason)).toEqual(['hash', 'email', 'too_short', 'date'])
  })

  test.each([
    "' or 1=1 --",
    '%%%%',
    '____',
    '\u0000\u0000abc',
    '\uD800abcd',
    '\\\\\\',
    '{abc,"d"}',
  ])('takes %j as text', async (text) => {
    const [line] = await supportCalls(database.db).findMany({
      lines: [{ line: 1, text, repeatedOn: [] }],
    })
    expect(line?.hits).toEqual([])
  })

  test('takes a thousand lines and no more', async () => {
    const many = (count: number) => ({
      lines: Array.from({ length: count }, (_, index) => ({
        line: index + 1,
        text: index % 2 === 0 ? `RUN-${70_000 + (index % 100)}` : `GONE-${index}`,
        repeatedOn: [],
      })),
    })
    const lines = await supportCalls(database.db).findMany(many(PASTED_LINES_MAX))
    expect(lines.filter(({ hitCount }) => hitCount === 1)).toHaveLength(PASTED_LINES_MAX / 2)
    await expect(
      supportCalls(database.db).findMany(many(PASTED_LINES_MAX + 1)),
    ).rejects.toBeInstanceOf(TRPCError)
    expect(await supportCalls(database.db).findMany({ lines: [] })).toEqual([])
  })

  test('is told as a file, hits and misses, in which nothing is run as a formula', async () => {
    const texts = ['ORDER-88271', 'order-88271', 'TWICE-1', '=1+1-2', 'ORDER-82871']
    const csv = await supportCalls(database.db).findManyCsv(
      readPastedCells(texts.map((text, index) => ({ line: index + 1, text }))),
    )
    const [head, ...rows] = csv.trimEnd().split('\r\n')
    expect(head).toContain('Line,Also on lines,Looked up,Result,')
    expect(rows).toEqual([
      `1,2,ORDER-88271,found,order id,${uuid},ORDER-88271,completed,149.99,USD,2026-11-01T12:00:00.000Z,,`,
      '3,,TWICE-1,found,order id,pay_second,TWICE-1,completed,10.00,USD,2026-11-02T12:00:00.000Z,,',
      '3,,TWICE-1,found,order id,pay_first,TWICE-1,completed,10.00,USD,2026-11-01T12:00:00.000Z,,',
      "4,,'=1+1-2,not found,,,,,,,,No payment carries this.,",
      '5,,ORDER-82871,not found,,,,,,,,No payment carries this.,ORDER-88271 (two characters swapped)',
    ])
  })
})

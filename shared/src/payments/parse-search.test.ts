import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { completeSearch } from './complete-search.ts'
import { parseSearch } from './parse-search.ts'
import { everyPayment, type PaymentQuery } from './payment-query.ts'
import { anyQuery, isCoherent } from './payment-query.fixtures.ts'
import { printSearch } from './print-search.ts'

/** What a text asks for, beside asking for nothing. */
function asked(text: string): Partial<PaymentQuery> {
  const { query, faults } = parseSearch(text)
  expect(faults).toEqual([])
  return Object.fromEntries(
    Object.entries(query).filter(
      ([name, value]) =>
        JSON.stringify(value) !==
        JSON.stringify(Object.entries(everyPayment).find(([one]) => one === name)?.[1]),
    ),
  )
}

const known = {
  statuses: ['pending', 'completed', 'failed', 'under_review'],
  types: ['payment', 'deposit'],
  tokens: ['USDC', 'USDT', 'ETH'],
  networks: ['eip155:8453', 'eip155:84532', 'tron:0x2b6653dc'],
}

describe('a search as it is typed', () => {
  test.each<[string, Partial<PaymentQuery>]>([
    ['', {}],
    ['ORDER-8827', { text: 'ORDER-8827' }],
    ['"Ship to José"  front', { text: '"Ship to José" front' }],
    ['status:completed', { statuses: ['completed'] }],
    ['status:failed,expired token:USDC', { statuses: ['failed', 'expired'], tokens: ['USDC'] }],
    ['STATUS:failed', { statuses: ['failed'] }],
    ['network:base', { networks: ['eip155:8453'] }],
    ['network:"BNB Smart Chain"', { networks: ['eip155:56'] }],
    ['network:eip155:999', { networks: ['eip155:999'] }],
    ['is:late,underpaid', { judgements: ['underpaid', 'late'] }],
    ['created:last-7d', { createdPreset: 'last-7d' }],
    ['created:2026-04-01..2026-04-30', { createdFrom: '2026-04-01', createdTo: '2026-04-30' }],
    ['created:2026-02', { createdFrom: '2026-02-01', createdTo: '2026-02-28' }],
    ['created:2024', { createdFrom: '2024-01-01', createdTo: '2024-12-31' }],
    ['created:>=2026-04-01', { createdFrom: '2026-04-01' }],
    ['created:..2026-04', { createdTo: '2026-04-30' }],
    ['type:deposit dog', { types: ['deposit'], text: 'dog' }],
    [
      'https://pay.example/checkout?paymentId=1&secret=x:y',
      { text: 'https://pay.example/checkout?paymentId=1&secret=x:y' },
    ],
    ['eip155:1:0xab', { text: 'eip155:1:0xab' }],
  ])('%j', (text, query) => {
    expect(asked(text)).toEqual(query)
  })

  test.each([
    ['amount:149.99', 14_999, 14_999],
    ['amount:>100', 10_001, null],
    ['amount:>=100', 10_000, null],
    ['amount:<20', null, 1_999],
    ['amount:<=20', null, 2_000],
    ['amount:10..20', 1_000, 2_000],
    ['amount:10.5..', 1_050, null],
    ['amount:..20', null, 2_000],
    ['amount:$1,204.50', 120_450, 120_450],
  ])('%s', (text, minCents, maxCents) => {
    const { query, faults } = parseSearch(text)
    expect(faults).toEqual([])
    expect(query).toMatchObject({ minCents, maxCents })
  })

  test.each([
    ['order:A-17', { name: 'order', key: null, value: 'A-17', isNot: false }],
    [
      'meta.customer_id:cus_51',
      { name: 'meta', key: 'customer_id', value: 'cus_51', isNot: false },
    ],
    [
      'meta."gift note":"to José"',
      { name: 'meta', key: 'gift note', value: 'to José', isNot: false },
    ],
    ['-status:failed', { name: 'status', key: null, value: 'failed', isNot: true }],
    ['-refund', { name: 'text', key: null, value: 'refund', isNot: true }],
    ['-"two words"', { name: 'text', key: null, value: 'two words', isNot: true }],
    ['-amount:10..20', { name: 'amount', key: null, value: '10..20', isNot: true }],
    ['-network:base', { name: 'network', key: null, value: 'eip155:8453', isNot: true }],
    ['has:note', { name: 'has', key: null, value: 'note', isNot: false }],
    ['assignee:me', { name: 'assignee', key: null, value: 'me', isNot: false }],
  ])('%s', (text, term) => {
    expect(asked(text)).toEqual({ terms: [term] })
  })

  test('is read back from its own print as the same query', () => {
    fc.assert(
      fc.property(anyQuery.filter(isCoherent), (query) => {
        const printed = printSearch(query)
        expect(parseSearch(printed)).toEqual({
          query: { ...query, sort: everyPayment.sort },
          faults: [],
        })
        expect(printSearch(parseSearch(printed).query)).toBe(printed)
      }),
      { numRuns: 500 },
    )
  })

  test('is understood as far as it can be, whatever it is, and what is left out is named in its place', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200, unit: 'grapheme' }), (text) => {
        const { query, faults } = parseSearch(text, known)
        for (const { start, end, message } of faults) {
          expect(start).toBeLessThan(end)
          expect(end).toBeLessThanOrEqual(text.length)
          expect(message).not.toBe('')
        }
        expect(parseSearch(printSearch(query)).query).toEqual(query)
      }),
    )
  })
})

describe('a slip in a search', () => {
  test.each([
    ['ORDER-1 staus:failed', 8, 20, 'status:failed'],
    ['status:complted', 0, 15, 'status:completed'],
    ['-token:USDX', 0, 11, '-token:usdc'],
    ['is:undrpaid', 0, 11, 'is:underpaid'],
    ['foo:bar', 0, 7, '"foo:bar"'],
    ['"not closed', 0, 11, '"not closed"'],
    ['has:tags', 0, 8, 'has:tag'],
  ])('%j is marked from %i to %i and %j is offered', (text, start, end, suggestion) => {
    const { query, faults } = parseSearch(text, known)
    expect(faults).toMatchObject([{ start, end, suggestion }])
    // What is offered is understood.
    expect(parseSearch(suggestion, known).faults).toEqual([])
    expect(query.text).toBe(text.startsWith('ORDER-1') ? 'ORDER-1' : '')
  })

  test.each([
    'status:',
    'amount:cheap',
    'amount:20..10',
    'amount:1.234',
    'amount:..',
    'created:2026-02-30',
    'created:2026-05-01..2026-04-01',
    'created:soon',
    'created:last-0d',
    'meta:x',
    'meta.key:',
    'amount:10..20 amount:30',
    'created:today created:2026',
  ])('%s has a message that says what is taken', (text) => {
    const { faults } = parseSearch(text)
    expect(faults).toHaveLength(1)
    expect(faults[0]?.message).toMatch(/^[A-Za-z].*[.?]$/)
  })

  test('ten thousand characters are read at once', () => {
    const text = 'meta.a:b '.repeat(1_111)
    const { query, faults } = parseSearch(text)
    expect(query.terms).toHaveLength(1)
    expect(faults).toEqual([])
    const strange = Array.from({ length: 1_000 }, (_, index) => `order:${index}`).join(' ')
    const read = parseSearch(strange)
    expect(read.query.terms).toHaveLength(30)
    expect(read.faults).toHaveLength(970)
  })
})

describe('completions', () => {
  const completable = {
    ...known,
    metadataKeys: ['customer_id', 'cart_id'],
    today: '2026-11-22',
  }
  const offered = (text: string, caret = text.length) =>
    completeSearch(text, caret, completable).map(
      ({ start, end, insert }) => text.slice(0, start) + insert + text.slice(end),
    )

  test.each([
    ['st', ['status:']],
    ['ORDER-1 -to', ['ORDER-1 -token:']],
    ['status:co', ['status:completed']],
    ['status:failed,pe', ['status:failed,pending']],
    ['network:ba', ['network:base', 'network:base-sepolia']],
    ['meta.cu', ['meta.customer_id:']],
    ['token:us', ['token:USDC', 'token:USDT']],
    ['created:this', ['created:this-month', 'created:this-year']],
    ['"status:c', []],
    ['status:completed', []],
  ])('for %j: %j', (text, completions) => {
    expect(offered(text)).toEqual(completions)
  })

  test.each([
    ['network:base', 'base-sepolia', 'Base Sepolia'],
    ['is:lat', 'late', 'seen on chain after its quote expired'],
    ['created:last-7', 'last-7d', '2026-11-16 to 2026-11-22'],
    ['created:2026', '2026-11', 'a whole month'],
    ['created:tod', 'today', '2026-11-22'],
  ])('for %j say what %s means: %s', (text, insert, hint) => {
    expect(completeSearch(text, text.length, completable)).toContainEqual(
      expect.objectContaining({ insert, hint }),
    )
  })

  test('in the middle of a text leave the rest as it is', () => {
    expect(offered('st token:USDC', 2)).toEqual(['status: token:USDC'])
  })

  test('are understood when they are taken', () => {
    const typed = fc.string({
      maxLength: 20,
      unit: fc.constantFrom('is', 'ne', 't', ':', '-', ' '),
    })
    fc.assert(
      fc.property(typed, (text) => {
        const taken = offered(text)
          .filter((whole) => !/[:.]$/.test(whole))
          .map((whole) => whole.trim().split(/\s/).at(-1) ?? '')
        expect(taken.flatMap((piece) => parseSearch(piece, known).faults)).toEqual([])
      }),
    )
  })
})

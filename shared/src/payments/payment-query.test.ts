import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amountCents } from '../money/amount-cents.ts'
import {
  everyPayment,
  type PaymentQuery,
  paymentQuery,
  paymentSorts,
  readPaymentSearch,
  writePaymentSearch,
} from './payment-query.ts'

const word = fc
  .string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
  .filter((text) => text.trim() === text && text !== '' && text.length <= 64)
  .filter((text) => !/[,\0]/.test(text))
const words = fc.uniqueArray(word, { maxLength: 5 })
const text = fc.string({ maxLength: 100, unit: 'grapheme' }).map((value) => value.trim())
const cents = fc.option(fc.nat(10 ** 12).map((value) => amountCents.parse(value)))
const day = fc.option(
  fc
    .date({
      min: new Date('1970-01-01'),
      max: new Date('2199-12-31'),
      noInvalidDate: true,
    })
    .map((date) => date.toISOString().slice(0, 10)),
)

const anyQuery: fc.Arbitrary<PaymentQuery> = fc.record({
  text: text.filter((value) => value.length <= 300),
  statuses: words,
  types: words,
  tokens: words,
  networks: words,
  minCents: cents,
  maxCents: cents,
  createdFrom: day,
  createdTo: day,
  sort: fc.constantFrom(...paymentSorts),
})
const coherentQuery = anyQuery.filter(
  ({ minCents, maxCents, createdFrom, createdTo }) =>
    (minCents === null || maxCents === null || minCents <= maxCents) &&
    (createdFrom === null || createdTo === null || createdFrom <= createdTo),
)

describe('a payment query in the address bar', () => {
  test('is read back as the same query it was written from', () => {
    fc.assert(
      fc.property(coherentQuery, (query) => {
        const read = readPaymentSearch({ ...writePaymentSearch(query) })
        expect(read).toEqual({ query, problems: [] })
      }),
    )
  })

  test('loses limits that exclude each other, both and by name, and keeps the rest', () => {
    const { query, problems } = readPaymentSearch({
      q: 'ORDER',
      min: '100',
      max: '5',
      from: '2026-11-22',
      to: '2026-11-01',
    })
    expect(query).toEqual({ ...everyPayment, text: 'ORDER' })
    expect(problems.map(({ field }) => field)).toEqual(['min', 'from'])
  })

  test('leaves out whatever is at its default', () => {
    expect(writePaymentSearch(everyPayment)).toEqual({})
  })

  test('yields a valid query and never throws, whatever stands there', () => {
    const keys = fc.constantFrom(
      'q',
      'status',
      'type',
      'token',
      'network',
      'min',
      'max',
      'from',
      'to',
      'sort',
      'x',
    )
    fc.assert(
      fc.property(fc.dictionary(keys, fc.anything()), (search) => {
        expect(paymentQuery.safeParse(readPaymentSearch(search).query).success).toBe(true)
      }),
    )
  })

  test.each([
    [{ min: 'ten' }, 'min'],
    [{ max: '1.005' }, 'max'],
    [{ from: 'yesterday' }, 'from'],
    [{ to: '2026-02-30' }, 'to'],
    [{ to: '0000-01-01' }, 'to'],
    [{ to: '9999-12-31' }, 'to'],
    [{ sort: 'price' }, 'sort'],
    [{ status: 'a,,b' }, 'status'],
    [{ token: 'US\0DC' }, 'token'],
    [{ q: 'x'.repeat(301) }, 'q'],
    [{ min: '20', max: '10' }, 'min'],
    [{ from: '2026-04-02', to: '2026-04-01' }, 'from'],
  ])('%j is named as a problem of its field', (search, field) => {
    expect(readPaymentSearch(search).problems.map((problem) => problem.field)).toEqual([field])
  })

  test('one mistake does not cost the rest of the query', () => {
    const { query } = readPaymentSearch({ status: 'failed', min: 'ten', q: 88271 })
    expect(query).toEqual({ ...everyPayment, statuses: ['failed'], text: '88271' })
  })
})

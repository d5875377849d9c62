import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readPaymentSearch, writePaymentSearch } from './payment-address.ts'
import { everyPayment } from './payment-query.ts'
import { paymentQuery } from './payment-query-schema.ts'
import { anyQuery, isCoherent } from './payment-query.fixtures.ts'

const coherentQuery = anyQuery.filter(isCoherent)

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

import { expect, test } from 'vitest'
import { keepPaymentsSearch } from './payments-search.ts'

test('nonsense in known fields is kept, so that it can be shown and corrected', () => {
  const typed = { status: '<script>', min: 'abc', from: '2026-13-45', sort: 'sideways' }
  expect(keepPaymentsSearch(typed)).toEqual(typed)
})

test('fields of no meaning and empty ones are dropped', () => {
  expect(keepPaymentsSearch({ utm_source: 'mail', q: '', open: 'a' })).toEqual({ open: 'a' })
})

test('a field that stands twice means both values', () => {
  expect(keepPaymentsSearch({ status: ['failed', 'expired'] })).toEqual({
    status: 'failed,expired',
  })
})

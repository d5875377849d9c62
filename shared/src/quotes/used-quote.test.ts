import { expect, test } from 'vitest'
import { quote, receipt } from '../payments/verdict.fixtures.ts'
import { usedQuoteOf } from './used-quote.ts'

const newer = { ...quote, id: 'newer', status: 'expired' }
const elsewhere = { ...newer, id: 'elsewhere', network: 'eip155:1' }

test('the quote that the receipt names was paid, whatever the quotes are called', () => {
  expect(usedQuoteOf({ ...receipt, quoteId: 'newer' }, [newer, quote])).toBe(newer)
})

test('a receipt that names none leaves it to the quote called used', () => {
  expect(usedQuoteOf({ ...receipt, quoteId: null }, [newer, quote])).toBe(quote)
  expect(usedQuoteOf(null, [newer, quote])).toBe(quote)
})

test('where nothing says, it is the newest in the token and on the network that arrived', () => {
  const unnamed = { ...receipt, quoteId: null }
  expect(usedQuoteOf(unnamed, [elsewhere, newer])).toBe(newer)
  expect(usedQuoteOf({ ...unnamed, network: 'eip155:10' }, [elsewhere, newer])).toBeUndefined()
  expect(usedQuoteOf({ ...unnamed, token: null }, [elsewhere, newer])).toBeUndefined()
})

test('before anything arrived no quote was paid', () => {
  expect(usedQuoteOf(null, [newer])).toBeUndefined()
})

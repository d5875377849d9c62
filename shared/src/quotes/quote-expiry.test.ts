import { expect, test } from 'vitest'
import { quoteStanding } from './quote-expiry.ts'

const expiresAt = '2026-11-22T12:00:00.000Z'
const end = Date.parse(expiresAt)

test('an active quote counts down and is expired from its end on, whatever SpacePay still calls it', () => {
  const quote = { status: 'active', expiresAt }
  expect(quoteStanding(quote, end - 1)).toEqual({ state: 'active', remainingMs: 1 })
  expect(quoteStanding(quote, end)).toEqual({ state: 'expired', remainingMs: 0 })
})

test('a used or failed quote stays so after its end', () => {
  expect(quoteStanding({ status: 'used', expiresAt }, end + 1).state).toBe('used')
  expect(quoteStanding({ status: 'failed', expiresAt }, end + 1).state).toBe('failed')
})

test('a quote without an end is open-ended, and an unknown word is not guessed at', () => {
  expect(quoteStanding({ status: 'active', expiresAt: null }, end).state).toBe('open_ended')
  expect(quoteStanding({ status: 'reserved', expiresAt }, end - 1).state).toBe('other')
})

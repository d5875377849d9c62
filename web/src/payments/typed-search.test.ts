import { expect, test } from 'vitest'
import { parseSearch } from '@desk/shared/payments/parse-search'
import { printSearch } from '@desk/shared/payments/print-search'
import { hasConditions, isTooMuchForOneLine, withTyped } from './typed-search.ts'

const query = (text: string) => parseSearch(text).query

test.each([
  ['status:failed', 'status:expired ORDER-1', 'ORDER-1 status:failed,expired'],
  ['amount:10..20 token:USDC', 'amount:>=5', 'amount:>=5.00 token:USDC'],
  ['created:last-7d', 'created:2026-04-01', 'created:2026-04-01'],
  ['created:2026-04-01', 'created:today', 'created:today'],
  ['is:late old words', 'is:underpaid', 'is:underpaid,late'],
  ['has:note', 'has:note -status:failed', 'has:note -status:failed'],
])('%j and then %j asks for %j', (before, typed, after) => {
  expect(printSearch(withTyped(query(before), query(typed)))).toBe(after)
})

test('free words are looked for as they are typed, conditions wait for Enter', () => {
  expect(hasConditions(query('ORDER-1 "two words"'))).toBe(false)
  expect(hasConditions(query('ORDER-1 status:failed'))).toBe(true)
  expect(hasConditions(query('-word'))).toBe(true)
})

test.each([
  ['ORDER-1\n', false],
  ['\r\n ORDER-1 ', false],
  ['ORDER-1\nORDER-2', true],
  ['ORDER-1\r\n\r\nORDER-2', true],
  ['x'.repeat(2_000), false],
  ['x'.repeat(2_001), true],
])('whether a paste is too much for one line: %j', (pasted, isTooMuch) => {
  expect(isTooMuchForOneLine(pasted)).toBe(isTooMuch)
})

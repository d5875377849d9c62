import { expect, test } from 'vitest'
import { shortIdentifier } from './identifier-text.ts'

test('a long id keeps both of its ends', () => {
  expect(shortIdentifier('0x52908400098527886e0f7030069857d2e4169ee7')).toBe('0x5290…9ee7')
})

test('an order id that fits is shown whole', () => {
  expect(shortIdentifier('ORDER-88271')).toBe('ORDER-88271')
})

import { expect, test } from 'vitest'
import { amountCents } from '@desk/shared/money/amount-cents'
import { rateText, slippageText } from './quote-text.ts'

test.each([
  ['1.00000000', '1.0000'],
  ['3742.05353900', '3,742.0535'],
  ['1', '1.0000'],
  ['0.00009999', '0.0000'],
])('a rate of %s reads %s', (rate, text) => {
  expect(rateText(rate)).toBe(text)
})

test('too little reads as a minus in basis points, percent and dollars', () => {
  const slippage = { baseUnits: '-2100000', cents: amountCents.parse(-210), basisPoints: -235 }
  expect(slippageText(slippage)).toEqual({
    short: '−235 bp',
    full: '−2.35 % (−$2.10) against the quote',
    isShort: true,
  })
})

test('exactly right is neither plus nor minus', () => {
  const slippage = { baseUnits: '0', cents: amountCents.parse(0), basisPoints: 0 }
  expect(slippageText(slippage)).toMatchObject({ short: '0 bp', isShort: false })
})

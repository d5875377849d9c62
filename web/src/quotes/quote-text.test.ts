import { expect, test } from 'vitest'
import { amountCents } from '@desk/shared/money/amount-cents-schema'
import { rateText, slippageText } from './quote-text.ts'

test.each([
  ['1.00000000', '1.0000'],
  ['3742.05353900', '3,742.0535'],
  ['1', '1.0000'],
  ['0.00009999', '0.0000'],
])('a rate of %s reads %s', (rate, text) => {
  expect(rateText(rate)).toBe(text)
})

const token = {
  id: null,
  symbol: 'USDC',
  contractAddress: null,
  decimals: 6,
  isNative: false,
} as const
const told = { token, currency: 'USD' }

test('too little reads as a minus in basis points, money, percent, tokens and base units', () => {
  const slippage = { baseUnits: '-2100000', cents: amountCents.parse(-210), basisPoints: -235 }
  expect(slippageText(slippage, told)).toEqual({
    short: '−235 bp',
    money: '−$2.10',
    full: '−2.35 % against the quote\n−2.100000 USDC\n−2100000 base units',
    isShort: true,
  })
})

test('too much reads as a plus, and without decimals or price there is less to say', () => {
  const slippage = { baseUnits: '750000', cents: null, basisPoints: 50 }
  expect(slippageText(slippage, { ...told, token: { ...token, decimals: null } })).toEqual({
    short: '+50 bp',
    money: null,
    full: '+0.50 % against the quote\n+750000 base units',
    isShort: false,
  })
})

test('exactly right is neither plus nor minus', () => {
  const slippage = { baseUnits: '0', cents: amountCents.parse(0), basisPoints: 0 }
  expect(slippageText(slippage, told)).toMatchObject({
    short: '0 bp',
    money: '$0.00',
    isShort: false,
  })
})

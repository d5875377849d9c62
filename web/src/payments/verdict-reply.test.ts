import { expect, test } from 'vitest'
import { amountCents } from '@desk/shared/money/amount-cents-schema'
import { replyText } from './verdict-reply.ts'

const usdc = { kind: 'tokens', decimals: 6, symbol: 'USDC' } as const

test('a reply is plain text with the zone, the year and every digit', () => {
  const reply = [
    'Please send exactly ',
    { ...usdc, baseUnits: '89500001' },
    ' (',
    { kind: 'money', cents: amountCents.parse(8_950), currency: 'USD' } as const,
    ') until ',
    { kind: 'time', at: '2026-11-22T14:36:00.000Z' } as const,
    '.',
  ]
  expect(replyText(reply, 'Europe/London')).toBe(
    'Please send exactly 89.500001 USDC ($89.50) until 22 Nov 2026, 14:36 (London time).',
  )
})

test.each([
  ['89500000', '89.50 USDC'],
  ['89000000', '89.00 USDC'],
  ['100', '0.0001 USDC'],
])('%s base units read %s', (baseUnits, text) => {
  expect(replyText([{ ...usdc, baseUnits }], 'UTC')).toBe(text)
})

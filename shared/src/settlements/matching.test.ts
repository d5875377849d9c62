import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { payoutDays } from './payout-days.ts'
import { shareOut } from './share-out.ts'
import { type OpenDay, suggestMatches, sureMatch, type ToMatch } from './suggest-matches.ts'

test.each([
  ['SPACEPAY PAYOUT 20261120', ['2026-11-20']],
  ['Space Pay Ltd 2026-11-20', ['2026-11-20']],
  ['SPACEPAY 20261120-20261122', ['2026-11-20', '2026-11-21', '2026-11-22']],
  ['SpacePay 2026-11-20, 2026-11-22', ['2026-11-20', '2026-11-22']],
  ['RENT 20261120', []],
  ['SPACEPAY 20261131', []],
  ['SPACEPAY 20260101-20261231', []],
  ['SPACEPAY account 120261120', []],
  ['SPACEPAY', []],
])('the reference %j names its days', (text, days) => {
  expect(payoutDays(text)).toEqual(days)
})

test('what is shared out adds up, and nobody is a cent away from their part', () => {
  const weights = fc.array(fc.integer({ min: 0, max: 10 ** 10 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(fc.integer({ min: -(10 ** 11), max: 10 ** 11 }), weights, (cents, parts) => {
      const shares = shareOut(cents, parts)
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(cents)
      const all = parts.reduce((sum, part) => sum + part, 0)
      for (const [index, share] of all === 0 ? [] : shares.entries()) {
        expect(Math.abs(share - (cents * (parts[index] ?? 0)) / all)).toBeLessThan(1.001)
      }
    }),
  )
})

describe('a bank line without a reference', () => {
  const days: readonly OpenDay[] = [
    { day: '2026-11-18', expectedCents: 50_000, accountedCents: 50_000 },
    { day: '2026-11-19', expectedCents: 60_000, accountedCents: 0 },
    { day: '2026-11-20', expectedCents: 70_000, accountedCents: 0 },
    { day: '2026-11-21', expectedCents: 80_000, accountedCents: 0 },
    { day: '2026-11-22', expectedCents: 90_000, accountedCents: 0 },
  ]
  const line: ToMatch = {
    text: 'SPACEPAY LTD',
    bookedOn: '2026-11-23',
    worthCents: 60_000,
    chargeCents: 0,
    isExchanged: false,
  }
  const suggested = (told: Partial<ToMatch>) => suggestMatches({ ...line, ...told }, days, 1)
  const sure = (told: Partial<ToMatch>) => sureMatch(suggested(told))?.days ?? null

  test('is the money of the day that brings just its amount', () => {
    expect(sure({})).toEqual(['2026-11-19'])
    expect(sure({ worthCents: 58_500, chargeCents: 1_500 })).toEqual(['2026-11-19'])
  })
  test('is that of a weekend that brings it together', () => {
    expect(sure({ worthCents: 240_000 })).toEqual(['2026-11-20', '2026-11-21', '2026-11-22'])
  })
  test('is nobody’s for sure where it is nearly right, or already accounted for', () => {
    expect(sure({ worthCents: 59_500 })).toBeNull()
    expect(suggested({ worthCents: 59_500 })).toMatchObject([{ days: ['2026-11-19'], score: 54 }])
    expect(suggested({ worthCents: 50_000 })).toEqual([])
  })
  test('is for a person to say where two days bring the same', () => {
    const alike = days.map((day) => ({ ...day, expectedCents: 60_000, accountedCents: 0 }))
    const suggestions = suggestMatches(line, alike, 1)
    expect(suggestions.length).toBeGreaterThan(1)
    expect(sureMatch(suggestions)).toBeNull()
  })
  test('is no money of days after it, and none where the line says nothing of dollars', () => {
    expect(suggested({ bookedOn: '2026-11-18' })).toEqual([])
    expect(suggested({ worthCents: null })).toEqual([])
  })
  test('with a reference is that of the days it names, whatever its amount', () => {
    expect(sure({ text: 'SPACEPAY PAYOUT 20261121', worthCents: 1 })).toEqual(['2026-11-21'])
    expect(sure({ text: 'SPACEPAY PAYOUT 20271121', worthCents: 1 })).toBeNull()
  })
})

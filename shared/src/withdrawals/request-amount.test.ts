import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { centsToDecimal } from '../money/amount-cents.ts'
import { amountProblem, readRequestAmount } from './request-amount.ts'

describe('the amount of a withdrawal', () => {
  test.each(['0', '0.99', '-5', '1e3', '1 000', '1000000.01', '12,5', '', '1.005', '0x10', '١٠٠'])(
    '"%s" is refused in words',
    (text) => {
      expect(readRequestAmount(text)).toEqual({
        cents: null,
        problem: expect.stringMatching(/\.$/),
      })
    },
  )

  test('every whole number of cents from 1 dollar to 1 million reads as itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 100_000_000 }), (cents) => {
        expect(readRequestAmount(centsToDecimal(cents))).toEqual({ cents, problem: null })
      }),
    )
    expect(readRequestAmount(' $1,250.5 ').cents).toBe(125_050)
  })

  test('the ends of the range are in it, a cent beyond is not', () => {
    expect(
      [99, 100, 100_000_000, 100_000_001].map((cents) => amountProblem(cents) === null),
    ).toEqual([false, true, true, false])
    expect(amountProblem(100.5)).toMatch(/whole number/)
  })
})

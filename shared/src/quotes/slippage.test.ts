import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amountCents } from '../money/amount-cents-schema.ts'
import { slippageOf } from './slippage.ts'

const due = (cents: number) => amountCents.parse(cents)

describe('slippage', () => {
  test.each([
    ['89500000', '87400000', 8950, { baseUnits: '-2100000', cents: -210, basisPoints: -235 }],
    ['149990000', '150740000', 14_999, { baseUnits: '750000', cents: 75, basisPoints: 50 }],
    ['100', '100', 100, { baseUnits: '0', cents: 0, basisPoints: 0 }],
    ['1000', '0', 5000, { baseUnits: '-1000', cents: -5000, basisPoints: -10_000 }],
  ])('expected %s, received %s at %i cents', (expected, received, cents, slippage) => {
    const paid = { expectedBaseUnits: expected, receivedBaseUnits: received }
    expect(slippageOf({ ...paid, amountDueCents: due(cents) })).toEqual(slippage)
  })

  test('half a cent and half a basis point round away from zero on both sides', () => {
    const quote = { expectedBaseUnits: '20000', amountDueCents: due(10_000) }
    expect(slippageOf({ ...quote, receivedBaseUnits: '20001' })).toMatchObject({
      cents: 1,
      basisPoints: 1,
    })
    expect(slippageOf({ ...quote, receivedBaseUnits: '19999' })).toMatchObject({
      cents: -1,
      basisPoints: -1,
    })
  })

  test('cents and basis points have the sign of the difference or are zero, and are off by half at most', () => {
    const units = fc.bigInt({ min: 1n, max: 10n ** 30n })
    fc.assert(
      fc.property(units, units, fc.nat(10 ** 9), (expected, factor, cents) => {
        const received = (expected * (factor % 30_000n)) / 10_000n
        const slippage = slippageOf({
          expectedBaseUnits: String(expected),
          receivedBaseUnits: String(received),
          amountDueCents: due(cents),
        })
        if (!slippage || slippage.cents === null) throw new Error('Expected a slippage')
        const exact = (received - expected) * BigInt(cents)
        const error = 2n * (BigInt(slippage.cents) * expected - exact)
        expect(error <= expected && error >= -expected).toBe(true)
        expect(slippage.baseUnits).toBe(String(received - expected))
      }),
    )
  })

  test('is unknown when a side is missing or nothing was expected', () => {
    const amountDueCents = due(100)
    expect(
      slippageOf({ expectedBaseUnits: null, receivedBaseUnits: '1', amountDueCents }),
    ).toBeNull()
    expect(
      slippageOf({ expectedBaseUnits: '1', receivedBaseUnits: null, amountDueCents }),
    ).toBeNull()
    expect(
      slippageOf({ expectedBaseUnits: '0', receivedBaseUnits: '1', amountDueCents }),
    ).toBeNull()
  })

  test('a price that is not known leaves the cents open and the rest standing', () => {
    const paid = { expectedBaseUnits: '10', receivedBaseUnits: '11', amountDueCents: null }
    expect(slippageOf(paid)).toEqual({ baseUnits: '1', cents: null, basisPoints: 1000 })
  })
})

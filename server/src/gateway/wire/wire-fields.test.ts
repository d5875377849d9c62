import { baseUnitsToDecimal } from '@desk/shared/money/base-units'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodePayment } from './payment.wire.ts'
import { baseUnitsField, readDecimal } from './wire-fields.ts'

function rateOf(rateUsdAsset: unknown) {
  const quote = { id: 'q', token: 'ETH', chainId: 1, rateUsdAsset }
  return decodePayment({ id: 'p', status: 'pending', quotes: [quote] }).quotes[0]?.rate
}

describe('rates and other decimals', () => {
  test('decimal text is kept to the letter', () => {
    const decimals = fc
      .tuple(fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.integer({ min: 0, max: 18 }))
      .map(([units, places]) => baseUnitsToDecimal({ baseUnits: String(units), decimals: places }))
    fc.assert(
      fc.property(decimals, (text) => {
        expect(readDecimal(text)).toBe(text)
      }),
    )
  })

  test('a JSON number becomes plain decimal text of exactly that number', () => {
    const numbers = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e70, max: 1e70 })
    fc.assert(
      fc.property(
        numbers.filter((value) => value === 0 || Math.abs(value) > 1e-70),
        (value) => {
          const text = readDecimal(value)
          expect(text).toMatch(/^-?\d+(\.\d+)?$/)
          expect(Number(text) === value).toBe(true)
        },
      ),
    )
  })

  test.for<[string | number, string | null]>([
    [3742.053539, '3742.053539'],
    [1e-7, '0.0000001'],
    [1, '1'],
    ['1.00000000', '1.00000000'],
    ['1E3', '1000'],
    ['1e999999999', null],
    ['1,5', null],
    ['NaN', null],
    ['', null],
    [Infinity, null],
    ['9'.repeat(101), null],
  ])('%s reads as %s', ([value, text]) => {
    expect(readDecimal(value)).toBe(text)
  })

  test('a rate as text and the same rate as a number differ in spelling at most', () => {
    expect(rateOf('3742.05353900')).toBe('3742.05353900')
    expect(rateOf(3742.053539)).toBe('3742.053539')
    expect(() => rateOf('cheap')).toThrow('quotes.0.rateUsdAsset')
  })
})

describe('base units', () => {
  test('integers of any size are kept exactly', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 78n - 1n }), (units) => {
        expect(baseUnitsField.parse(String(units))).toBe(String(units))
      }),
    )
  })

  test('what is no exact integer is refused', () => {
    for (const value of ['1.5', '-1', '0x10', '1e3', '', ' 1', 2 ** 53, 1.5, -1, '9'.repeat(79)]) {
      expect(baseUnitsField.safeParse(value).success).toBe(false)
    }
  })

  test('a decimal amount and its base units say the same', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), (units) => {
        const baseUnits = String(units)
        const expectedAmount = baseUnitsToDecimal({ baseUnits, decimals: 18 })
        const { quotes } = decodePayment({
          id: 'p',
          status: 'pending',
          quotes: [{ id: 'q', token: 'ETH', chainId: 1, expectedAmount }],
        })
        expect(quotes[0]?.expectedBaseUnits).toBe(baseUnits)
      }),
    )
  })
})

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { baseUnitsToDecimal, decimalToBaseUnits, formatTokenAmount } from './base-units.ts'

const decimals = fc.oneof(fc.constantFrom(0, 6, 8, 18), fc.nat(36))
const units = fc.bigInt({ min: -(10n ** 78n) + 1n, max: 10n ** 78n - 1n })

describe('token amounts', () => {
  test('base units survive the way through decimal text, at any number of decimals', () => {
    fc.assert(
      fc.property(units, decimals, (value, places) => {
        const text = baseUnitsToDecimal({ baseUnits: value.toString(), decimals: places })
        expect(decimalToBaseUnits(text, places)).toBe(value.toString())
      }),
    )
  })

  test('an 18-decimal text comes back digit for digit', () => {
    const digits = fc.array(fc.nat(9), { minLength: 18, maxLength: 18 })
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), digits, (whole, fraction) => {
        const text = `${whole}.${fraction.join('')}`
        const baseUnits = decimalToBaseUnits(text, 18)
        expect(baseUnitsToDecimal({ baseUnits: baseUnits ?? '', decimals: 18 })).toBe(text)
      }),
    )
  })

  test('a fraction below the smallest unit is refused, trailing zeros are not', () => {
    expect(decimalToBaseUnits('0.0000001', 6)).toBeNull()
    expect(decimalToBaseUnits('0.1000000', 6)).toBe('100000')
  })

  test.each(['', '.', '1.', '.5', '1e6', '0x10', '1,000', 'Infinity'])(
    '"%s" is not a decimal',
    (text) => {
      expect(decimalToBaseUnits(text, 6)).toBeNull()
    },
  )
})

describe('token amounts for reading', () => {
  test.each([
    ['150740000', 6, '150.74'],
    ['1204000000', 6, '1,204.00'],
    ['11223110000000000', 18, '0.01122311'],
    ['1', 18, '0.000000000000000001'],
    ['-2100000', 6, '−2.10'],
    ['0', 6, '0.00'],
    ['1234567', 0, '1,234,567'],
  ])('%s with %i decimals reads %s', (baseUnits, places, text) => {
    expect(formatTokenAmount({ baseUnits, decimals: places })).toBe(text)
  })

  test('what is shown is never more than the true amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 40n }), (value) => {
        const shown = formatTokenAmount({ baseUnits: value.toString(), decimals: 18 })
        const read = decimalToBaseUnits(shown.replaceAll(',', ''), 18)
        expect(BigInt(read ?? '-1')).toBeGreaterThanOrEqual(0n)
        expect(BigInt(read ?? '-1')).toBeLessThanOrEqual(value)
      }),
    )
  })
})

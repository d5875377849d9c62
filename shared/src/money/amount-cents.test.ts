import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { centsToDecimal, formatCents, parseDollars } from './amount-cents.ts'
import { amountCents } from './amount-cents-schema.ts'

const anyCents = fc.oneof(
  fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  fc.constantFrom(0, 1, 9, 10, 99, 100, 101, Number.MAX_SAFE_INTEGER),
)

describe('cents', () => {
  test('what is written as dollars reads back as the same cents, up to 2^53', () => {
    fc.assert(
      fc.property(anyCents, (cents) => {
        expect(parseDollars(centsToDecimal(cents))).toBe(cents)
      }),
    )
  })

  test('reading forgives thousands separators, a dollar sign and spaces', () => {
    fc.assert(
      fc.property(anyCents, (cents) => {
        const [whole = '', fraction] = centsToDecimal(cents).split('.')
        const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
        expect(parseDollars(` $ ${grouped}.${fraction} `)).toBe(cents)
      }),
    )
  })

  test.each([
    ['9007199254740992', 'more cents than a number holds exactly'],
    ['90071992547409.92', 'one cent more than a number holds exactly'],
    ['1.005', 'a fraction of a cent'],
    ['1e3', 'an exponent'],
    ['12,34', 'a decimal comma'],
    ['-5', 'a negative amount'],
    ['', 'nothing'],
    ['NaN', 'no number'],
    ['١٢', 'digits of another script'],
  ])('%s is refused rather than rounded: %s', (text) => {
    expect(parseDollars(text)).toBeNull()
  })

  test('decimal text is exact beyond what a number holds', () => {
    expect(centsToDecimal(900_719_925_474_099_301n)).toBe('9007199254740993.01')
    expect(centsToDecimal(-5)).toBe('-0.05')
  })

  test('the schema refuses fractions and numbers that are no longer exact', () => {
    expect(amountCents.safeParse(1.5).success).toBe(false)
    expect(amountCents.safeParse(2 ** 53).success).toBe(false)
    expect(amountCents.safeParse(2 ** 53 - 1).success).toBe(true)
  })
})

describe('money for reading', () => {
  test('shows every cent, grouped, with a true minus sign', () => {
    expect(formatCents(120_400)).toBe('$1,204.00')
    expect(formatCents(-210)).toBe('−$2.10')
    expect(formatCents(900_719_925_474_099_301n)).toBe('$9,007,199,254,740,993.01')
  })

  test('a bare $ is the US dollar in every locale, and no other dollar', () => {
    expect(formatCents(120_400, { locale: 'en-GB' })).toBe('$1,204.00')
    expect(formatCents(120_400, { locale: 'en-GB', currency: 'CAD' })).toBe('CA$1,204.00')
  })

  test('a currency that is no ISO code is shown as it came instead of throwing', () => {
    expect(formatCents(120_400, { currency: 'POINTS' })).toBe('1,204.00 POINTS')
    expect(formatCents(120_400, { currency: '' })).toBe('1,204.00 ')
  })
})

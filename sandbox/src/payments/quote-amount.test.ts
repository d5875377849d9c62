import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dollarText, expectedAmount, unitText, worthInCents } from './quote-amount.ts'

const ether = { rateE8: 374_205_353_900, decimals: 18 }

describe('the amount a payer is asked for', () => {
  test.each([
    { cents: 250, price: ether, baseUnits: 668_082_370_801_162n },
    { cents: 14_999, price: ether, baseUnits: 40_082_269_918_586_538n },
    { cents: 15_074, price: ether, baseUnits: 40_282_694_629_826_887n },
    { cents: 14_999, price: { rateE8: 100_000_000, decimals: 6 }, baseUnits: 149_990_000n },
  ])('$cents cents are $baseUnits base units, as published', ({ cents, price, baseUnits }) => {
    expect(expectedAmount(cents, price)).toBe(baseUnits)
  })

  test('is the most base units that are worth no more than the price, for every amount, rate and number of decimals', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000_000 }),
        fc.integer({ min: 1, max: 10_000_000_000_000 }),
        fc.constantFrom(6, 8, 9, 18),
        (cents, rateE8, decimals) => {
          const amount = expectedAmount(cents, { rateE8, decimals })
          const owed = BigInt(cents) * 10n ** BigInt(decimals) * 100_000_000n
          const worth = (units: bigint) => units * BigInt(rateE8) * 100n
          expect(worth(amount) <= owed && worth(amount + 1n) > owed).toBe(true)
        },
      ),
    )
  })

  test('is worth exactly its price again in dollars, although it was rounded down', () => {
    expect(worthInCents(expectedAmount(15_074, ether), ether)).toBe(15_074)
  })
})

test('money is written with all its digits', () => {
  expect([dollarText(5), dollarText(15_074)]).toEqual(['0.05', '150.74'])
  expect([unitText(125_500_000n, 6), unitText(1n, 18), unitText(7_000_000n, 6)]).toEqual([
    '125.5',
    '0.000000000000000001',
    '7',
  ])
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differenceKinds, EXCHANGE_BASIS_POINTS_MAX, splitDifference } from './day-difference.ts'

const cents = fc.integer({ min: -(10 ** 9), max: 10 ** 11 })
const arrival = fc
  .record({
    arrivedCents: cents,
    chargeCents: fc.integer({ min: 0, max: 10 ** 6 }),
    isExchanged: fc.boolean(),
  })
  .map(({ isExchanged, ...known }) => ({
    ...known,
    exchangedCents: isExchanged ? known.arrivedCents : 0,
  }))
const day = fc.record({
  expectedCents: cents,
  arrivals: fc.array(arrival, { maxLength: 5 }),
  isDue: fc.boolean(),
})

test('each cent between expected and arrived has exactly one kind', () => {
  fc.assert(
    fc.property(day, (each) => {
      const split = splitDifference(each)
      const parts = differenceKinds.map((kind) => split[kind])
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(split.difference)
      expect(split.difference).toBe(each.expectedCents - split.arrived)
      expect(
        [split.timing, split.fx, split.excess, split.missing].filter(Boolean).length,
      ).toBeLessThan(2)
      expect(split.excess).toBeLessThanOrEqual(0)
      expect(Math.min(split.missing, split.timing, split.fee)).toBeGreaterThanOrEqual(0)
    }),
  )
})

test('only time turns what is on its way into what is missing, and nothing else changes with it', () => {
  fc.assert(
    fc.property(day, (each) => {
      const before = splitDifference({ ...each, isDue: false })
      const after = splitDifference({ ...each, isDue: true })
      expect(before.missing).toBe(0)
      expect(after).toEqual({ ...before, missing: before.timing, timing: 0 })
    }),
  )
})

test('a rate explains no more than its share of what was exchanged', () => {
  fc.assert(
    fc.property(day, (each) => {
      const exchanged = each.arrivals.reduce((sum, { exchangedCents }) => sum + exchangedCents, 0)
      const { fx } = splitDifference(each)
      expect(Math.abs(fx) * 10_000).toBeLessThanOrEqual(
        Math.abs(exchanged) * EXCHANGE_BASIS_POINTS_MAX,
      )
    }),
  )
})

const whole = { arrivedCents: 100_000, chargeCents: 0, exchangedCents: 0 }

test.each([
  ['all of it', [whole], {}],
  [
    'less what the bank kept',
    [{ ...whole, arrivedCents: 98_500, chargeCents: 1_500 }],
    { fee: 1_500 },
  ],
  [
    'with a fee that was booked by itself',
    [whole, { arrivedCents: -700, chargeCents: 700, exchangedCents: 0 }],
    { fee: 700 },
  ],
  [
    'at a poor rate',
    [{ arrivedCents: 99_100, chargeCents: 0, exchangedCents: 99_100 }],
    { fx: 900 },
  ],
  [
    'at a good rate',
    [{ arrivedCents: 100_250, chargeCents: 0, exchangedCents: 100_250 }],
    { fx: -250 },
  ],
  [
    'half of it, which no rate explains',
    [{ arrivedCents: 50_000, chargeCents: 0, exchangedCents: 50_000 }],
    { missing: 50_000 },
  ],
  ['twice', [whole, whole], { excess: -100_000 }],
  [
    'too much, after a fee',
    [{ ...whole, arrivedCents: 100_300, chargeCents: 500 }],
    { fee: 500, excess: -800 },
  ],
  ['not at all', [], { missing: 100_000 }],
])('it arrived %s', (_, arrivals, parts) => {
  const none = { timing: 0, fee: 0, fx: 0, excess: 0, missing: 0 }
  expect(splitDifference({ expectedCents: 100_000, arrivals, isDue: true })).toMatchObject({
    ...none,
    ...parts,
  })
})

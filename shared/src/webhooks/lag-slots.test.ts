import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LAG_SLOT_MAX, lagPercentile, lagSlotOf } from './lag-slots.ts'

const lasted = fc.integer({ min: 1, max: 80 * 24 * 60 * 60_000 })

test('a percentile read from slots is right to within an eighth', () => {
  fc.assert(
    fc.property(
      fc.array(lasted, { minLength: 1, maxLength: 200 }),
      fc.constantFrom(0.5, 0.95, 0.99),
      (durations, share) => {
        const exact = durations.toSorted((a, b) => a - b)[Math.ceil(share * durations.length) - 1]
        const read = lagPercentile(
          durations.map((duration) => ({ slot: lagSlotOf(duration), count: 1 })),
          share,
        )
        expect((read ?? 0) / (exact ?? 1)).toBeGreaterThan(1 / 1.13)
        expect((read ?? 0) / (exact ?? 1)).toBeLessThan(1.13)
      },
    ),
  )
})

test('counts of two stretches add up to the counts of both', () => {
  fc.assert(
    fc.property(fc.array(lasted, { minLength: 1 }), fc.array(lasted), (one, other) => {
      const counted = [...one, ...other].map((duration) => ({
        slot: lagSlotOf(duration),
        count: 1,
      }))
      const bySlot = Map.groupBy(counted, ({ slot }) => slot)
      const added = [...bySlot].map(([slot, all]) => ({ slot, count: all.length }))
      expect(lagPercentile(added, 0.95)).toBe(lagPercentile(counted, 0.95))
    }),
  )
})

test('longer never lands in a lower slot, and nothing beyond the last', () => {
  fc.assert(
    fc.property(lasted, lasted, (a, b) => {
      expect(lagSlotOf(Math.max(a, b))).toBeGreaterThanOrEqual(lagSlotOf(Math.min(a, b)))
    }),
  )
  expect(lagSlotOf(1e15)).toBe(LAG_SLOT_MAX)
  expect(lagSlotOf(-5_000)).toBe(0)
})

test('nothing counted says nothing', () => {
  expect(lagPercentile([], 0.5)).toBeNull()
})

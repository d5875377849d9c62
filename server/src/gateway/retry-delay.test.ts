import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { fullJitterMs, retryAfterMs } from './retry-delay.ts'

const now = new Date('2026-04-01T12:00:00.000Z')

test.for<[string | null, number | null]>([
  ['0', 0],
  [' 120 ', 120_000],
  ['Wed, 01 Apr 2026 12:00:07 GMT', 7_000],
  ['Wednesday, 01-Apr-2026 12:00:07 GMT', 7_000],
  ['Wed, 01 Apr 2026 11:00:00 GMT', 0],
  ['999999999', 3_600_000],
  ['Fri, 31 Dec 2999 23:59:59 GMT', 3_600_000],
  ['-5', null],
  ['1.5', null],
  ['soon', null],
  ['', null],
  [null, null],
])('Retry-After %s means %s ms', ([header, ms]) => {
  expect(retryAfterMs(header, now)).toBe(ms)
})

test('full jitter lies anywhere below half a second doubled per attempt, and below 30 s', () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), random, (attempt, chance) => {
      const ms = fullJitterMs(attempt, () => chance)
      expect(ms).toBeGreaterThanOrEqual(0)
      expect(ms).toBeLessThan(Math.min(30_000, 500 * 2 ** (attempt - 1)))
    }),
  )
  expect(fullJitterMs(3, () => 0)).toBe(0)
  expect(fullJitterMs(3, () => 0.999)).toBe(1_998)
})

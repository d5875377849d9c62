import fc from 'fast-check'
import { expect, test } from 'vitest'
import { confirmQuantile, confirmStepSeconds } from './confirm-steps.ts'

function counted(seconds: readonly number[]): number[] {
  const counts = [...confirmStepSeconds.map(() => 0), 0]
  for (const each of seconds) {
    const step = confirmStepSeconds.findIndex((end) => each <= end)
    const place = step === -1 ? counts.length - 1 : step
    counts[place] = (counts[place] ?? 0) + 1
  }
  return counts
}

test('a quantile lies in the step of the true one', () => {
  const times = fc.array(fc.integer({ min: 0, max: 86_400 }), { minLength: 1, maxLength: 200 })
  fc.assert(
    fc.property(times, fc.constantFrom(0.5, 0.95), (seconds, share) => {
      const sorted = seconds.toSorted((a, b) => a - b)
      const truth = sorted[Math.ceil(sorted.length * share) - 1] ?? 0
      const end = confirmStepSeconds.findIndex((each) => truth <= each)
      const about = confirmQuantile(counted(seconds), share)
      expect(about).toBeGreaterThanOrEqual(confirmStepSeconds[end - 1] ?? 0)
      expect(about).toBeLessThanOrEqual(confirmStepSeconds[end] ?? 0)
    }),
  )
})

test('nothing confirmed has no time, and what took longest is as long as is counted', () => {
  expect(confirmQuantile(counted([]), 0.5)).toBeNull()
  expect(confirmQuantile(counted([10 ** 7]), 0.5)).toBe(86_400)
})

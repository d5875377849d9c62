import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expectedBy, usualDelay, workingDaysBetween } from './expected-by.ts'

test.each([
  ['a Wednesday', '2026-11-18', 1, '2026-11-19'],
  ['a Friday', '2026-11-20', 1, '2026-11-23'],
  ['a Sunday', '2026-11-22', 1, '2026-11-23'],
  ['a Thursday, with two days', '2026-11-19', 2, '2026-11-23'],
])('the money of %s is to be there on a working day', (_, day, workingDays, by) => {
  expect(expectedBy(day, workingDays)).toBe(by)
})

test('what arrives on the day it was expected by took just as many working days', () => {
  const days = fc.date({
    min: new Date('2020-01-01'),
    max: new Date('2030-01-01'),
    noInvalidDate: true,
  })
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 9 }), (date, workingDays) => {
      const day = date.toISOString().slice(0, 10)
      expect(workingDaysBetween(day, expectedBy(day, workingDays))).toBe(workingDays)
    }),
  )
})

test('what was seen counts once enough was seen, and never for more than a week', () => {
  expect(usualDelay([3, 3, 3])).toBe(1)
  expect(usualDelay(Array.from({ length: 40 }, () => 0))).toBe(1)
  expect(usualDelay(Array.from({ length: 40 }, () => 2))).toBe(2)
  expect(usualDelay([...Array.from({ length: 39 }, () => 1), 30])).toBe(1)
  expect(usualDelay(Array.from({ length: 40 }, () => 30))).toBe(5)
})

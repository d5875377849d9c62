import { expect, test } from 'vitest'
import { clockOfInstant, instantOfClock } from './zoned-time.ts'

test.each([
  ['2026-11-12T14:00', 'Europe/London', '2026-11-12T14:00:00.000Z'],
  ['2026-07-12T14:00', 'Europe/London', '2026-07-12T13:00:00.000Z'],
  ['2026-07-12T00:30', 'America/New_York', '2026-07-12T04:30:00.000Z'],
  ['2026-03-29T00:59', 'Europe/London', '2026-03-29T00:59:00.000Z'],
  ['2026-03-29T02:00', 'Europe/London', '2026-03-29T01:00:00.000Z'],
  ['2026-10-25T03:00', 'Europe/London', '2026-10-25T03:00:00.000Z'],
  ['2026-01-01T05:45', 'Asia/Kathmandu', '2026-01-01T00:00:00.000Z'],
])('%s in %s is %s, and back', (clock, zone, instant) => {
  expect(instantOfClock(clock, zone)).toBe(instant)
  expect(clockOfInstant(instant, zone)).toBe(clock)
})

test('what is no time is none', () => {
  expect(instantOfClock('', 'Europe/London')).toBeNull()
  expect(instantOfClock('yesterday', 'Europe/London')).toBeNull()
})

import { describe, expect, test } from 'vitest'
import { endOfDay } from './end-of-day.ts'

describe('a day is over', () => {
  test.each([
    ['UTC', '2026-11-23', '2026-11-24T00:00:00.000Z'],
    ['Europe/London', '2026-07-01', '2026-07-01T23:00:00.000Z'],
    // The clocks go back: a day of 25 hours.
    ['Europe/London', '2026-10-25', '2026-10-26T00:00:00.000Z'],
    ['Europe/London', '2026-03-29', '2026-03-29T23:00:00.000Z'],
    ['Pacific/Kiritimati', '2026-11-23', '2026-11-23T10:00:00.000Z'],
    ['Pacific/Pago_Pago', '2026-11-23', '2026-11-24T11:00:00.000Z'],
  ])('in %s on %s at %s', (zone, day, at) => {
    expect(endOfDay(day, zone).toISOString()).toBe(at)
  })
})

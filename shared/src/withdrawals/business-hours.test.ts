import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isOpen, longestClosedHours, nextOpening } from './business-hours.ts'

const berlin = {
  zone: 'Europe/Berlin',
  weekdays: [1, 2, 3, 4, 5],
  from: '09:00',
  until: '17:30',
}
const at = (text: string) => Date.parse(text)
const opening = (hours: typeof berlin, text: string) => {
  const ms = nextOpening(hours, at(text))
  return ms === null ? null : new Date(ms).toISOString()
}

describe('business hours', () => {
  test('begin with their first minute and end before their last', () => {
    // Monday, winter time.
    expect(
      ['07:59:59', '08:00:00', '16:29:59', '16:30:00'].map((time) =>
        isOpen(berlin, at(`2026-11-23T${time}Z`)),
      ),
    ).toEqual([false, true, true, false])
    expect(isOpen(berlin, at('2026-11-22T12:00:00Z'))).toBe(false)
    expect(isOpen(null, at('2026-11-22T12:00:00Z'))).toBe(true)
    expect(isOpen({ ...berlin, until: '24:00' }, at('2026-11-23T22:59:59Z'))).toBe(true)
  })

  test('what comes after them waits for the next open day', () => {
    expect(opening(berlin, '2026-11-20T18:00:00Z')).toBe('2026-11-23T08:00:00.000Z')
    expect(opening(berlin, '2026-11-23T03:00:00Z')).toBe('2026-11-23T08:00:00.000Z')
    expect(opening(berlin, '2026-11-23T09:00:00Z')).toBe('2026-11-23T09:00:00.000Z')
    expect(nextOpening(null, 7)).toBe(7)
  })

  test('follow the clock on the wall when it is changed', () => {
    const sundays = { ...berlin, weekdays: [7], from: '02:30', until: '04:00' }
    // Friday in winter time, Monday in summer time.
    expect(opening(berlin, '2026-03-27T18:00:00Z')).toBe('2026-03-30T07:00:00.000Z')
    // 02:30 does not exist on that Sunday: the clock goes from 02:00 to 03:00.
    expect(opening(sundays, '2026-03-28T12:00:00Z')).toBe('2026-03-29T01:00:00.000Z')
    // It exists twice on that one.
    expect(opening(sundays, '2026-10-24T12:00:00Z')).toBe('2026-10-25T00:30:00.000Z')
    // Hours that fall into the gap altogether are skipped for that week.
    const gap = { ...sundays, from: '02:00', until: '03:00' }
    expect(opening(gap, '2026-03-28T12:00:00Z')).toBe('2026-04-05T00:00:00.000Z')
  })

  test('the next opening is what asking the clock every half hour finds', () => {
    const HALF_HOUR_MS = 30 * 60_000
    const time = fc
      .nat(47)
      .map((halves) => new Date(halves * HALF_HOUR_MS).toISOString().slice(11, 16))
    const anyHours = fc
      .record({
        zone: fc.constantFrom(
          'Europe/Berlin',
          'America/Havana',
          'Australia/Lord_Howe',
          'Asia/Beirut',
        ),
        weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
        from: time,
        until: fc.oneof(time, fc.constant('24:00')),
      })
      .filter(({ from, until }) => from < until)
    const quarters = fc.integer({
      min: Date.UTC(2026, 0, 1) / HALF_HOUR_MS,
      max: Date.UTC(2027, 0, 1) / HALF_HOUR_MS,
    })
    fc.assert(
      fc.property(anyHours, quarters, (hours, half) => {
        const nowMs = half * HALF_HOUR_MS
        const steps = Array.from({ length: 15 * 48 }, (_, index) => nowMs + index * HALF_HOUR_MS)
        expect(nextOpening(hours, nowMs)).toBe(steps.find((ms) => isOpen(hours, ms)))
      }),
    )
  })

  test('the longest wait is over the weekend', () => {
    expect(longestClosedHours(berlin)).toBe(64)
    expect(longestClosedHours({ ...berlin, weekdays: [3] })).toBe(160)
    expect(longestClosedHours({ ...berlin, weekdays: [1, 2, 3, 4, 5, 6, 7] })).toBe(16)
    expect(longestClosedHours(null)).toBe(0)
  })
})

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayMoved, earliestOfClock, startOfDayMs, wallTime, weekdayOf } from './zoned-days.ts'

const HALF_HOUR_MS = 30 * 60_000
// With clock changes at midnight (Havana, Beirut), of half an hour (Lord Howe), and offsets of 45 minutes.
const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Havana',
  'Asia/Beirut',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Atlantic/Azores',
]
const anyDay = fc
  .integer({ min: Date.UTC(2010, 0, 1), max: Date.UTC(2027, 0, 1) })
  .map((ms) => new Date(ms).toISOString().slice(0, 10))

/** Asks the wall every quarter of an hour. */
function slowly(day: string, isIt: (atMs: number) => boolean): number | undefined {
  const noon = Date.parse(`${day}T12:00:00Z`)
  for (let atMs = noon - 40 * 3_600_000; atMs < noon + 40 * 3_600_000; atMs += HALF_HOUR_MS / 2) {
    if (isIt(atMs)) return atMs
  }
  return undefined
}

test.each(zones)('a day in %s begins when the wall first shows it', (zone) => {
  fc.assert(
    fc.property(anyDay, (day) => {
      expect(startOfDayMs(day, zone)).toBe(slowly(day, (at) => wallTime(at, zone).day >= day))
    }),
  )
})

test.each([
  ['Europe/Berlin', '2026-03-29', 23],
  ['Europe/Berlin', '2026-10-25', 25],
  ['America/Havana', '2026-03-08', 23],
  ['Australia/Lord_Howe', '2026-04-05', 24.5],
  ['Pacific/Apia', '2011-12-30', 0],
])('in %s %s has %d hours', (zone, day, hours) => {
  const length = startOfDayMs(dayMoved(day, 1), zone) - startOfDayMs(day, zone)
  expect(length / 3_600_000).toBe(hours)
})

test.each(zones)('a time in %s is when the wall first shows it', (zone) => {
  fc.assert(
    fc.property(anyDay, fc.nat(47), (day, halves) => {
      const time = new Date(halves * HALF_HOUR_MS).toISOString().slice(11, 16)
      const isIt = (at: number) => {
        const wall = wallTime(at, zone)
        return wall.day === day && wall.time === time
      }
      const found = slowly(day, isIt)
      fc.pre(found !== undefined)
      expect(earliestOfClock({ day, time }, zone)).toBe(found)
    }),
  )
})

test('weeks begin on Monday', () => {
  expect(weekdayOf('2026-11-23')).toBe(1)
  expect(weekdayOf('2026-11-29')).toBe(7)
  expect(dayMoved('2026-03-01', -1)).toBe('2026-02-28')
})

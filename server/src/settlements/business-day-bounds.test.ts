import fc from 'fast-check'
import { expect, test } from 'vitest'
import { businessDayBounds } from './business-day-bounds.ts'

const zones = [
  'Europe/London',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'America/Sao_Paulo',
  'UTC',
] as const
const cutOffs = ['00:00', '01:30', '02:30', '05:00', '23:59'] as const

test('every instant is in exactly one day, whatever the clocks do', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.constantFrom(...cutOffs),
      fc.date({ min: new Date('2009-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
      fc.integer({ min: 0, max: 400 }),
      (zone, cutOff, from, daysLong) => {
        const until = new Date(from.getTime() + daysLong * 86_400_000)
        const days = businessDayBounds({ zone, cutOff }, { from, until })
        const [first] = days
        const last = days.at(-1)
        expect(Date.parse(first?.startsAt ?? '')).toBeLessThanOrEqual(from.getTime())
        expect(Date.parse(last?.endsAt ?? '')).toBeGreaterThan(until.getTime())
        for (const day of days) {
          expect(Date.parse(day.endsAt)).toBeGreaterThan(Date.parse(day.startsAt))
        }
        const starts = days.map(({ startsAt }) => startsAt)
        expect(starts.slice(1)).toEqual(days.slice(0, -1).map(({ endsAt }) => endsAt))
        expect(new Set(days.map(({ day }) => day)).size).toBe(days.length)
      },
    ),
  )
})

test.each([
  ['the day the clocks go forward', '2026-03-29', 23],
  ['the day the clocks go back', '2026-10-25', 25],
  ['any other day', '2026-06-01', 24],
])('%s has its own length', (_, day, hours) => {
  const noon = new Date(`${day}T12:00:00Z`)
  const [bounds] = businessDayBounds(
    { zone: 'Europe/London', cutOff: '00:00' },
    { from: noon, until: noon },
  )
  const { startsAt = '', endsAt = '' } = bounds ?? {}
  expect(bounds?.day).toBe(day)
  expect((Date.parse(endsAt) - Date.parse(startsAt)) / 3_600_000).toBe(hours)
})

test('a cut-off that comes twice is the first of both, so that no hour belongs to two days', () => {
  const rule = { zone: 'Europe/London', cutOff: '01:30' }
  const again = new Date('2026-10-25T01:15:00Z')
  const [bounds] = businessDayBounds(rule, { from: again, until: again })
  expect(bounds).toEqual({
    day: '2026-10-25',
    startsAt: '2026-10-25T00:30:00Z',
    endsAt: '2026-10-26T01:30:00Z',
  })
})

test('a day that begins at five carries the date of that morning', () => {
  const rule = { zone: 'Europe/London', cutOff: '05:00' }
  const night = new Date('2026-01-15T04:59:59Z')
  const [bounds] = businessDayBounds(rule, { from: night, until: night })
  expect(bounds?.day).toBe('2026-01-14')
})

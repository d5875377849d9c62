import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayMoved, wallTime } from './zoned-days.ts'
import {
  businessDayNamed,
  businessDayOf,
  type BusinessDayRule,
  instantsOfDays,
  startOfBusinessDay,
} from './business-day.ts'

const HOUR_MS = 3_600_000

// Offsets of 45 and 30 minutes, changes of half an hour, at one minute past midnight (St John's before
// 2012), a day that a calendar lacks (Apia, 30 December 2011), and London.
const zones = [
  'Asia/Kathmandu',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Europe/London',
] as const
// Inside what London's, Lord Howe's and St John's clocks skip and show twice, and away from it.
const cutOffs = ['00:00', '00:01', '01:30', '01:45', '02:15', '05:00', '17:30', '23:30'] as const
const anyRule: fc.Arbitrary<BusinessDayRule> = fc.record({
  zone: fc.constantFrom(...zones),
  cutOff: fc.constantFrom(...cutOffs),
})
/** Around a clock change of one of the zones, or anywhere. */
const changes = [
  '2011-03-13T03:31:00Z',
  '2011-11-06T02:31:00Z',
  '2011-12-30T10:00:00Z',
  '2020-09-26T14:00:00Z',
  '2026-03-29T01:00:00Z',
  '2026-04-04T15:00:00Z',
  '2026-10-03T15:30:00Z',
  '2026-10-25T01:00:00Z',
  '2026-11-01T04:30:00Z',
].map((at) => Date.parse(at))
const nearChange = fc
  .tuple(fc.constantFrom(...changes), fc.integer({ min: -30 * HOUR_MS, max: 30 * HOUR_MS }))
  .map(([change, off]) => change + off)
const anyInstant = fc.oneof(
  nearChange,
  fc
    .date({ min: new Date('2009-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
    .map((date) => date.getTime()),
)

describe('business days', () => {
  test('hold every instant once, whatever the clocks do', () => {
    fc.assert(
      fc.property(anyRule, anyInstant, (rule, at) => {
        const day = businessDayOf(at, rule)
        const holding = [-2, -1, 0, 1, 2]
          .map((by) => dayMoved(day, by))
          .filter((each) => {
            const { startsAt, endsAt } = businessDayNamed(each, rule)
            return Date.parse(startsAt) <= at && at < Date.parse(endsAt)
          })
        expect(holding).toEqual([day])
      }),
      { numRuns: 1_000 },
    )
  })

  test('follow each other without a gap or an overlap', () => {
    fc.assert(
      fc.property(anyRule, anyInstant, (rule, at) => {
        const from = dayMoved(businessDayOf(at, rule), -2)
        const days = [0, 1, 2, 3, 4].map((by) => businessDayNamed(dayMoved(from, by), rule))
        expect(days.slice(1).map(({ startsAt }) => startsAt)).toEqual(
          days.slice(0, -1).map(({ endsAt }) => endsAt),
        )
        expect(instantsOfDays({ from, to: dayMoved(from, 4) }, rule)).toEqual({
          from: days[0]?.startsAt,
          before: days.at(-1)?.endsAt,
        })
      }),
      { numRuns: 500 },
    )
  })

  test('begin when the clock first shows the cut-off, or as much later as it was put forward', () => {
    fc.assert(
      fc.property(anyRule, anyInstant, (rule, at) => {
        const day = businessDayOf(at, rule)
        const start = startOfBusinessDay(day, rule)
        const { time, day: shownDay } = wallTime(start, rule.zone)
        const isShownBefore = [0.5, 1, 1.5, 2].some((hours) => {
          const wall = wallTime(start - hours * HOUR_MS, rule.zone)
          return wall.day === day && wall.time === rule.cutOff
        })
        const isShown = time === rule.cutOff && shownDay === day
        const isSkipped = `${shownDay} ${time}` > `${day} ${rule.cutOff}`
        expect(isShown ? !isShownBefore : isSkipped).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    ['of 24 hours', 'Europe/London', '05:00', '2026-07-15', 24],
    ['that lacks an hour', 'Europe/London', '00:00', '2026-03-29', 23],
    ['that lacks it under a later cut-off', 'Europe/London', '05:00', '2026-03-28', 23],
    ['that has an hour twice', 'Europe/London', '00:00', '2026-10-25', 25],
    ['that has half an hour twice', 'Australia/Lord_Howe', '00:00', '2026-04-05', 24.5],
    ['whose cut-off is skipped', 'Europe/London', '01:30', '2026-03-29', 23],
    ['before a cut-off that is skipped', 'Europe/London', '01:30', '2026-03-28', 24],
    ['whose cut-off comes twice', 'Europe/London', '01:30', '2026-10-25', 25],
    ['that the calendar lacks', 'Pacific/Apia', '00:00', '2011-12-30', 0],
  ])('may be one %s', (_, zone, cutOff, day, hours) => {
    const { startsAt, endsAt } = businessDayNamed(day, { zone, cutOff })
    expect((Date.parse(endsAt) - Date.parse(startsAt)) / HOUR_MS).toBe(hours)
  })

  test('start at the first moment there is where midnight is skipped', () => {
    const rule = { zone: 'America/Sao_Paulo', cutOff: '00:00' }
    expect(instantsOfDays({ from: '2018-11-04', to: '2018-11-03' }, rule)).toEqual({
      from: '2018-11-04T03:00:00Z',
      before: '2018-11-04T03:00:00Z',
    })
  })

  test('have no bounds where a range is open', () => {
    const rule = { zone: 'UTC', cutOff: '00:00' }
    expect(instantsOfDays({ from: null, to: null }, rule)).toEqual({ from: null, before: null })
  })
})

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instantsOfDays, instantsOfRange } from './business-days.ts'

const hour = 3_600_000

describe('the instants of a business day', () => {
  test.each([
    ['in winter', '2026-01-15', '2026-01-15T00:00:00Z', '2026-01-16T00:00:00Z'],
    ['in summer', '2026-07-15', '2026-07-14T23:00:00Z', '2026-07-15T23:00:00Z'],
    ['that lacks an hour', '2026-03-29', '2026-03-29T00:00:00Z', '2026-03-29T23:00:00Z'],
    ['that has an hour twice', '2026-10-25', '2026-10-24T23:00:00Z', '2026-10-26T00:00:00Z'],
  ])('in London, %s', (_, day, from, before) => {
    expect(instantsOfDays({ from: day, to: day }, 'Europe/London')).toEqual({ from, before })
  })

  test('start at the first moment there is where midnight is skipped', () => {
    expect(instantsOfDays({ from: '2018-11-04', to: '2018-11-03' }, 'America/Sao_Paulo')).toEqual({
      from: '2018-11-04T03:00:00Z',
      before: '2018-11-04T03:00:00Z',
    })
  })

  test('follow each other without a gap or an overlap, in every zone', () => {
    const zone = fc.constantFrom(
      'Europe/London',
      'America/New_York',
      'Africa/Cairo',
      'Asia/Kolkata',
      'Pacific/Chatham',
      'America/Santiago',
      'UTC',
    )
    const day = fc
      .date({ min: new Date('2000-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
    fc.assert(
      fc.property(zone, day, (zone, from) => {
        const to = new Date(Date.parse(from) + 24 * hour).toISOString().slice(0, 10)
        const first = instantsOfDays({ from, to: from }, zone)
        const second = instantsOfDays({ from: to, to }, zone)
        expect(first.before).toBe(second.from)
        const hours = (Date.parse(first.before ?? '') - Date.parse(first.from ?? '')) / hour
        expect(hours).toBeGreaterThanOrEqual(23)
        expect(hours).toBeLessThanOrEqual(25)
      }),
    )
  })

  test('may begin and end at a minute of the clock, both included', () => {
    expect(
      instantsOfRange({ from: '2026-07-01T14:30', to: '2026-07-01T14:30' }, 'Europe/London'),
    ).toEqual({ from: '2026-07-01T13:30:00Z', before: '2026-07-01T13:31:00Z' })
    expect(
      instantsOfRange({ from: '2026-07-01T14:30', to: '2026-07-02' }, 'Europe/London'),
    ).toEqual({ from: '2026-07-01T13:30:00Z', before: '2026-07-02T23:00:00Z' })
  })

  test('hold every minute that a clock shows twice, and none is refused that it never shows', () => {
    expect(
      instantsOfRange({ from: '2026-10-25T01:30', to: '2026-10-25T01:30' }, 'Europe/London'),
    ).toEqual({ from: '2026-10-25T00:30:00Z', before: '2026-10-25T01:31:00Z' })
    expect(
      instantsOfRange({ from: '2026-03-29T01:30', to: '2026-03-29T01:30' }, 'Europe/London'),
    ).toEqual({ from: '2026-03-29T00:30:00Z', before: '2026-03-29T01:31:00Z' })
  })

  test('open ends stay open', () => {
    expect(instantsOfRange({ from: null, to: null }, 'UTC')).toEqual({ from: null, before: null })
    expect(instantsOfDays({ from: null, to: null }, 'UTC')).toEqual({ from: null, before: null })
  })
})

import { describe, expect, test } from 'vitest'
import { instantsOfRange } from './business-days.ts'

const london = { zone: 'Europe/London', cutOff: '00:00' }

describe('the instants of a range', () => {
  test('may begin and end at a minute of the clock, both included', () => {
    expect(instantsOfRange({ from: '2026-07-01T14:30', to: '2026-07-01T14:30' }, london)).toEqual({
      from: '2026-07-01T13:30:00Z',
      before: '2026-07-01T13:31:00Z',
    })
    expect(instantsOfRange({ from: '2026-07-01T14:30', to: '2026-07-02' }, london)).toEqual({
      from: '2026-07-01T13:30:00Z',
      before: '2026-07-02T23:00:00Z',
    })
  })

  test('hold every minute that a clock shows twice, and none is refused that it never shows', () => {
    expect(instantsOfRange({ from: '2026-10-25T01:30', to: '2026-10-25T01:30' }, london)).toEqual({
      from: '2026-10-25T00:30:00Z',
      before: '2026-10-25T01:31:00Z',
    })
    expect(instantsOfRange({ from: '2026-03-29T01:30', to: '2026-03-29T01:30' }, london)).toEqual({
      from: '2026-03-29T00:30:00Z',
      before: '2026-03-29T01:31:00Z',
    })
  })

  test('begin with the cut-off where a day is named, and with the minute where one is', () => {
    const rule = { zone: 'Europe/London', cutOff: '05:00' }
    expect(instantsOfRange({ from: '2026-07-01', to: '2026-07-01T14:30' }, rule)).toEqual({
      from: '2026-07-01T04:00:00Z',
      before: '2026-07-01T13:31:00Z',
    })
  })

  test('open ends stay open', () => {
    expect(instantsOfRange({ from: null, to: null }, london)).toEqual({ from: null, before: null })
  })
})

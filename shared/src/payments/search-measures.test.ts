import { describe, expect, test } from 'vitest'
import { parseSearch } from './parse-search.ts'
import { printSearch } from './print-search.ts'
import { hourAsked, secondsAsked } from './search-measures.ts'

describe('what charts ask of the list', () => {
  test.each([
    ['14', { weekday: null, hour: 14 }],
    ['sun', { weekday: 7, hour: null }],
    ['mon-0', { weekday: 1, hour: 0 }],
    ['mon0', null],
    ['-3', null],
    ['mon-', null],
    ['24', null],
    ['noon', null],
    ['', null],
  ])('hour:%s', (value, asked) => {
    expect(hourAsked(value)).toEqual(asked)
  })

  test.each([
    ['20', { min: 20, max: 20 }],
    ['>86400', { min: 86_401, max: null }],
    ['<5', { min: null, max: 4 }],
    ['21..30', { min: 21, max: 30 }],
    ['..30', { min: null, max: 30 }],
    ['..', null],
    ['5m', null],
    ['-1', null],
  ])('confirm:%s', (value, asked) => {
    expect(secondsAsked(value)).toEqual(asked)
  })

  test('is written as it is read, and what it is not is said', () => {
    const text = 'reached:seen -reached:completed hour:mon-14 confirm:21..30'
    const { query, faults } = parseSearch(text)
    expect(faults).toEqual([])
    expect(printSearch(query)).toBe(text)
    expect(parseSearch('reached:moon').faults[0]?.message).toBe(
      'reached: takes quoted, seen, completed.',
    )
  })
})

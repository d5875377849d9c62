import { describe, expect, test } from 'vitest'
import { addDays } from './business-day.ts'
import { presetOf, presetRange, rangeText } from './date-presets.ts'

describe('presets', () => {
  test.each([
    ['today', '2026-11-22', '2026-11-22'],
    ['yesterday', '2026-11-21', '2026-11-21'],
    ['last 7 days', '2026-11-16', '2026-11-22'],
    ['last 30 days', '2026-10-24', '2026-11-22'],
    ['this month', '2026-11-01', '2026-11-22'],
    ['last month', '2026-10-01', '2026-10-31'],
  ] as const)('"%s" on 22 November 2026 is %s to %s', (name, from, to) => {
    expect(presetRange(name, '2026-11-22')).toEqual({ from, to })
  })

  test('last month of a January is the December before, and of a March the whole of February', () => {
    expect(presetRange('last month', '2026-01-31')).toEqual({
      from: '2025-12-01',
      to: '2025-12-31',
    })
    expect(presetRange('last month', '2028-03-31')).toEqual({
      from: '2028-02-01',
      to: '2028-02-29',
    })
  })

  test('across a change of the clocks no day is skipped or counted twice', () => {
    // London: 29 March 2026 has 23 hours, 25 October 2026 has 25.
    expect(presetRange('last 7 days', '2026-03-30')).toEqual({
      from: '2026-03-24',
      to: '2026-03-30',
    })
    expect(presetRange('yesterday', '2026-10-26')).toEqual({ from: '2026-10-25', to: '2026-10-25' })
    expect(addDays('2026-03-29', 1)).toBe('2026-03-30')
    expect(addDays('2026-10-25', 1)).toBe('2026-10-26')
  })

  test('a range that is a preset is called by its name, and by the shorter of two that agree', () => {
    expect(presetOf({ from: '2026-11-16', to: '2026-11-22' }, '2026-11-22')).toBe('last 7 days')
    expect(presetOf({ from: '2026-11-01', to: '2026-11-01' }, '2026-11-01')).toBe('today')
    expect(presetOf({ from: '2026-11-02', to: '2026-11-22' }, '2026-11-22')).toBeNull()
  })
})

describe('a range in words', () => {
  test.each([
    [{ from: null, to: null }, ''],
    [{ from: '2026-11-20', to: '2026-11-20' }, '20 Nov'],
    [{ from: '2026-11-02', to: '2026-11-20' }, '2 Nov – 20 Nov'],
    [{ from: '2025-11-02', to: null }, 'from 2 Nov 2025'],
    [{ from: null, to: '2026-11-20' }, 'until 20 Nov'],
  ])('%o reads "%s"', (range, text) => {
    expect(rangeText(range, '2026-11-22')).toBe(text)
  })
})

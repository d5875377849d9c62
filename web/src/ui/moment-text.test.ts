import { describe, expect, test } from 'vitest'
import { bothClocks, clockText, letterText, preciseText, relativeText } from './moment-text.ts'

const nowMs = Date.parse('2026-11-22T14:32:00Z')
const before = (ms: number) => new Date(nowMs - ms).toISOString()

describe('relative time', () => {
  test.each([
    [0, 'just now'],
    [4_000, '4 s ago'],
    [59_999, '59 s ago'],
    [60_000, '1 min ago'],
    [3_599_999, '59 min ago'],
    [3_600_000, '1 h ago'],
    [86_400_000, '1 d ago'],
    [-600_000, 'in 10 min'],
  ])('%i ms before now reads "%s"', (ms, text) => {
    expect(relativeText(before(ms), nowMs)).toBe(text)
  })

  test('a month ago is a date, with the year once it differs', () => {
    expect(relativeText('2026-09-03T10:00:00Z', nowMs)).toBe('3 Sept')
    expect(relativeText('2025-10-03T10:00:00Z', nowMs)).toBe('3 Oct 2025')
  })
})

describe('clock text', () => {
  test('today is a day of the business zone, not of UTC', () => {
    const at = '2026-11-21T23:30:00Z'
    expect(clockText(at, { zone: 'Asia/Tokyo', nowMs })).toBe('08:30')
    expect(clockText(at, { zone: 'Europe/London', nowMs })).toBe('21 Nov 23:30')
  })

  test('to the second, the time stays however long ago it was', () => {
    const read = (at: string) => preciseText(at, { zone: 'Europe/London', nowMs })
    expect(read('2026-11-22T14:31:02Z')).toBe('14:31:02')
    expect(read('2026-11-21T14:31:02Z')).toBe('21 Nov 14:31:02')
    expect(read('2025-07-21T14:31:02Z')).toBe('21 Jul 2025 15:31:02')
  })

  test('both clocks are shown in full, UTC with its own date when the day differs', () => {
    expect(bothClocks('2026-11-22T14:31:02Z', 'Europe/London')).toBe(
      'Sun 22 Nov 2026, 14:31:02 London\n14:31:02 UTC',
    )
    expect(bothClocks('2026-11-22T23:31:02Z', 'Asia/Tokyo')).toBe(
      'Mon 23 Nov 2026, 08:31:02 Tokyo\nSun 22 Nov 2026, 23:31:02 UTC',
    )
  })
})

describe('a time in a letter', () => {
  test('has its day, its year and its zone', () => {
    const at = '2026-07-01T22:30:00Z'
    expect(letterText(at, 'Europe/London')).toBe('1 Jul 2026, 23:30 (London time)')
    expect(letterText(at, 'UTC')).toBe('1 Jul 2026, 22:30 (UTC)')
  })
})

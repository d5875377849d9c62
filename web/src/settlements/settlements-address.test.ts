import { expect, test } from 'vitest'
import { daysShown, keepSettlementsSearch, monthOf } from './settlements-address.ts'

test('an address shows its days, and this month where it names none', () => {
  expect(daysShown({}, '2026-11-22')).toEqual({ from: '2026-11-01', to: '2026-11-22' })
  expect(daysShown({ from: '2026-10-01', to: '2026-10-31' }, '2026-11-22')).toEqual({
    from: '2026-10-01',
    to: '2026-10-31',
  })
  expect(daysShown({ from: '2026-11-10' }, '2026-11-22')).toEqual({
    from: '2026-11-10',
    to: '2026-11-22',
  })
})

test('days the wrong way round are turned, and too many are cut to the last', () => {
  expect(daysShown({ from: '2026-10-31', to: '2026-10-01' }, '2026-11-22')).toEqual({
    from: '2026-10-01',
    to: '2026-10-31',
  })
  expect(daysShown({ from: '2020-01-01', to: '2026-11-22' }, '2026-11-22').from).toBe('2025-10-19')
})

test('what is no day is left out', () => {
  expect(keepSettlementsSearch({ from: '2026-02-30', to: 'x', day: ['2026-11-22'] })).toEqual({})
})

test('a month ends where it ends', () => {
  expect(monthOf('2026-03-15', -1)).toEqual({ from: '2026-02-01', to: '2026-02-28' })
  expect(monthOf('2026-01-31', -1)).toEqual({ from: '2025-12-01', to: '2025-12-31' })
})

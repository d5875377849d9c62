import { expect, test } from 'vitest'
import { withDays } from './day-separators.ts'

test('each business day is named once, before its rows', () => {
  const items = ['2026-11-22T14:00:00Z', '2026-11-22T09:00:00Z', '2026-11-21T23:00:00Z']
  expect(
    withDays(items, { rule: { zone: 'Europe/London', cutOff: '00:00' }, today: '2026-11-22' }),
  ).toEqual([
    { kind: 'title', title: 'Today, 22 Nov' },
    { kind: 'row', index: 0 },
    { kind: 'row', index: 1 },
    { kind: 'title', title: 'Yesterday, 21 Nov' },
    { kind: 'row', index: 2 },
  ])
})

test('a day ends at midnight of the business zone, not of UTC', () => {
  const items = ['2026-11-21T15:00:00Z', '2026-11-21T14:59:59Z']
  expect(titles(items, 'Asia/Tokyo')).toEqual(['Today, 22 Nov', 'Yesterday, 21 Nov'])
  expect(titles(items, 'Europe/London')).toEqual(['Yesterday, 21 Nov'])
})

test('the long day on which clocks go back is one day', () => {
  // London, 25 October 2026: 01:30 happens twice, and the day has 25 hours.
  const items = ['2026-10-26T00:00:00Z', '2026-10-25T23:59:59Z', '2026-10-24T23:00:00Z']
  expect(titles(items, 'Europe/London')).toEqual(['Mon, 26 Oct', 'Sun, 25 Oct'])
})

test('days of other years carry their year', () => {
  expect(titles(['2025-12-31T12:00:00Z'], 'UTC')).toEqual(['Wed, 31 Dec 2025'])
})

test('no rows, no days', () => {
  expect(withDays([], { rule: { zone: 'UTC', cutOff: '00:00' }, today: '2026-11-22' })).toEqual([])
})

function titles(instants: readonly string[], zone: string): string[] {
  return withDays(instants, { rule: { zone, cutOff: '00:00' }, today: '2026-11-22' }).flatMap(
    (line) => (line.kind === 'title' ? [line.title] : []),
  )
}

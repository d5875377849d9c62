import { expect, test } from 'vitest'
import {
  countChange,
  pointChange,
  relativeChange,
  shareText,
  spanText,
  timeChange,
} from './figure-changes.ts'

test('a change says how much and whether it is good', () => {
  expect(relativeChange(1_124, 1_000)).toEqual({ text: '+12.4 %', isGood: true })
  expect(relativeChange(900, 1_000)).toEqual({ text: '−10.0 %', isGood: false })
  expect(relativeChange(1_000, 1_000)).toEqual({ text: '±0.0 %', isGood: null })
  expect(countChange(312, 304)).toEqual({ text: '+8', isGood: true })
  expect(pointChange(0.841, 0.86)).toEqual({ text: '−1.9 pt', isGood: false })
  expect(timeChange(58, 64)).toEqual({ text: '−6 s', isGood: true })
  expect(timeChange(64, 58)).toEqual({ text: '+6 s', isGood: false })
})

test('nothing is compared with nothing', () => {
  expect(relativeChange(5, 0)).toBeNull()
  expect(pointChange(0.5, null)).toBeNull()
  expect(shareText(null)).toBe('—')
})

test.each([
  [58, '58 s'],
  [60, '1 min'],
  [250, '4 min 10 s'],
  [3_900, '1 h 5 min'],
])('%i seconds are read as %s', (seconds, text) => {
  expect(spanText(seconds)).toBe(text)
})

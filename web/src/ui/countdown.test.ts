import { expect, test } from 'vitest'
import { countdownText } from './countdown.tsx'

test.each([
  [600_000, '10:00'],
  [599_001, '10:00'],
  [59_000, '0:59'],
  [1, '0:01'],
  [3_661_000, '1:01:01'],
  [0, null],
  [-5, null],
])('%i ms left reads %s', (ms, text) => {
  expect(countdownText(ms)).toBe(text)
})

import { expect, test } from 'vitest'
import { chartCsv } from './chart-file.ts'

test('figures stay figures and text that a spreadsheet would run does not', () => {
  const rows = [
    ['2026-11-22', '-12.50', '=HYPERLINK("https://a.example")'],
    ['2026-11-23', '7.00', '-cmd'],
  ]
  expect(chartCsv({ columns: ['Day', 'Net', 'Token'], rows })).toBe(
    `\uFEFFDay,Net,Token\r\n2026-11-22,-12.50,"'=HYPERLINK(""https://a.example"")"\r\n2026-11-23,7.00,"'-cmd"\r\n`,
  )
})

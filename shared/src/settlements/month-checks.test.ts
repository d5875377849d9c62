import { expect, test } from 'vitest'
import { closeBlock, type MonthCheckKind, monthCheckKinds } from './month-checks.ts'

function checks(unmet: readonly MonthCheckKind[]) {
  return monthCheckKinds.map((kind) => ({
    kind,
    isMet: !unmet.includes(kind),
    finding: `About ${kind}.`,
  }))
}

test('a month with everything met is closed without a word', () => {
  expect(closeBlock(checks([]), '')).toBeNull()
})

test.each(['days_over', 'sums_level', 'sums_proved', 'lines_matched'] as const)(
  '%s keeps it open, whatever the note',
  (kind) => {
    expect(closeBlock(checks([kind, 'drift_settled']), 'It is fine.')).toBe(`About ${kind}.`)
  },
)

test('a warning asks for a note', () => {
  expect(closeBlock(checks(['drift_settled']), '  ')).toMatch(/note/)
  expect(closeBlock(checks(['drift_settled']), 'Asked SpacePay, case 12.')).toBeNull()
})

test('what was not looked at keeps it open', () => {
  expect(closeBlock(checks([]).slice(1), 'x')).toMatch(/look/i)
})

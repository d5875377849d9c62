import type { BankLine } from '@desk/shared/settlements/bank-statements'
import { shareOut } from '@desk/shared/settlements/share-out'
import type { OpenDay } from '@desk/shared/settlements/suggest-matches'

/** What each of these days gets of a line: by what it still lacks; all of that where the line names no dollars. */
export function partsOfLine(line: Pick<BankLine, 'worthCents'>, days: readonly OpenDay[]) {
  const open = days.map(({ expectedCents, accountedCents }) =>
    Math.max(expectedCents - accountedCents, 0),
  )
  const all = open.reduce((sum, cents) => sum + cents, 0)
  const shares = days.length === 0 ? [] : shareOut(line.worthCents ?? all, open)
  return days
    .map(({ day }, index) => ({ day, arrivedCents: shares[index] ?? 0 }))
    .toSorted((a, b) => (a.day < b.day ? -1 : 1))
}

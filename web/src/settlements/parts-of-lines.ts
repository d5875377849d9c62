import { shareOut } from '@desk/shared/settlements/share-out'
import type { OpenDay } from '@desk/shared/settlements/suggest-matches'

/** What each of these days gets of lines worth so much: by what it still lacks; all of that where they name no dollars. */
export function partsOfLines(worthCents: number | null, days: readonly OpenDay[]) {
  const open = days.map(({ expectedCents, accountedCents }) =>
    Math.max(expectedCents - accountedCents, 0),
  )
  const all = open.reduce((sum, cents) => sum + cents, 0)
  const shares = days.length === 0 ? [] : shareOut(worthCents ?? all, open)
  return days
    .map(({ day }, index) => ({ day, arrivedCents: shares[index] ?? 0 }))
    .toSorted((a, b) => (a.day < b.day ? -1 : 1))
}

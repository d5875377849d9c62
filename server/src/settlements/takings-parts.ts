import type { TakingsPart } from '@desk/shared/settlements/day-figures'
import { toAmountCents } from './amount.ts'

/** Sums of one token on one network as the database adds them up. */
export interface TakingsRow {
  readonly token: string
  readonly network: string
  readonly payments: string
  readonly grossCents: string
}

/** Adds them up by one name, the most first; parts without a payment are left out. */
export function takingsBy(
  rows: readonly TakingsRow[],
  nameOf: (row: TakingsRow) => string,
): TakingsPart[] {
  const parts = Map.groupBy(rows, nameOf)
  return [...parts]
    .map(([name, own]) => ({
      name,
      payments: own.reduce((sum, row) => sum + Number(row.payments), 0),
      grossCents: toAmountCents(own.reduce((sum, row) => sum + BigInt(row.grossCents), 0n)),
    }))
    .filter(({ payments }) => payments !== 0)
    .toSorted((a, b) => b.grossCents - a.grossCents || (a.name < b.name ? -1 : 1))
}

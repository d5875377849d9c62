/**
 * Sums by business day as columns: the n-th number of each belongs to the n-th day. Every day of the range is
 * there, empty ones with zeros. Cents are exact integers.
 */
export interface DaySeries {
  readonly days: readonly string[]
  /** The largest first; all sums in one where nothing is split. */
  readonly parts: readonly SeriesPart[]
}

export interface SeriesPart {
  /** What it is split by: a symbol, a CAIP-2 id, a status or a type; empty for all, or where there is none. */
  readonly name: string
  readonly payments: readonly number[]
  readonly grossCents: readonly number[]
  readonly feeCents: readonly number[]
  readonly netCents: readonly number[]
  readonly slippageCents: readonly number[]
}

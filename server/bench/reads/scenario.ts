/** A promise about a read: against the bare route, or in milliseconds at p95. */
export interface Goal {
  readonly name: string
  readonly ratioMax?: number
  readonly p95MaxMs?: number
}

/** One kind of read, asked of both sides with the same values: paths that are taken in turn. */
export interface Scenario {
  readonly name: string
  readonly goal: Goal | null
  readonly desk: readonly string[]
  readonly bare: readonly string[]
}

/** Pages of the list. */
export const pageGoal: Goal = { name: 'P1', ratioMax: 2.5 }
/** One payment. */
export const oneGoal: Goal = { name: 'P3', p95MaxMs: 20 }

/** Searches in the text; at ten million payments and more they have a limit of their own. */
export function searchGoal(rows: number): Goal {
  return { name: 'P3', ratioMax: 2, ...(rows >= 10_000_000 && { p95MaxMs: 200 }) }
}

import type { TakingsPart } from './day-figures.ts'
import type { SettlementDay, SettlementTotals } from './settlement-days.ts'

/** What a month is closed with; its canonical JSON is what the hash is of. */
export interface MonthContent {
  readonly version: 1
  /** `YYYY-MM`. */
  readonly month: string
  readonly zone: string
  readonly cutOff: string
  /** Instants, ISO 8601 UTC; the end is exclusive. */
  readonly startsAt: string
  readonly endsAt: string
  /** Every day, the first one first. */
  readonly days: readonly SettlementDay[]
  readonly byToken: readonly TakingsPart[]
  readonly byNetwork: readonly TakingsPart[]
  readonly totals: SettlementTotals
}

import type { AmountCents } from '../money/amount-cents.ts'
import type { MonthCheck } from './month-checks.ts'
import type { MonthContent } from './month-content.ts'
import type { DayDifference } from './day-difference.ts'
import type { SettlementTotals } from './settlement-days.ts'

interface PersonName {
  readonly id: string
  readonly name: string
}

/** Changes to payments after their month was closed, added up: what is now less what was then. */
export interface AdjustmentSums {
  readonly count: number
  readonly grossCents: AmountCents
  readonly netCents: AmountCents
}

/** One month in the list of months. Instants are ISO 8601 UTC. */
export interface SettlementMonthRow {
  /** `YYYY-MM`. */
  readonly month: string
  /** Null while it is open. */
  readonly closed: {
    readonly closeId: number
    readonly by: PersonName
    readonly at: string
    readonly totals: SettlementTotals
    readonly adjustments: AdjustmentSums
    /** Somebody proposed to reopen it, and nobody has decided. */
    readonly isReopeningProposed: boolean
  } | null
  /** As payments stand now. */
  readonly now: SettlementTotals
  readonly isOver: boolean
}

export interface SettlementMonths {
  readonly months: readonly SettlementMonthRow[]
  /** The month to go on from; null after the first one with payments. */
  readonly cursor: string | null
}

export interface Reopening {
  readonly id: number
  readonly reason: string
  readonly state: 'proposed' | 'approved' | 'refused' | 'taken_back'
  readonly proposedBy: PersonName
  readonly proposedAt: string
  readonly decidedBy: PersonName | null
  readonly decidedAt: string | null
  readonly decisionNote: string | null
}

/** One closing of a month. */
export interface MonthClose {
  readonly id: number
  /** Hex, of the canonical JSON of the content. */
  readonly sha256: string
  readonly checks: readonly MonthCheck[]
  readonly note: string | null
  readonly closedBy: PersonName
  readonly closedAt: string
  readonly reopenedAt: string | null
  readonly reopenings: readonly Reopening[]
}

/** A match of bank lines with days of a closed month that was made, or taken back, since it was closed. */
export interface BankChange {
  readonly matchId: number
  readonly kind: 'matched' | 'undone'
  readonly at: string
  /** Who did it; null for Desk. */
  readonly by: string | null
  readonly reason: string
  /** By how much what arrived for the month changed. */
  readonly arrivedCents: AmountCents
  /** The first of its lines. */
  readonly lineId: number
}

/** One month, opened. */
export interface SettlementMonthDetail {
  readonly month: string
  /** As it was closed, or as it stands while it is open. */
  readonly content: MonthContent
  readonly sha256: string
  /** The closing in force; null while it is open. */
  readonly close: MonthClose | null
  /** What it takes to close it; empty once it is. */
  readonly checks: readonly MonthCheck[]
  readonly adjustments: AdjustmentSums
  /** As bank lines are matched now; null where no statement was ever imported. */
  readonly bankNow: DayDifference | null
  /** Since the closing in force, the last one first, at most the newest hundred. */
  readonly bankChanges: readonly BankChange[]
  /** Closings before that were reopened, the last one first. */
  readonly earlier: readonly MonthClose[]
  /** Why the viewer may not decide on the proposed reopening; null where they may, or there is none. */
  readonly decideBlock: string | null
}

/** What one payment counts for in a month; without a day it does not count in it. */
export interface MonthShare {
  readonly day: string | null
  readonly grossCents: AmountCents
  readonly merchantFeeCents: AmountCents
  readonly swapFeeCents: AmountCents
  readonly convenienceFeeCents: AmountCents
  readonly netCents: AmountCents
}

/** One change to a payment of a closed month. */
export interface MonthAdjustment {
  readonly id: number
  readonly paymentId: string
  readonly orderId: string | null
  readonly at: string
  readonly before: MonthShare
  readonly after: MonthShare
}

export interface MonthAdjustments {
  readonly adjustments: readonly MonthAdjustment[]
  /** For the next page; null after the last. */
  readonly cursor: number | null
}

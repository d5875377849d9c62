import type { AmountCents } from '../money/amount-cents.ts'
import type { BusinessDay, BusinessDayRule } from '../time/business-day.ts'

/** What a stretch of time brought in. Amounts are those of payments completed in it. */
export interface StretchFigures {
  readonly completed: number
  readonly grossCents: AmountCents
  readonly feeCents: AmountCents
  readonly netCents: AmountCents
  /** Payments that were made in it, and how many of those are completed by now. */
  readonly created: number
  readonly createdAndCompleted: number
  /** From the chain to completion; null where nothing was confirmed. About, as steps count. */
  readonly confirmSeconds: { readonly median: number; readonly p95: number } | null
}

/** One slice of a day's takings. */
export interface TakingsPart {
  /** Symbol of a token or CAIP-2 id of a network; empty where SpacePay named none. */
  readonly name: string
  readonly payments: number
  readonly grossCents: AmountCents
}

export interface Takings {
  readonly byToken: readonly TakingsPart[]
  readonly byNetwork: readonly TakingsPart[]
}

/** Today against the days before, at the same time of the business day. */
export interface TodayFigures {
  readonly rule: BusinessDayRule
  readonly asOf: string
  readonly today: BusinessDay
  readonly soFar: StretchFigures
  /** Up to the same time of their days; null before there was such a day. */
  readonly yesterday: StretchFigures | null
  readonly lastWeek: StretchFigures | null
  readonly takings: {
    readonly today: Takings
    /** Of the whole day. */
    readonly yesterday: Takings
  }
}

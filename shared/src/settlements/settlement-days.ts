import type { AmountCents } from '../money/amount-cents.ts'
import type { BusinessDay, BusinessDayRule } from '../time/business-day.ts'
import type { DayDifference } from './day-difference.ts'
import type { TakingsPart } from './day-figures.ts'

/** What payments completed in some stretch of time add up to. Cents are exact integers. */
export interface SettlementSums {
  readonly payments: number
  readonly grossCents: AmountCents
  readonly merchantFeeCents: AmountCents
  readonly swapFeeCents: AmountCents
  /** Paid by the payer on top: it is neither in the gross nor taken from it. */
  readonly convenienceFeeCents: AmountCents
  /** What SpacePay owes for it. */
  readonly netCents: AmountCents
}

/** What was completed in some stretch of time against what arrived for it. */
export interface SettlementTotals extends SettlementSums {
  /** Null where no bank statement was ever imported. */
  readonly difference: DayDifference | null
}

/** One business day with what was completed in it, and what arrived for it. */
export interface SettlementDay extends SettlementTotals {
  /** `YYYY-MM-DD`. */
  readonly day: string
  /** When the first of its money was booked; null before it was. */
  readonly bookedOn: string | null
}

/** Every day of a range, the first one first; empty days have zeros. */
export interface SettlementDays {
  readonly rule: BusinessDayRule
  /** The business day it is now. */
  readonly today: string
  readonly days: readonly SettlementDay[]
  readonly totals: SettlementTotals
}

/** One business day, opened. */
export interface SettlementDayDetail {
  readonly rule: BusinessDayRule
  readonly bounds: BusinessDay
  readonly today: string
  readonly sums: SettlementDay
  /** The day by the end of which its money is to be there, by what was seen so far. */
  readonly expectedBy: string
  /** Bank lines that are matched with it, the first one first. */
  readonly matches: readonly DayMatch[]
  readonly byToken: readonly TakingsPart[]
  readonly byNetwork: readonly TakingsPart[]
  /** Those of the payments that were made on a day before. */
  readonly madeEarlier: { readonly payments: number; readonly grossCents: AmountCents }
}

/** A bank line said to be money of a day. */
export interface DayMatch {
  readonly matchId: number
  readonly lineId: number
  readonly bookedOn: string
  /** Hundredths of the account's currency. */
  readonly amountMinor: number
  readonly currency: string
  readonly reference: string
  readonly counterparty: string
  /** Why it is matched, in words. */
  readonly reason: string
  /** What arrived for this day by the match, in cents of a dollar. */
  readonly arrivedCents: AmountCents
  readonly chargeCents: AmountCents
  /** Whether the match tells of other days too. */
  readonly isShared: boolean
}

/** One payment that counts on a day. Instants are ISO 8601 UTC. */
export interface SettledPayment {
  readonly id: string
  readonly orderId: string | null
  readonly settledAt: string
  /** The business day on which it was made. */
  readonly createdDay: string
  readonly token: string
  readonly network: string
  readonly grossCents: AmountCents
  readonly feeCents: AmountCents
  readonly netCents: AmountCents
}

export interface SettledPaymentPage {
  readonly payments: readonly SettledPayment[]
  /** For the next page; null after the last. */
  readonly cursor: string | null
}

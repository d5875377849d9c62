import type { AmountCents } from '../money/amount-cents.ts'
import type { BusinessDay, BusinessDayRule } from './business-day.ts'
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

/** One business day with what was completed in it. */
export interface SettlementDay extends SettlementSums {
  /** `YYYY-MM-DD`. */
  readonly day: string
}

/** Every day of a range, the first one first; empty days have zeros. */
export interface SettlementDays {
  readonly rule: BusinessDayRule
  /** The business day it is now. */
  readonly today: string
  readonly days: readonly SettlementDay[]
  readonly totals: SettlementSums
}

/** One business day, opened. */
export interface SettlementDayDetail {
  readonly rule: BusinessDayRule
  readonly bounds: BusinessDay
  readonly today: string
  readonly sums: SettlementSums
  readonly byToken: readonly TakingsPart[]
  readonly byNetwork: readonly TakingsPart[]
  /** Those of the payments that were made on a day before. */
  readonly madeEarlier: { readonly payments: number; readonly grossCents: AmountCents }
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

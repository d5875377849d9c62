import type { AmountCents } from '../money/amount-cents.ts'

/** A business day of which not all has arrived. */
export interface AwaitedDay {
  /** `YYYY-MM-DD`. */
  readonly day: string
  /** What is still to come for it. */
  readonly openCents: AmountCents
  /** By the end of which day it is to be there. */
  readonly expectedBy: string
  /** That day is over. */
  readonly isLate: boolean
}

/** What SpacePay owes for completed payments and no bank statement shows yet. */
export interface AwaitedMoney {
  /** The business day it is now. */
  readonly today: string
  /** The first day of those that were looked at. */
  readonly from: string
  /** The newest day first. */
  readonly days: readonly AwaitedDay[]
  /** Of all of them. */
  readonly openCents: AmountCents
  /** Null while no statement was ever imported: what is due by now counts as arrived then. */
  readonly lateCents: AmountCents | null
}

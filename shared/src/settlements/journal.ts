import type { JournalAccountKey } from './journal-accounts.ts'
import type { MonthContent } from './month-content.ts'
import type { SettlementDay } from './settlement-days.ts'
import type { MonthAdjustment, MonthShare } from './settlement-month.ts'

/** One booking: its debits and its credits add up to the same. */
export interface JournalEntry {
  /** `YYYY-MM-DD`. */
  readonly date: string
  readonly text: string
  readonly lines: readonly JournalLine[]
}

/** In cents; one of the two is zero, neither is below. */
export interface JournalLine {
  readonly account: JournalAccountKey
  readonly debitCents: number
  readonly creditCents: number
}

/**
 * What a closed month means for the books: for each day what was sold and what SpacePay owes for it, for what
 * arrived the bank against that debt, and for each later change its difference. What SpacePay's own figures
 * leave open goes to suspense; a fee that payers paid on top is SpacePay's and is not booked.
 */
export function journalOf(
  content: MonthContent,
  adjustments: readonly MonthAdjustment[],
): JournalEntry[] {
  return [
    ...content.days.flatMap((day) => [soldOn(day), arrivedFor(day)]),
    ...adjustments.map(adjusted),
  ].filter(({ lines }) => lines.length > 0)
}

function soldOn(day: SettlementDay): JournalEntry {
  return { date: day.day, text: `SpacePay settlement of ${day.day}`, lines: soldLines(day) }
}

type SoldSums = Pick<MonthShare, 'grossCents' | 'merchantFeeCents' | 'swapFeeCents' | 'netCents'>

function soldLines(sold: Readonly<Record<keyof SoldSums, number>>): JournalLine[] {
  const { grossCents, merchantFeeCents, swapFeeCents, netCents } = sold
  return linesOf([
    ['receivable', netCents],
    ['merchantFees', merchantFeeCents],
    ['swapFees', swapFeeCents],
    ['suspense', grossCents - netCents - merchantFeeCents - swapFeeCents],
    ['sales', -grossCents],
  ])
}

/** What came in excess stands in the debt until somebody explains it; what is missing stays owed. */
function arrivedFor({ day, bookedOn, difference }: SettlementDay): JournalEntry {
  const { arrived, fee, fx } = difference ?? { arrived: 0, fee: 0, fx: 0 }
  return {
    date: bookedOn ?? day,
    text: `SpacePay payout for ${day}`,
    lines: linesOf([
      ['bank', arrived],
      ['bankCharges', fee],
      ['exchange', fx],
      ['receivable', -(arrived + fee + fx)],
    ]),
  }
}

function adjusted({ paymentId, at, before, after }: MonthAdjustment): JournalEntry {
  return {
    date: at.slice(0, 10),
    text: `Adjustment of payment ${paymentId}`,
    lines: soldLines({
      grossCents: after.grossCents - before.grossCents,
      merchantFeeCents: after.merchantFeeCents - before.merchantFeeCents,
      swapFeeCents: after.swapFeeCents - before.swapFeeCents,
      netCents: after.netCents - before.netCents,
    }),
  }
}

/** Above zero is a debit, below a credit; nothing is no line. */
function linesOf(sums: readonly (readonly [JournalAccountKey, number])[]): JournalLine[] {
  return sums
    .filter(([, cents]) => cents !== 0)
    .map(([account, cents]) => ({
      account,
      debitCents: Math.max(cents, 0),
      creditCents: Math.max(-cents, 0),
    }))
}

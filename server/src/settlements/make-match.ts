import { shareOut } from '@desk/shared/settlements/share-out'
import type { Trx } from '../database.ts'

/** A bank line as far as matching asks. */
export interface MatchableLine {
  readonly id: number
  readonly bookedOn: string
  readonly amountMinor: number
  readonly matchedMinor: number
  readonly currency: string
  readonly originalCurrency: string | null
  readonly worthCents: number | null
  readonly chargeMinor: number
  /** Everything the bank wrote about it. */
  readonly text: string
}

interface MatchedPart {
  readonly day: string
  readonly arrivedCents: number
  /** What the bank kept of it; by what arrived where nobody says. */
  readonly chargeCents?: number
}

export interface NewMatch {
  readonly rule: 'reference' | 'amount' | 'manual'
  readonly score: number
  readonly reason: string
  readonly madeBy: string | null
  readonly madeAt: Date
  readonly lines: readonly MatchableLine[]
  /** What arrived for each day; it adds up to what the lines are worth. */
  readonly days: readonly MatchedPart[]
}

/**
 * Writes a match of all that is open of these lines, and answers its id. The lines are locked; the database refuses
 * what would take more than a line has.
 */
export async function makeMatch(trx: Trx, match: NewMatch): Promise<number> {
  const { lines, days } = match
  const { id } = await trx
    .insertInto('settlement_match')
    .values({
      rule: match.rule,
      score: match.score,
      reason: match.reason,
      made_by: match.madeBy,
      made_at: match.madeAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await trx
    .insertInto('settlement_match_line')
    .values(
      lines.map((line) => ({
        match_id: id,
        line_id: line.id,
        amount_minor: line.amountMinor - line.matchedMinor,
      })),
    )
    .execute()
  const weights = days.map(({ arrivedCents }) => Math.abs(arrivedCents))
  const charges = shareOut(sumOf(lines, chargeOf), weights)
  const exchanged = shareOut(sumOf(lines, exchangedCents), weights)
  const bookedOn = lines.map((line) => line.bookedOn).reduce((a, b) => (a > b ? a : b))
  await trx
    .insertInto('settlement_match_day')
    .values(
      days.map(({ day, arrivedCents, chargeCents }, index) => ({
        match_id: id,
        day,
        arrived_cents: arrivedCents,
        charge_cents: chargeCents ?? charges[index] ?? 0,
        exchanged_cents: exchanged[index] ?? 0,
        booked_on: bookedOn,
      })),
    )
    .execute()
  return id
}

/** What lines are worth together, in cents of a dollar; null where one does not say. */
export function worthOf(lines: readonly MatchableLine[]): number | null {
  return lines.some(({ worthCents }) => worthCents === null)
    ? null
    : sumOf(lines, ({ worthCents }) => worthCents ?? 0)
}

/** What the bank kept of a line, or took by it, in cents of a dollar. */
export function chargeOf(line: MatchableLine): number {
  const taken = line.worthCents ?? 0
  if (taken < 0 && /\b(?:fees?|charges?|commission|entgelt|geb(?:ü|ue)hr)\b/i.test(line.text))
    return -taken
  return line.currency === 'USD' ? line.chargeMinor : 0
}

export function isExchanged({ currency, originalCurrency }: MatchableLine): boolean {
  return originalCurrency !== null && originalCurrency !== currency
}

function exchangedCents(line: MatchableLine): number {
  return isExchanged(line) ? (line.worthCents ?? 0) : 0
}

export function sumOf<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0)
}

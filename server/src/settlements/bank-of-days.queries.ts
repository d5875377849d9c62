import { sql } from 'kysely'
import { type DayDifference, splitDifference } from '@desk/shared/settlements/day-difference'
import { expectedBy } from '@desk/shared/settlements/expected-by'
import type { MonthContent } from '@desk/shared/settlements/month-content'
import type { DayMatch, SettlementDay } from '@desk/shared/settlements/settlement-days'
import type { Db } from '../database.ts'
import { toAmountCents } from './amount.ts'
import { readArrivals, readUsualDelay } from './arrivals.queries.ts'

interface AskedDays {
  readonly from: string
  readonly to: string
  /** The business day it is now. */
  readonly today: string
}

interface BankOfDays {
  /** What arrived for a day of which so much is expected. */
  readonly of: (day: string, netCents: number) => Pick<SettlementDay, 'difference' | 'bookedOn'>
}

/** What banks say of a range of days; nothing at all while no statement was ever imported. */
export async function readBank(db: Db, { from, to, today }: AskedDays): Promise<BankOfDays> {
  const { rows } = await sql<{ isThere: boolean }>`
    select exists (select from bank_statement) as "isThere"`.execute(db)
  if (rows[0]?.isThere !== true) return { of: () => ({ difference: null, bookedOn: null }) }
  const [arrivals, delay] = await Promise.all([
    readArrivals(db, { from, to }),
    readUsualDelay(db, today),
  ])
  return {
    of: (day, netCents) => {
      const own = arrivals.get(day) ?? []
      const booked = own.filter(({ arrivedCents }) => arrivedCents > 0)
      const [first = null] = booked.map(({ bookedOn }) => bookedOn).toSorted(asText)
      return {
        difference: splitDifference({
          expectedCents: netCents,
          arrivals: own,
          isDue: expectedBy(day, delay) < today,
        }),
        bookedOn: first,
      }
    },
  }
}

/** How the days of a closed month stand against the bank now. */
export async function bankNowOf(
  db: Db,
  { days }: MonthContent,
  today: string,
): Promise<DayDifference | null> {
  const from = days[0]?.day ?? today
  const bank = await readBank(db, { from, to: days.at(-1)?.day ?? from, today })
  return sumOfDifferences(days.map(({ day, netCents }) => bank.of(day, netCents).difference))
}

/** Adds days up kind by kind; null where nothing is known of any. */
export function sumOfDifferences(days: readonly (DayDifference | null)[]): DayDifference | null {
  const known = days.filter((day) => day !== null)
  if (known.length === 0) return null
  const sum = (field: keyof DayDifference) =>
    known.reduce((total, day) => toAmountCents(total + day[field]), 0)
  return {
    expected: sum('expected'),
    arrived: sum('arrived'),
    difference: sum('difference'),
    timing: sum('timing'),
    fee: sum('fee'),
    fx: sum('fx'),
    excess: sum('excess'),
    missing: sum('missing'),
  }
}

/** Bank lines that are matched with a day, the first booked first. */
export async function readDayMatches(db: Db, day: string): Promise<DayMatch[]> {
  const rows = await db
    .selectFrom('settlement_match_day as matched')
    .innerJoin('settlement_match as match', 'match.id', 'matched.match_id')
    .innerJoin('settlement_match_line as part', 'part.match_id', 'match.id')
    .innerJoin('bank_line as line', 'line.id', 'part.line_id')
    .select([
      'match.id as matchId',
      'line.id as lineId',
      sql<string>`line.booked_on::text`.as('bookedOn'),
      'part.amount_minor as amountMinor',
      'line.currency',
      'line.reference',
      'line.counterparty',
      'match.reason',
      'matched.arrived_cents as arrivedCents',
      'matched.charge_cents as chargeCents',
      sql<boolean>`exists (select from settlement_match_day as other
        where other.match_id = match.id and other.day <> matched.day)`.as('isShared'),
    ])
    .where('matched.day', '=', day)
    .where('match.undone_at', 'is', null)
    .orderBy('line.booked_on')
    .orderBy('line.id')
    .execute()
  return rows.map((row) => ({
    ...row,
    arrivedCents: toAmountCents(row.arrivedCents),
    chargeCents: toAmountCents(row.chargeCents),
  }))
}

function asText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

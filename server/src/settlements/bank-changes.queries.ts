import { sql } from 'kysely'
import type { BankChange } from '@desk/shared/settlements/settlement-month'
import type { Db } from '../database.ts'
import { toAmountCents } from './amount.ts'

const shownMax = 100

interface ClosedDays {
  readonly from: string
  readonly to: string
  readonly closedAt: Date
}

/** What was matched with days of a closed month, or taken back, after it was closed: the last one first. */
export async function readBankChanges(
  db: Db,
  { from, to, closedAt }: ClosedDays,
): Promise<BankChange[]> {
  const { rows } = await sql<Row>`
    select matched.id as "matchId", change.kind, change.at, person.name as by, change.reason,
      (change.sign * arrived.cents)::bigint as "arrivedCents",
      (select min(line_id) from settlement_match_line where match_id = matched.id) as "lineId"
    from (
      select match_id, sum(arrived_cents) as cents from settlement_match_day
      where day between ${from}::date and ${to}::date
      group by match_id
    ) as arrived
    join settlement_match as matched on matched.id = arrived.match_id
    cross join lateral (values
      ('matched', made_at, made_by, matched.reason, 1),
      ('undone', undone_at, undone_by, undone_reason, -1)
    ) as change (kind, at, by, reason, sign)
    left join person on person.id = change.by
    where change.at > ${closedAt}
    order by change.at desc, matched.id desc, change.kind desc
    limit ${shownMax}
  `.execute(db)
  return rows.map((row) => ({
    ...row,
    at: row.at.toISOString(),
    arrivedCents: toAmountCents(row.arrivedCents),
  }))
}

interface Row extends Omit<BankChange, 'at' | 'arrivedCents'> {
  readonly at: Date
  readonly arrivedCents: number
}

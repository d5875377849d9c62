import { sql } from 'kysely'
import type { BankLineDetail, SettlementMatch } from '@desk/shared/settlements/bank-statements'
import { suggestMatches } from '@desk/shared/settlements/suggest-matches'
import type { Db } from '../database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { readUsualDelay } from './arrivals.queries.ts'
import { readBankAccount } from './bank-accounts.ts'
import { asBankLine, bankLines } from './bank-lines.queries.ts'
import { matchableColumns } from './bank-lines-matchable.queries.ts'
import { chargeOf, worthOf } from './make-match.ts'
import { arrivedOf, toMatch } from './match-statement.ts'
import { readOpenDays } from './open-days.ts'

/** How many days before a booking are offered to be matched with it. */
const daysOffered = 35

/** One line with its matches and, while it waits, what it may be. Refuses with `bank_line_unknown`. */
export async function readBankLine(db: Db, id: number): Promise<BankLineDetail> {
  const found = await bankLines(db)
    .innerJoin('bank_statement as statement', 'statement.id', 'line.statement_id')
    .select(['line.text', 'statement.file_name as fileName'])
    .where('line.id', '=', id)
    .executeTakeFirst()
  if (!found) throw new Refusal('not_found', 'bank_line_unknown', 'There is no such bank line.')
  const { text, fileName, ...row } = found
  const line = asBankLine(row)
  const [{ mappings: _mappings, ...account }, matches, options] = await Promise.all([
    readBankAccount(db, line.accountId),
    readMatches(db, id),
    line.state === 'open' ? optionsOf(db, id) : { suggestions: [], days: [] },
  ])
  return { line, text, account, fileName, matches, ...options }
}

async function optionsOf(
  db: Db,
  id: number,
): Promise<Pick<BankLineDetail, 'suggestions' | 'days'>> {
  const line = await db
    .selectFrom('bank_line')
    .select(matchableColumns)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const from = new Date(Date.parse(line.bookedOn) - daysOffered * 86_400_000)
  const range = { from: from.toISOString().slice(0, 10), to: line.bookedOn }
  const [days, delay] = await Promise.all([
    readOpenDays(db, range),
    readUsualDelay(db, line.bookedOn),
  ])
  const byDay = new Map(days.map((day) => [day.day, day]))
  const suggestions = suggestMatches(toMatch(line), days, delay).map(({ days: own, ...why }) => {
    const known = own.map((day) => byDay.get(day) ?? { day, expectedCents: 0, accountedCents: 0 })
    const open = known.reduce((sum, day) => sum + day.expectedCents - day.accountedCents, 0)
    return {
      ...why,
      days: arrivedOf({ worthCents: worthOf([line]) ?? open, chargeCents: chargeOf(line) }, known),
    }
  })
  return { suggestions, days: days.toReversed() }
}

async function readMatches(db: Db, lineId: number): Promise<SettlementMatch[]> {
  const rows = await db
    .selectFrom('settlement_match as match')
    .innerJoin('settlement_match_line as part', 'part.match_id', 'match.id')
    .leftJoin('person as maker', 'maker.id', 'match.made_by')
    .leftJoin('person as undoer', 'undoer.id', 'match.undone_by')
    .select([
      'match.id',
      'match.rule',
      'match.score',
      'match.reason',
      'maker.name as madeBy',
      'match.made_at as madeAt',
      'undoer.name as undoneBy',
      'match.undone_at as undoneAt',
      'match.undone_reason as undoneReason',
    ])
    .where('part.line_id', '=', lineId)
    .orderBy('match.id', 'desc')
    .execute()
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const [lines, days] = await Promise.all([
    db
      .selectFrom('settlement_match_line')
      .select(['match_id as matchId', 'line_id as lineId', 'amount_minor as amountMinor'])
      .where('match_id', 'in', ids)
      .orderBy('line_id')
      .execute(),
    db
      .selectFrom('settlement_match_day')
      .select([
        'match_id as matchId',
        sql<string>`day::text`.as('day'),
        'arrived_cents as arrivedCents',
        'charge_cents as chargeCents',
        'exchanged_cents as exchangedCents',
      ])
      .where('match_id', 'in', ids)
      .orderBy('day')
      .execute(),
  ])
  return rows.map(({ madeAt, undoneBy, undoneAt, undoneReason, ...row }) => ({
    ...row,
    madeAt: madeAt.toISOString(),
    undone: undoneAt && {
      by: undoneBy ?? '',
      at: undoneAt.toISOString(),
      reason: undoneReason ?? '',
    },
    lines: lines.filter(({ matchId }) => matchId === row.id).map(({ matchId: _id, ...own }) => own),
    days: days.filter(({ matchId }) => matchId === row.id).map(({ matchId: _id, ...own }) => own),
  }))
}

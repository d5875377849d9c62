import { sql } from 'kysely'
import * as z from 'zod'
import type { BankLinesInput } from '@desk/shared/settlements/bank-input'
import {
  type BankLine,
  type BankLinePage,
  OPEN_LINES_COUNTED,
  type OpenLines,
  payoutCurrencies,
} from '@desk/shared/settlements/bank-statements'
import type { Db } from '../database.ts'
import { openCursor, sealCursor } from '../kernel/checked-cursor.ts'
import { Refusal } from '../kernel/refusal.ts'
import { toAmountCents } from './amount.ts'
import { openLines } from './bank-lines-matchable.queries.ts'
import { sumOf } from './make-match.ts'

const PAGE_SIZE = 50

/** Bank lines by keyset: what waits the oldest first, all else the newest first. Refuses with `cursor_invalid`. */
export async function readBankLines(
  db: Db,
  { cursor, ...asked }: BankLinesInput,
): Promise<BankLinePage> {
  const after = cursor == null ? null : positionIn(cursor, asked)
  const isQueue = asked.state === 'open'
  let query = bankLines(db).limit(PAGE_SIZE + 1)
  if (asked.account !== undefined) query = query.where('line.account_id', '=', asked.account)
  if (asked.statement !== undefined) query = query.where('line.statement_id', '=', asked.statement)
  if (asked.state === 'set_aside') query = query.where('line.set_aside_at', 'is not', null)
  if (asked.state === 'matched') {
    query = query.whereRef('line.matched_minor', '=', 'line.amount_minor')
  }
  if (isQueue) {
    query = query
      .where('line.set_aside_at', 'is', null)
      .whereRef('line.matched_minor', '<>', 'line.amount_minor')
  }
  const direction = isQueue ? 'asc' : 'desc'
  query = query.orderBy('line.booked_on', direction).orderBy('line.id', direction)
  if (after) {
    const position = sql`(${after.day}::date, ${after.id}::bigint)`
    query = query.where(
      isQueue
        ? sql<boolean>`(line.booked_on, line.id) > ${position}`
        : sql<boolean>`(line.booked_on, line.id) < ${position}`,
    )
  }
  const found = await query.execute()
  const page = found.slice(0, PAGE_SIZE)
  const last = page.at(-1)
  return {
    lines: page.map(asBankLine),
    cursor:
      found.length > PAGE_SIZE && last
        ? sealCursor(JSON.stringify({ day: last.bookedOn, id: last.id }), asked)
        : null,
  }
}

const position = z.object({ day: z.string(), id: z.number() })

function positionIn(cursor: string, asked: object): z.infer<typeof position> {
  const opened = openCursor(cursor, asked)
  if (opened !== null) return position.parse(JSON.parse(opened))
  throw new Refusal('invalid', 'cursor_invalid', 'This page is of another question. Start again.')
}

/** How much waits to be matched. */
export async function readOpenLines(db: Db): Promise<OpenLines> {
  const rows = await openLines(db)
    .select([
      'id',
      sql<string>`booked_on::text`.as('bookedOn'),
      'currency',
      sql<number>`amount_minor - matched_minor`.as('minor'),
    ])
    .orderBy('booked_on')
    .orderBy('id')
    .limit(OPEN_LINES_COUNTED)
    .execute()
  const [first] = rows
  const money = Map.groupBy(
    rows.filter(({ minor }) => minor > 0),
    ({ currency }) => currencyOf(currency),
  )
  return {
    count: rows.length,
    oldest: first ? { id: first.id, bookedOn: first.bookedOn } : null,
    money: [...money].map(([currency, own]) => ({
      currency,
      minor: sumOf(own, (row) => row.minor),
    })),
  }
}

/** Lines with who put them aside. */
export function bankLines(db: Db) {
  return db
    .selectFrom('bank_line as line')
    .leftJoin('person', 'person.id', 'line.set_aside_by')
    .select([
      'line.id',
      'line.account_id as accountId',
      'line.statement_id as statementId',
      'line.row_number as rowNumber',
      sql<string>`line.booked_on::text`.as('bookedOn'),
      sql<string | null>`line.value_on::text`.as('valueOn'),
      'line.amount_minor as amountMinor',
      'line.currency',
      'line.reference',
      'line.counterparty',
      'line.description',
      'line.original_minor as originalMinor',
      'line.original_currency as originalCurrency',
      'line.rate',
      'line.charge_minor as chargeMinor',
      'line.worth_cents as worthCents',
      'line.matched_minor as matchedMinor',
      'line.set_aside_reason as setAsideReason',
      'person.name as setAsideBy',
    ])
}

export function asBankLine({
  setAsideReason,
  setAsideBy,
  currency,
  worthCents,
  ...row
}: Awaited<ReturnType<ReturnType<typeof bankLines>['execute']>>[number]): BankLine {
  return {
    ...row,
    currency: currencyOf(currency),
    worthCents: worthCents === null ? null : toAmountCents(worthCents),
    state:
      setAsideReason !== null
        ? 'set_aside'
        : row.matchedMinor === row.amountMinor
          ? 'matched'
          : 'open',
    setAside: setAsideReason === null ? null : { by: setAsideBy, reason: setAsideReason },
  }
}

function currencyOf(text: string) {
  return z.enum(payoutCurrencies).parse(text)
}

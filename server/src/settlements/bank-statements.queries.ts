import { sql } from 'kysely'
import * as z from 'zod'
import {
  type BankStatement,
  type BankStatementDetail,
  type BankStatementPage,
  payoutCurrencies,
  rowErrors,
} from '@desk/shared/settlements/bank-statements'
import type { Db } from '../database.ts'
import { openCursor, sealCursor } from '../kernel/checked-cursor.ts'
import { Refusal } from '../kernel/refusal.ts'

const PAGE_SIZE = 30

/** What was imported, the newest first, by keyset. Refuses with `cursor_invalid`. */
export async function readStatements(db: Db, cursor: string | null): Promise<BankStatementPage> {
  const after = cursor === null ? null : positionIn(cursor)
  let query = statements(db)
    .orderBy('statement.imported_at', 'desc')
    .orderBy('statement.id', 'desc')
    .limit(PAGE_SIZE + 1)
  if (after) {
    query = query.where(
      sql<boolean>`(statement.imported_at, statement.id) < (${after.at}::timestamptz, ${after.id})`,
    )
  }
  const found = await query.execute()
  const page = found.slice(0, PAGE_SIZE)
  const last = page.at(-1)
  return {
    statements: page.map(asStatement),
    cursor:
      found.length > PAGE_SIZE && last
        ? sealCursor(JSON.stringify({ at: last.importedText, id: last.id }), {})
        : null,
  }
}

/** One of them with what could not be read. Refuses with `statement_unknown`. */
export async function readStatement(db: Db, id: string): Promise<BankStatementDetail> {
  const found = await statements(db)
    .select(['statement.row_errors as rowErrors', 'statement.notices'])
    .where('statement.id', '=', id)
    .executeTakeFirst()
  if (!found) throw new Refusal('not_found', 'statement_unknown', 'There is no such statement.')
  const { rowErrors: told, notices, ...row } = found
  return { ...asStatement(row), rowErrors: rowErrors.parse(told), notices }
}

const position = z.object({ at: z.string(), id: z.string() })

function positionIn(cursor: string): z.infer<typeof position> {
  const opened = openCursor(cursor, {})
  if (opened !== null) return position.parse(JSON.parse(opened))
  throw new Refusal('invalid', 'cursor_invalid', 'This page is of another question. Start again.')
}

function statements(db: Db) {
  return db
    .selectFrom('bank_statement as statement')
    .innerJoin('bank_account as account', 'account.id', 'statement.account_id')
    .innerJoin('person', 'person.id', 'statement.imported_by')
    .select([
      'statement.id',
      'account.id as accountId',
      'account.name as accountName',
      'account.identifier',
      'account.currency',
      'statement.file_name as fileName',
      sql<string>`encode(statement.sha256, 'hex')`.as('sha256'),
      'statement.format',
      sql<string | null>`statement.period_from::text`.as('periodFrom'),
      sql<string | null>`statement.period_to::text`.as('periodTo'),
      'statement.opening_minor as openingMinor',
      'statement.closing_minor as closingMinor',
      'person.name as importedBy',
      'statement.imported_at as importedAt',
      sql<string>`statement.imported_at::text`.as('importedText'),
      'statement.lines',
      'statement.duplicates',
      'statement.errors',
      sql<boolean>`statement.matched_at is not null`.as('isMatched'),
      sql<number>`(select count(*)::integer from bank_line where statement_id = statement.id
        and matched_minor <> amount_minor and set_aside_at is null)`.as('open'),
    ])
}

function asStatement({
  accountId,
  accountName,
  identifier,
  currency,
  importedText: _text,
  importedAt,
  ...row
}: Awaited<ReturnType<ReturnType<typeof statements>['execute']>>[number]): BankStatement {
  return {
    ...row,
    account: {
      id: accountId,
      name: accountName,
      identifier,
      currency: z.enum(payoutCurrencies).parse(currency),
    },
    importedAt: importedAt.toISOString(),
  }
}

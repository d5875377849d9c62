import type { AuditQuery } from '@desk/shared/audit/audit-query'
import type { BusinessDayRule } from '@desk/shared/time/business-day'
import type { Db } from '../database.ts'
import type { Attribution } from '../kernel/actor.ts'
import { matching } from './audit-matching.ts'
import { readAuditHead } from './audit.queries.ts'
import { hashedContent } from './chain.ts'
import { type ChainedRow, chainedRows } from './chained-rows.queries.ts'
import { recordAudit } from './record-audit.ts'

/** A chunk goes out when it has this many characters: one write per entry would cost more than it says. */
const CHUNK_CHARACTERS = 64 * 1024

export interface AuditExport {
  readonly query: AuditQuery
  /** By which the query's days are meant. */
  readonly rule: BusinessDayRule
}

/**
 * Writes down that the log is exported, and answers with a JSON array of the entries in their order, in
 * chunks, up to and including that very entry. Each entry is what its `hash` was made of, see decision
 * 0008, so that somebody else can check it without Desk.
 */
export async function exportAudit(
  db: Db,
  by: Attribution,
  { query, rule }: AuditExport,
): Promise<AsyncIterable<string>> {
  const end = await db.transaction().execute(async (trx) => {
    await recordAudit(trx, by, {
      action: 'audit.export',
      subject: { kind: 'audit_log', id: 'audit_log' },
      after: { filter: query },
    })
    return readAuditHead(trx)
  })
  return jsonArrayOf(
    chainedRows(db, {
      only: (rows) => matching(rows, query, rule).where('audit_entry.seq', '<=', end.seq),
    }),
  )
}

async function* jsonArrayOf(rows: AsyncIterable<ChainedRow>): AsyncGenerator<string> {
  let chunk = '['
  let separator = '\n'
  for await (const { entry, previousHash, hash } of rows) {
    const whole = { ...hashedContent(entry, previousHash), hash: hash.toString('hex') }
    chunk += separator + JSON.stringify(whole)
    separator = ',\n'
    if (chunk.length < CHUNK_CHARACTERS) continue
    yield chunk
    chunk = ''
  }
  yield `${chunk}\n]\n`
}

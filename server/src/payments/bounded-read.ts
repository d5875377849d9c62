import { sql } from 'kysely'
import { DatabaseError } from 'pg'
import type { Db, Trx } from '../database.ts'
import { Refusal } from '../kernel/refusal.ts'

const STATEMENT_TIMEOUT_MS = 3_000
const QUERY_CANCELED = '57014'

/**
 * Runs reads that a person's words decide the cost of. What takes longer than three seconds is refused
 * with `search_too_broad`, so that one search never slows the others down.
 */
export async function boundedRead<T>(db: Db, read: (trx: Trx) => Promise<T>): Promise<T> {
  try {
    return await db
      .transaction()
      .setAccessMode('read only')
      .execute(async (trx) => {
        await sql`set local statement_timeout = ${sql.lit(STATEMENT_TIMEOUT_MS)}`.execute(trx)
        return read(trx)
      })
  } catch (error) {
    if (!(error instanceof DatabaseError && error.code === QUERY_CANCELED)) throw error
    throw new Refusal(
      'invalid',
      'search_too_broad',
      'This search matches too much to be answered in time. Add a word, a status or a date range.',
    )
  }
}

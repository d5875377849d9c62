import { sql } from 'kysely'
import { DatabaseError } from 'pg'
import type { SavedView, ViewCount } from '@desk/shared/views/saved-view'
import type { Db } from '../database.ts'
import { countPayments } from '../payments/payment-count.queries.ts'
import type { SearchPlace } from '../payments/payment-conditions.ts'

/** As far as the total of a list is counted. */
const COUNTED_MAX = 10_000
/** For one view; what takes longer is told as not counted. */
const VIEW_MS_MAX = 300
/** For all of them. */
const ALL_MS_MAX = 2_000
const QUERY_CANCELED = '57014'

/**
 * How many payments each view holds, one after the other over one connection: many views never take more
 * of the database than one list does. What does not get its turn in time is told as not counted.
 */
export async function countViews(
  reads: Db,
  views: readonly SavedView[],
  place: SearchPlace,
): Promise<ViewCount[]> {
  const end = performance.now() + ALL_MS_MAX
  const counts: ViewCount[] = []
  for (const { id, query } of views) {
    const count = performance.now() < end ? await countInTime(reads, query, place) : null
    const exact = count !== null && count <= COUNTED_MAX
    counts.push({ id, count: count === null ? null : Math.min(count, COUNTED_MAX), exact })
  }
  return counts
}

async function countInTime(
  reads: Db,
  query: SavedView['query'],
  place: SearchPlace,
): Promise<number | null> {
  try {
    return await reads.transaction().execute(async (trx) => {
      await sql`set local statement_timeout = ${sql.lit(VIEW_MS_MAX)}`.execute(trx)
      return countPayments(trx, query, { place, limit: COUNTED_MAX + 1 })
    })
  } catch (error) {
    if (error instanceof DatabaseError && error.code === QUERY_CANCELED) return null
    throw error
  }
}

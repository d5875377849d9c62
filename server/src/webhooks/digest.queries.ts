import { sql } from 'kysely'
import type { Trx } from '../database.ts'

/** Longer than any transaction that stores a delivery lasts. */
const settledAfterMs = 60_000

export interface Arrived {
  readonly id: number
  readonly receivedAt: Date
  readonly verdict: 'valid' | 'duplicate' | 'malformed'
}

export interface NewDigest extends Arrived {
  readonly happenedAt: Date | null
  readonly searchText: string | null
}

/** The oldest deliveries with a higher number than any that has a digest. */
export async function findNewlyArrived(trx: Trx, limit: number): Promise<readonly Arrived[]> {
  return trx
    .selectFrom('webhook_delivery')
    .select(['id', 'received_at as receivedAt', 'verdict'])
    .where('id', '>', (eb) =>
      eb.selectFrom('webhook_digest').select(sql<number>`coalesce(max(delivery_id), 0)`.as('last')),
    )
    .orderBy('id')
    .limit(limit)
    .execute()
}

/**
 * Deliveries without a digest of all whose numbers were not passed by: also those that were committed after
 * others with higher numbers. Reads what came in the last minutes, so not for every round.
 */
export async function findUndigested(trx: Trx, limit: number): Promise<readonly Arrived[]> {
  return trx
    .selectFrom('webhook_delivery')
    .leftJoin('webhook_digest', 'webhook_digest.delivery_id', 'webhook_delivery.id')
    .select(['webhook_delivery.id', 'webhook_delivery.received_at as receivedAt', 'verdict'])
    .where('webhook_delivery.id', '>', (eb) =>
      eb.selectFrom('webhook_digest_progress').select('digested_to'),
    )
    .where('webhook_digest.delivery_id', 'is', null)
    .orderBy('webhook_delivery.id')
    .limit(limit)
    .execute()
}

export async function insertDigests(trx: Trx, digests: readonly NewDigest[]): Promise<void> {
  await sql`
    insert into webhook_digest (delivery_id, received_at, happened_at, search_text)
    select * from unnest(
      ${digests.map(({ id }) => id)}::bigint[],
      ${digests.map(({ receivedAt }) => receivedAt)}::timestamptz[],
      ${digests.map(({ happenedAt }) => happenedAt)}::timestamptz[],
      ${digests.map(({ searchText }) => searchText)}::text[]
    )`.execute(trx)
}

/** Everything older than a minute has a digest now, so the next round need not look there. */
export async function moveDigestedTo(trx: Trx, now: Date): Promise<void> {
  const settled = new Date(now.getTime() - settledAfterMs)
  await sql`
    update webhook_digest_progress
    set digested_to = settled.id
    from (
      select max(id) as id from webhook_delivery
      where received_at <= ${settled}
        and id > (select digested_to from webhook_digest_progress)
    ) as settled
    where settled.id > digested_to`.execute(trx)
}

/** The oldest that can still be searched: retention comes to them first. */
export async function findOldestTexts(trx: Trx, limit: number): Promise<readonly number[]> {
  const rows = await trx
    .selectFrom('webhook_digest')
    .select('delivery_id')
    .where('search_text', 'is not', null)
    .orderBy('received_at')
    .limit(limit)
    .execute()
  return rows.map(({ delivery_id }) => delivery_id)
}

/** When the bytes of a delivery are deleted, what is searched of them goes too. */
export async function forgetTexts(trx: Trx, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  await trx
    .updateTable('webhook_digest')
    .set({ search_text: null })
    .where('delivery_id', 'in', ids)
    .execute()
}

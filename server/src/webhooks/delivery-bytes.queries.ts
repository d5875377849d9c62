import type { Db, Trx } from '../database.ts'

/** What came over the wire, exactly. */
export interface DeliveryBytes {
  readonly body: Buffer
  /** As kept: bounded, and without what might let someone in elsewhere. */
  readonly headers: Readonly<Record<string, string>>
}

/** The bytes of these deliveries by their numbers. Those that retention took away are missing. */
export async function readDeliveryBytes(
  db: Db | Trx,
  ids: readonly number[],
): Promise<ReadonlyMap<number, DeliveryBytes>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('webhook_delivery')
    .select(['id', 'body', 'headers'])
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map(({ id, body, headers }) => [id, { body, headers }]))
}

/** Those of these deliveries whose bytes retention took away. */
export async function findWithoutBytes(
  db: Db | Trx,
  ids: readonly number[],
): Promise<readonly number[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('webhook_delivery').select('id').where('id', 'in', ids).execute()
  const kept = new Set(rows.map(({ id }) => id))
  return ids.filter((id) => !kept.has(id))
}

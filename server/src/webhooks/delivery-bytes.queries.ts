import { sql } from 'kysely'
import type { Db, Trx } from '../database.ts'

/** What came over the wire, exactly. */
export interface DeliveryBytes {
  readonly body: Buffer
  /** As kept: bounded, and without what might let someone in elsewhere. */
  readonly headers: Readonly<Record<string, string>>
}

/**
 * The bytes of these deliveries by their numbers: with the delivery while it waits, in the table of its
 * month afterwards. Those that retention took away are missing.
 */
export async function readDeliveryBytes(
  db: Db | Trx,
  ids: readonly number[],
): Promise<ReadonlyMap<number, DeliveryBytes>> {
  if (ids.length === 0) return new Map()
  // The delivery's own time tells which month to look in.
  const rows = await db
    .selectFrom('webhook_delivery as own')
    .leftJoin('webhook_body as kept', (join) =>
      join
        .onRef('kept.delivery_id', '=', 'own.id')
        .onRef('kept.received_at', '=', 'own.received_at'),
    )
    .select((eb) => [
      'own.id',
      eb.fn.coalesce('own.body', 'kept.body').as('body'),
      eb.fn.coalesce('own.headers', 'kept.headers').as('headers'),
    ])
    .where('own.id', 'in', ids)
    .execute()
  return new Map(
    rows.flatMap(({ id, body, headers }): [number, DeliveryBytes][] =>
      body === null || headers === null ? [] : [[id, { body, headers }]],
    ),
  )
}

/** Those of these deliveries whose bytes retention took away. */
export async function findWithoutBytes(
  db: Db | Trx,
  ids: readonly number[],
): Promise<readonly number[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('webhook_delivery as own')
    .leftJoin('webhook_body as kept', (join) =>
      join
        .onRef('kept.delivery_id', '=', 'own.id')
        .onRef('kept.received_at', '=', 'own.received_at'),
    )
    .select('own.id')
    .where('own.id', 'in', ids)
    .where('own.body', 'is', null)
    .where('kept.delivery_id', 'is', null)
    .execute()
  return rows.map(({ id }) => id)
}

/**
 * Puts the bytes of these deliveries, which must be locked, into the table of their month. The statement that
 * takes them off the deliveries belongs to the same transaction.
 */
export async function keepBytesApart(trx: Trx, ids: readonly number[]): Promise<void> {
  await sql`
    insert into webhook_body (delivery_id, received_at, headers, body)
    select id, received_at, headers, body from webhook_delivery
    where id = any(${ids}::bigint[]) and body is not null
    on conflict do nothing`.execute(trx)
}

/** Gives these deliveries their bytes back, without which nobody can process them. */
export async function bringBytesBack(trx: Trx, ids: readonly number[]): Promise<void> {
  await sql`
    update webhook_delivery as own set headers = kept.headers, body = kept.body
    from webhook_body as kept
    where own.id = any(${ids}::bigint[]) and own.body is null
      and kept.delivery_id = own.id and kept.received_at = own.received_at`.execute(trx)
}

/**
 * Moves the bytes of the oldest deliveries that nobody waits for any more: repeats, what was set aside, and
 * what a Desk of an earlier release left where it was. Resolves to how many.
 */
export async function moveLeftBytes(db: Db, limit: number): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ id: number }>`
      select id from webhook_delivery
      where body is not null
        and (processed_at is not null or parked_at is not null or verdict <> 'valid')
      order by id limit ${limit} for update skip locked`.execute(trx)
    if (rows.length === 0) return 0
    const ids = rows.map(({ id }) => id)
    await keepBytesApart(trx, ids)
    await sql`
      update webhook_delivery set headers = null, body = null
      where id = any(${ids}::bigint[])`.execute(trx)
    return ids.length
  })
}

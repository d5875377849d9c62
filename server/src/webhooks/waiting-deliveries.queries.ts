import { sql } from 'kysely'
import type { Trx } from '../database.ts'
import { keepBytesApart, readDeliveryBytes } from './delivery-bytes.queries.ts'

/** A stored delivery that has not been worked through yet. */
export interface WaitingDelivery {
  readonly id: number
  /** Null when retention took it away. */
  readonly body: Buffer | null
  readonly bodySha256: Buffer
  readonly receivedAt: Date
  readonly sentAt: Date | null
  readonly isConflicting: boolean
  /** Not when somebody had it processed again. */
  readonly isFirstTime: boolean
}

/**
 * The oldest ones that no other Desk is working on; they are ours until the transaction ends. Of one payment
 * nothing is claimed past what another Desk is still busy with: each payment is worked through in the order
 * in which its deliveries came.
 */
export async function claimDeliveries(
  trx: Trx,
  limit: number,
): Promise<readonly WaitingDelivery[]> {
  const rows = await trx
    .selectFrom('webhook_delivery')
    .select(['id', 'body', 'body_sha256 as bodySha256', 'received_at as receivedAt'])
    .select(['sent_at as sentAt', 'conflicting_event as isConflicting'])
    .select(sql<boolean>`asked_again_at is null`.as('isFirstTime'))
    .where('processed_at', 'is', null)
    .where('parked_at', 'is', null)
    .where('verdict', '=', 'valid')
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute()
  const tooEarly = await findOutOfTurn(
    trx,
    rows.map(({ id }) => id),
  )
  const ours = rows.filter(({ id }) => !tooEarly.has(id))
  const apart = await readDeliveryBytes(
    trx,
    ours.filter(({ body }) => body === null).map(({ id }) => id),
  )
  return ours.map((row) => ({ ...row, body: row.body ?? apart.get(row.id)?.body ?? null }))
}

/**
 * Those of these whose payment waits with something older that is none of them. First the few that were passed
 * by are found, from the index of what waits: looked for payment by payment, a long queue was read in every round.
 */
async function findOutOfTurn(trx: Trx, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const newest = ids.at(-1)
  if (newest === undefined) return new Set()
  const { rows } = await sql<{ id: number }>`
    with passed as materialized (
      select id, payment_id from webhook_delivery
      where processed_at is null and parked_at is null and verdict = 'valid'
        and id < ${newest} and id <> all(${ids}::bigint[]) and payment_id is not null
    )
    select own.id from webhook_delivery as own
    where own.id = any(${ids}::bigint[]) and exists (
      select from passed where passed.payment_id = own.payment_id and passed.id < own.id
    )`.execute(trx)
  return new Set(rows.map(({ id }) => id))
}

/** Their bytes go to the table of their month by the same stroke. */
export async function markProcessed(
  trx: Trx,
  ids: readonly number[],
  processedAt: Date,
): Promise<void> {
  if (ids.length === 0) return
  await keepBytesApart(trx, ids)
  await sql`
    update webhook_delivery
    set processed_at = ${processedAt}, attempts = attempts + 1, processing_error = null,
      headers = null, body = null
    where id = any(${ids}::bigint[])`.execute(trx)
}

/** Sets aside for a person what trying again will not help. */
export async function parkDeliveries(
  trx: Trx,
  parked: readonly { readonly id: number; readonly problem: string }[],
  parkedAt: Date,
): Promise<void> {
  await sql`
    update webhook_delivery
    set parked_at = ${parkedAt}, attempts = attempts + 1, processing_error = parked.problem
    from unnest(
      ${parked.map(({ id }) => id)}::bigint[],
      ${parked.map(({ problem }) => problem)}::text[]
    ) as parked (id, problem)
    where webhook_delivery.id = parked.id`.execute(trx)
}

const attemptsMax = 3

/** Counts a failed attempt; the last one parks the delivery. Resolves to whether it is parked now. */
export async function countFailure(
  trx: Trx,
  failed: { readonly id: number; readonly problem: string },
  failedAt: Date,
): Promise<boolean> {
  const row = await trx
    .updateTable('webhook_delivery')
    .set({
      attempts: sql`attempts + 1`,
      processing_error: failed.problem,
      parked_at: sql`case when attempts + 1 >= ${attemptsMax}::int then ${failedAt}::timestamptz end`,
    })
    .where('id', '=', failed.id)
    .returning('parked_at')
    .executeTakeFirstOrThrow()
  return row.parked_at !== null
}

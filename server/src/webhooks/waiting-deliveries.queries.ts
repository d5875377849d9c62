import { sql } from 'kysely'
import type { Trx } from '../database.ts'

/** A stored delivery that has not been worked through yet. */
export interface WaitingDelivery {
  readonly id: number
  readonly body: Buffer
  readonly bodySha256: Buffer
  readonly receivedAt: Date
  readonly sentAt: Date | null
  readonly isConflicting: boolean
}

/** The oldest ones that no other Desk is working on; they are ours until the transaction ends. */
export async function claimDeliveries(
  trx: Trx,
  limit: number,
): Promise<readonly WaitingDelivery[]> {
  return trx
    .selectFrom('webhook_delivery')
    .select(['id', 'body', 'body_sha256 as bodySha256', 'received_at as receivedAt'])
    .select(['sent_at as sentAt', 'conflicting_event as isConflicting'])
    .where('processed_at', 'is', null)
    .where('parked_at', 'is', null)
    .where('verdict', '=', 'valid')
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute()
}

export async function markProcessed(
  trx: Trx,
  ids: readonly number[],
  processedAt: Date,
): Promise<void> {
  await sql`
    update webhook_delivery
    set processed_at = ${processedAt}, attempts = attempts + 1, processing_error = null
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

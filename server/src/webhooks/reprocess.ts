import { sql } from 'kysely'
import { readDeliveryId } from '@desk/shared/webhooks/delivery-id'
import type { DeliveryQuery } from '@desk/shared/webhooks/delivery-query'
import type { BusinessDayRule } from '@desk/shared/time/business-day'
import { REPROCESS_MAX, type ReprocessCount } from '@desk/shared/webhooks/reprocessing'
import type { UserId } from '@desk/shared/identity/session'
import { recordAudit } from '../audit/record-audit.ts'
import type { Db, Trx } from '../database.ts'
import type { Attribution } from '../kernel/actor.ts'
import { publish } from '../kernel/live-events.ts'
import { Refusal } from '../kernel/refusal.ts'
import { refuseTooBroad } from '../kernel/refuse-too-broad.ts'
import { bringBytesBack, findWithoutBytes } from './delivery-bytes.queries.ts'
import { acceptedMatching } from './delivery-matching.ts'

/**
 * Has one delivery processed again, a repeat through the delivery it repeats. Processing is harmless when
 * repeated: what it says is learned once. Refuses with `delivery_unknown`, `not_processable` and `body_gone`.
 */
export async function reprocessOne(
  db: Db,
  id: string,
  by: Attribution,
): Promise<{ readonly id: string }> {
  return db.transaction().execute(async (trx) => {
    const own = await processable(trx, id)
    const before = await giveBack(trx, [own.id], by.at)
    await publish(trx, { kind: 'webhooks.changed' })
    await recordAudit(trx, by, {
      action: 'webhook.reprocess',
      subject: { kind: 'webhook', id: String(own.id) },
      before: before[0],
      after: { eventType: own.event_type, paymentId: own.payment_id },
    })
    return { id: String(own.id) }
  })
}

async function processable(trx: Trx, id: string) {
  const { isRefused, number } = readDeliveryId(id)
  if (isRefused) {
    const message = 'It was refused: nobody knows who wrote it, so it is never processed.'
    throw new Refusal('conflict', 'not_processable', message)
  }
  const asked = await readProcessable(trx, number)
  const own = asked.duplicate_of === null ? asked : await readProcessable(trx, asked.duplicate_of)
  if (own.verdict === 'malformed') {
    const message = 'Its body cannot be read, so there is nothing to process.'
    throw new Refusal('conflict', 'not_processable', message)
  }
  if ((await findWithoutBytes(trx, [own.id])).length > 0) {
    const message = 'Its bytes were deleted when their time was up, so nothing can be processed.'
    throw new Refusal('conflict', 'body_gone', message)
  }
  return own
}

async function readProcessable(trx: Trx, number: number) {
  const row = await trx
    .selectFrom('webhook_delivery')
    .select(['id', 'verdict', 'duplicate_of', 'event_type', 'payment_id'])
    .where('id', '=', number)
    .executeTakeFirst()
  if (row) return row
  const message = `Desk has no delivery with the number ${number}.`
  throw new Refusal('not_found', 'delivery_unknown', message)
}

/** How many deliveries of a filter can be processed again. Refuses with `search_too_broad`. */
export async function countProcessable(
  reads: Db,
  query: DeliveryQuery,
  rule: BusinessDayRule,
): Promise<ReprocessCount> {
  const ids = await refuseTooBroad(() => findProcessable(reads, query, rule))
  return { count: Math.min(ids.length, REPROCESS_MAX), isMore: ids.length > REPROCESS_MAX }
}

interface ManyRequest {
  readonly query: DeliveryQuery
  /** What the person was shown. */
  readonly expected: number
  readonly askedBy: UserId
  readonly rule: BusinessDayRule
}

/**
 * Writes down which deliveries are processed again; they are given back to the processor a few at a time.
 * Refuses with `too_many`, with `nothing_to_process`, with `reprocessing_running` while a run is on, and
 * with `count_changed` where the filter now means more than a tenth more than what was agreed to.
 */
export async function reprocessMany(
  { db, reads }: { readonly db: Db; readonly reads: Db },
  request: ManyRequest,
  by: Attribution,
): Promise<{ readonly id: string }> {
  const { query, expected, askedBy, rule } = request
  const ids = await refuseTooBroad(() => findProcessable(reads, query, rule))
  if (ids.length > REPROCESS_MAX) {
    const message = `These filters mean more than ${REPROCESS_MAX} deliveries. Narrow them, such as by days.`
    throw new Refusal('conflict', 'too_many', message)
  }
  if (ids.length === 0) {
    throw new Refusal(
      'conflict',
      'nothing_to_process',
      'No delivery is left that these filters mean.',
    )
  }
  if (ids.length > expected * 1.1 + 10) {
    const message = `These filters mean ${ids.length} deliveries by now, not ${expected}. Look again.`
    throw new Refusal('conflict', 'count_changed', message)
  }
  return db.transaction().execute(async (trx) => {
    await sql`lock table webhook_reprocessing in share row exclusive mode`.execute(trx)
    const running = await trx
      .selectFrom('webhook_reprocessing')
      .select('id')
      .where('state', '=', 'running')
      .executeTakeFirst()
    if (running) {
      const message = 'Deliveries are being processed again already. Wait for that, or stop it.'
      throw new Refusal('conflict', 'reprocessing_running', message)
    }
    const { id } = await trx
      .insertInto('webhook_reprocessing')
      .values({
        asked_by: askedBy,
        asked_at: by.at,
        query: JSON.stringify(query),
        delivery_ids: [...ids],
        state: 'running',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await publish(trx, { kind: 'webhooks.changed' })
    await recordAudit(trx, by, {
      action: 'webhook.reprocess_many',
      after: { run: id, filter: query, count: ids.length },
    })
    return { id: String(id) }
  })
}

/** Oldest first, as they would have been processed; one more than may be done in one go. */
async function findProcessable(
  reads: Db,
  query: DeliveryQuery,
  rule: BusinessDayRule,
): Promise<readonly number[]> {
  const matching = acceptedMatching(reads.selectFrom('webhook_delivery'), query, rule)
  if (matching === null) return []
  const rows = await matching
    .select('id')
    .where('verdict', '=', 'valid')
    .orderBy('received_at', 'desc')
    .orderBy('id', 'desc')
    .limit(REPROCESS_MAX + 1)
    .execute()
  const ids = rows.map(({ id }) => id)
  const gone = new Set(await findWithoutBytes(reads, ids))
  return ids.filter((id) => !gone.has(id)).toSorted((a, b) => a - b)
}

/** Makes them wait again, as if they had just come. Resolves to what they were before. */
export async function giveBack(trx: Trx, ids: readonly number[], at: Date) {
  const { rows } = await sql<{ processedAt: string | null; error: string | null }>`
    update webhook_delivery
    set processed_at = null, parked_at = null, attempts = 0, processing_error = null,
      asked_again_at = ${at}
    from (
      select id, processed_at, processing_error from webhook_delivery
      where id = any(${ids}::bigint[]) order by id for update
    ) as was
    where webhook_delivery.id = was.id and verdict = 'valid'
    returning was.processed_at as "processedAt", was.processing_error as error`.execute(trx)
  await bringBytesBack(trx, ids)
  return rows
}

import type { SnapshotComparison } from '@desk/shared/webhooks/delivery-detail'
import { readExactJson, snapshotIn } from '@desk/shared/webhooks/exact-json'
import { type ExactJson, snapshotDiff } from '@desk/shared/webhooks/snapshot-diff'
import type { Db } from '../database.ts'
import { readDeliveryBytes } from './delivery-bytes.queries.ts'

/** Enough for any object that lives a usual life. */
const SNAPSHOTS_MAX = 500

export interface ComparedDelivery {
  readonly id: number
  readonly verdict: 'valid' | 'duplicate' | 'malformed'
  readonly payment_id: string | null
  readonly withdrawal_id: string | null
  readonly duplicate_of: number | null
}

/**
 * What a delivery says otherwise than the one before it about the same payment or withdrawal, by the events'
 * own times: what came late is compared with what it followed, not with what overtook it. Null where there
 * is nothing to compare: no such object, no bytes, or no JSON.
 */
export async function compareWithPrevious(
  reads: Db,
  delivery: ComparedDelivery,
): Promise<SnapshotComparison | null> {
  if (delivery.payment_id === null && delivery.withdrawal_id === null) return null
  // A repeat says the same as what it repeats, which has a place in the order.
  const own = delivery.duplicate_of ?? delivery.id
  const row = await previousOf(reads, delivery, own)
  const bytes = await readDeliveryBytes(reads, [own, ...(row ? [row.id] : [])])
  const after = snapshotOf(bytes.get(own)?.body)
  if (after === null) return null
  if (!row) return { previous: null, changes: [] }
  const before = snapshotOf(bytes.get(row.id)?.body)
  if (before === null) return null
  return {
    previous: { id: String(row.id), receivedAt: row.received_at.toISOString() },
    changes: snapshotDiff(before.value, after.value),
  }
}

async function previousOf(reads: Db, delivery: ComparedDelivery, own: number) {
  const rows = await reads
    .selectFrom('webhook_delivery')
    .leftJoin('webhook_digest', 'webhook_digest.delivery_id', 'webhook_delivery.id')
    .select(['webhook_delivery.id', 'webhook_delivery.received_at', 'webhook_digest.happened_at'])
    .$if(delivery.payment_id !== null, (found) =>
      found.where('webhook_delivery.payment_id', '=', delivery.payment_id),
    )
    .$if(delivery.payment_id === null, (found) =>
      found.where('webhook_delivery.withdrawal_id', '=', delivery.withdrawal_id),
    )
    .where('webhook_delivery.verdict', '=', 'valid')
    .orderBy('webhook_delivery.id', 'desc')
    .limit(SNAPSHOTS_MAX)
    .execute()
  const inOrder = rows.toSorted(
    (a, b) =>
      (a.happened_at ?? a.received_at).getTime() - (b.happened_at ?? b.received_at).getTime() ||
      a.id - b.id,
  )
  const at = inOrder.findIndex(({ id }) => id === own)
  return at > 0 ? inOrder[at - 1] : undefined
}

function snapshotOf(body: Buffer | undefined): { readonly value: ExactJson } | null {
  const read = body ? readExactJson(body.toString('utf8').replace(/^\uFEFF/, '')) : null
  return read && { value: snapshotIn(read.value) }
}

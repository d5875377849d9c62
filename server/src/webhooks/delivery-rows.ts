import type { Selectable } from 'kysely'
import type { DeliveryRow } from '@desk/shared/webhooks/delivery-list'
import type { WorkState } from '@desk/shared/webhooks/delivery-query'
import type { Database } from '../database-schema.ts'

type DeliveryColumns = Selectable<Database['webhook_delivery']>

export type AcceptedRow = Pick<
  DeliveryColumns,
  | 'id'
  | 'received_at'
  | 'verdict'
  | 'event_type'
  | 'status'
  | 'payment_id'
  | 'withdrawal_id'
  | 'processed_at'
  | 'parked_at'
  | 'processing_error'
  | 'duplicate_of'
  | 'conflicting_event'
  | 'secret_id'
  | 'remote_address'
> & { readonly order_id: string | null }

export function acceptedRow(row: AcceptedRow): DeliveryRow {
  return {
    id: String(row.id),
    receivedAt: row.received_at.toISOString(),
    verdict: row.verdict,
    eventType: row.event_type,
    status: row.status,
    paymentId: row.payment_id,
    withdrawalId: row.withdrawal_id,
    orderId: row.order_id,
    state: stateOf(row),
    processedAt: row.processed_at?.toISOString() ?? null,
    problem: row.processing_error,
    duplicateOf: row.duplicate_of === null ? null : String(row.duplicate_of),
    isConflicting: row.conflicting_event,
    secretId: row.secret_id,
    remoteAddress: row.remote_address,
  }
}

function stateOf(row: Pick<DeliveryColumns, 'verdict' | 'processed_at' | 'parked_at'>): WorkState {
  if (row.verdict !== 'valid') return 'none'
  if (row.parked_at !== null) return 'parked'
  return row.processed_at === null ? 'waiting' : 'processed'
}

export type RefusedRow = Pick<
  Selectable<Database['webhook_quarantine']>,
  'id' | 'received_at' | 'verdict' | 'reason' | 'remote_address'
>

/** What it claims to be about is nobody's word, so nothing of that is said. */
export function refusedRow(row: RefusedRow): DeliveryRow {
  return {
    id: `q${row.id}`,
    receivedAt: row.received_at.toISOString(),
    verdict: row.verdict,
    eventType: null,
    status: null,
    paymentId: null,
    withdrawalId: null,
    orderId: null,
    state: 'none',
    processedAt: null,
    problem: row.reason,
    duplicateOf: null,
    isConflicting: false,
    secretId: null,
    remoteAddress: row.remote_address,
  }
}

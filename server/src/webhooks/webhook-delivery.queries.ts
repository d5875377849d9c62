import { sql } from 'kysely'
import type { Db } from '../database.ts'
import type { DeliverySummary } from './read-delivery.ts'

/** A delivery that SpacePay signed, about to be kept. */
export interface NewDelivery extends DeliverySummary {
  readonly eventId: string
  readonly deliveryId: string | null
  readonly endpointId: string | null
  readonly timestampHeader: string
  readonly sentAt: Date
  readonly receivedAt: Date
  readonly signatureHeader: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly bodySha256: Buffer
  /** Of timestamp, dot and body. */
  readonly signedSha256: Buffer
  readonly secretId: string
  readonly remoteAddress: string | null
  readonly verdict: 'valid' | 'malformed'
}

export interface StoredDelivery {
  readonly id: number
  readonly verdict: 'valid' | 'duplicate' | 'malformed'
  /** The same event id came before over other signed bytes. */
  readonly isConflicting: boolean
}

/**
 * Keeps all of them durably in one statement, each judged against what is kept already: a repeat of
 * the same signed bytes, or of the same body under the same event id, is a duplicate. Among
 * themselves they must differ in event id and signed bytes. When another Desk stores the same event
 * at the same moment one of the two fails with a unique violation and has to be repeated.
 */
export async function insertDeliveries(
  db: Db,
  deliveries: readonly NewDelivery[],
): Promise<readonly StoredDelivery[]> {
  const column = <T>(read: (delivery: NewDelivery) => T) => deliveries.map(read)
  const inserted = await sql<StoredDelivery & { signedSha256: Buffer }>`
    insert into webhook_delivery (event_id, delivery_id, endpoint_id, timestamp_header, sent_at,
      received_at, signature_header, headers, body, body_sha256, signed_sha256, secret_id,
      remote_address, event_type, payment_id, withdrawal_id, status, verdict, duplicate_of,
      conflicting_event)
    select told.event_id, told.delivery_id, told.endpoint_id, told.timestamp_header, told.sent_at,
      told.received_at, told.signature_header, told.headers::jsonb, told.body, told.body_sha256,
      told.signed_sha256, told.secret_id, told.remote_address, told.event_type, told.payment_id,
      told.withdrawal_id, told.status,
      case when repeated.id is not null then 'duplicate' else told.verdict end,
      repeated.id,
      repeated.id is null and coalesce(same_event.is_known, false)
    from unnest(
      ${column((one) => one.eventId)}::text[],
      ${column((one) => one.deliveryId)}::text[],
      ${column((one) => one.endpointId)}::text[],
      ${column((one) => one.timestampHeader)}::text[],
      ${column((one) => one.sentAt)}::timestamptz[],
      ${column((one) => one.receivedAt)}::timestamptz[],
      ${column((one) => one.signatureHeader)}::text[],
      ${column((one) => JSON.stringify(one.headers))}::text[],
      ${column((one) => one.body)}::bytea[],
      ${column((one) => one.bodySha256)}::bytea[],
      ${column((one) => one.signedSha256)}::bytea[],
      ${column((one) => one.secretId)}::text[],
      ${column((one) => one.remoteAddress)}::text[],
      ${column((one) => one.eventType)}::text[],
      ${column((one) => one.paymentId)}::text[],
      ${column((one) => one.withdrawalId)}::text[],
      ${column((one) => one.status)}::text[],
      ${column((one) => one.verdict)}::text[]
    ) as told (event_id, delivery_id, endpoint_id, timestamp_header, sent_at, received_at,
      signature_header, headers, body, body_sha256, signed_sha256, secret_id, remote_address,
      event_type, payment_id, withdrawal_id, status, verdict)
    left join lateral (
      select id from webhook_delivery
      where verdict = 'valid' and signed_sha256 = told.signed_sha256
      limit 1
    ) as same_bytes on true
    left join lateral (
      -- By the event id alone: with the verdict beside it the planner would read all valid ones for each.
      select min(id) filter (where body_sha256 = told.body_sha256) as same_body_id,
        bool_or(verdict = 'valid') as is_known
      from webhook_delivery
      where event_id = told.event_id
    ) as same_event on true
    cross join lateral (
      select least(same_bytes.id, same_event.same_body_id) as id
    ) as repeated
    returning id, verdict, conflicting_event as "isConflicting", signed_sha256 as "signedSha256"`.execute(
    db,
  )
  const bySigned = new Map(inserted.rows.map((row) => [row.signedSha256.toString('hex'), row]))
  return deliveries.map((delivery) => {
    const stored = bySigned.get(delivery.signedSha256.toString('hex'))
    if (!stored) throw new Error('A delivery was not stored.')
    return stored
  })
}

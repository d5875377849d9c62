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
  // The function is of migration 0021.
  const inserted = await sql<StoredDelivery & { signedSha256: Buffer }>`
    select stored_id as id, stored_verdict as verdict, is_conflicting as "isConflicting",
      stored_signed_sha256 as "signedSha256"
    from store_webhook_deliveries(
      ${column((one) => one.eventId)}::text[],
      ${column((one) => one.deliveryId)}::text[],
      ${column((one) => one.endpointId)}::text[],
      ${column((one) => one.timestampHeader)}::text[],
      ${column((one) => one.sentAt)}::timestamptz[],
      ${column((one) => one.receivedAt)}::timestamptz[],
      ${column((one) => one.signatureHeader)}::text[],
      ${column((one) => JSON.stringify(one.headers))}::jsonb[],
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
    )`.execute(db)
  const bySigned = new Map(inserted.rows.map((row) => [row.signedSha256.toString('hex'), row]))
  return deliveries.map((delivery) => {
    const stored = bySigned.get(delivery.signedSha256.toString('hex'))
    if (!stored) throw new Error('A delivery was not stored.')
    return stored
  })
}

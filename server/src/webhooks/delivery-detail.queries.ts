import type { DeliveryContent, DeliveryDetail } from '@desk/shared/webhooks/delivery-detail'
import { readDeliveryId } from '@desk/shared/webhooks/delivery-id'
import type { KnownSecretName } from '@desk/shared/webhooks/delivery-list'
import { sql } from 'kysely'
import type { Db } from '../database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { coveredLinks } from './covered-links.ts'
import { type DeliveryBytes, readDeliveryBytes } from './delivery-bytes.queries.ts'
import { acceptedRow, refusedRow } from './delivery-rows.ts'
import { compareWithPrevious } from './previous-snapshot.queries.ts'

/** More of a body is only in its evidence file. */
const SHOWN_BYTES_MAX = 64 * 1024
const ATTEMPTS_MAX = 50

export interface DetailReader {
  readonly secrets: readonly KnownSecretName[]
  /** Whether they may see links by which anybody can pay. */
  readonly maySeeLinks: boolean
}

/** Everything that is kept of a delivery; refuses with `delivery_unknown`. */
export async function readDeliveryDetail(
  reads: Db,
  id: string,
  reader: DetailReader,
): Promise<DeliveryDetail> {
  const { isRefused, number } = readDeliveryId(id)
  const detail = isRefused
    ? await readRefused(reads, number, reader)
    : await readAccepted(reads, number, reader)
  if (detail) return detail
  const message = isRefused
    ? 'Desk does not keep this refused delivery any more: the quarantine has room for the newest ones only.'
    : `Desk has no delivery with the number ${id}.`
  throw new Refusal('not_found', 'delivery_unknown', message)
}

async function readAccepted(
  reads: Db,
  number: number,
  reader: DetailReader,
): Promise<DeliveryDetail | null> {
  const row = await reads
    .selectFrom('webhook_delivery')
    .leftJoin('webhook_digest', 'webhook_digest.delivery_id', 'webhook_delivery.id')
    .leftJoin('payment', 'payment.id', 'webhook_delivery.payment_id')
    .select(keptColumns)
    .select(['webhook_digest.happened_at', 'payment.order_id'])
    .where('webhook_delivery.id', '=', number)
    .executeTakeFirst()
  if (!row) return null
  const [bytes, attemptsOfEvent, comparison] = await Promise.all([
    readDeliveryBytes(reads, [number]),
    readAttempts(reads, row.event_id),
    compareWithPrevious(reads, row),
  ])
  const own = bytes.get(number)
  return {
    ...acceptedRow(row),
    eventId: row.event_id,
    attemptId: row.delivery_id,
    endpointId: row.endpoint_id,
    timestampHeader: row.timestamp_header,
    signatureHeader: row.signature_header,
    sentAt: row.sent_at?.toISOString() ?? null,
    happenedAt: row.happened_at?.toISOString() ?? null,
    secret: nameOf(row.secret_id, reader),
    attempts: row.attempts,
    parkedAt: row.parked_at?.toISOString() ?? null,
    askedAgainAt: row.asked_again_at?.toISOString() ?? null,
    bodySha256: row.body_sha256.toString('hex'),
    signedSha256: row.signed_sha256.toString('hex'),
    content: own ? contentOf(own, own.body.length, reader) : null,
    attemptsOfEvent,
    comparison,
  }
}

/** Its name only: what is passed in may hold more. */
function nameOf(secretId: string, { secrets }: DetailReader): KnownSecretName {
  const known = secrets.find(({ id }) => id === secretId)
  return { id: secretId, label: known?.label ?? 'A secret that Desk no longer has' }
}

/** What is kept of a delivery besides its bytes. */
const keptColumns = [
  'webhook_delivery.id',
  'webhook_delivery.event_id',
  'webhook_delivery.delivery_id',
  'webhook_delivery.endpoint_id',
  'webhook_delivery.timestamp_header',
  'webhook_delivery.signature_header',
  'webhook_delivery.sent_at',
  'webhook_delivery.received_at',
  'webhook_delivery.verdict',
  'webhook_delivery.event_type',
  'webhook_delivery.status',
  'webhook_delivery.payment_id',
  'webhook_delivery.withdrawal_id',
  'webhook_delivery.processed_at',
  'webhook_delivery.parked_at',
  'webhook_delivery.processing_error',
  'webhook_delivery.duplicate_of',
  'webhook_delivery.conflicting_event',
  'webhook_delivery.secret_id',
  'webhook_delivery.remote_address',
  'webhook_delivery.attempts',
  'webhook_delivery.asked_again_at',
  'webhook_delivery.body_sha256',
  'webhook_delivery.signed_sha256',
] as const

async function readAttempts(
  reads: Db,
  eventId: string,
): Promise<DeliveryDetail['attemptsOfEvent']> {
  const rows = await reads
    .selectFrom('webhook_delivery')
    .select(['id', 'delivery_id', 'received_at', 'verdict', 'conflicting_event'])
    .where('event_id', '=', eventId)
    .orderBy('id')
    .limit(ATTEMPTS_MAX)
    .execute()
  return rows.map((row) => ({
    id: String(row.id),
    attemptId: row.delivery_id,
    receivedAt: row.received_at.toISOString(),
    verdict: row.verdict,
    isConflicting: row.conflicting_event,
  }))
}

async function readRefused(
  reads: Db,
  number: number,
  reader: DetailReader,
): Promise<DeliveryDetail | null> {
  const row = await reads
    .selectFrom('webhook_quarantine')
    .select(['id', 'received_at', 'verdict', 'reason', 'remote_address'])
    .select(['headers', 'body', 'body_bytes'])
    .select(sql<Buffer>`sha256(body)`.as('body_sha256'))
    .where('id', '=', number)
    .executeTakeFirst()
  if (!row) return null
  const header = (name: string) => row.headers[name] ?? null
  const isCut = row.body_bytes > row.body.length
  return {
    ...refusedRow(row),
    eventId: header('x-spacepay-event-id'),
    attemptId: header('x-spacepay-delivery-id'),
    endpointId: header('x-spacepay-id'),
    timestampHeader: header('x-spacepay-timestamp'),
    signatureHeader: header('x-spacepay-signature'),
    sentAt: null,
    happenedAt: null,
    secret: null,
    attempts: 0,
    parkedAt: null,
    askedAgainAt: null,
    bodySha256: isCut ? null : row.body_sha256.toString('hex'),
    signedSha256: null,
    content: contentOf(row, row.body_bytes, reader),
    attemptsOfEvent: [],
    comparison: null,
  }
}

function contentOf(
  { body, headers }: DeliveryBytes,
  bytes: number,
  { maySeeLinks }: DetailReader,
): DeliveryContent {
  const shown = maySeeLinks ? body : coveredLinks(body)
  const isCovered = shown !== body
  const part = shown.subarray(0, SHOWN_BYTES_MAX)
  return {
    base64: part.toString('base64'),
    shownBytes: part.length,
    bytes,
    isCut: bytes > body.length,
    isCovered,
    headers: Object.entries(headers).sort(([a], [b]) => (a < b ? -1 : 1)),
  }
}

import { createHash } from 'node:crypto'
import type { PaymentSnapshot } from '@desk/shared/payments/payment-snapshot'
import { sql } from 'kysely'
import type { Db, Trx } from '../database.ts'
import { decodePayment } from '../gateway/wire/payment.wire.ts'
import { decodeWebhookEnvelope } from '../gateway/wire/webhook.wire.ts'
import type { Account } from './account.ts'
import { storableText } from '../kernel/storable-text.ts'

/** Something just learned about one payment, with the evidence. */
export interface Observation {
  readonly source: 'webhook' | 'api'
  readonly paymentId: string
  /** Null when the API said that it does not know the payment. */
  readonly snapshot: PaymentSnapshot | null
  /** JSON text: the payment as the API sent it, or the webhook's whole body. */
  readonly body: string
  /** SHA-256 of the body as it came. */
  readonly bodySha256: Buffer
  readonly occurredAt: Date
  readonly learnedAt: Date
  readonly deliveryId: number | null
}

/** An answer of the API about a payment. What it says was so, at the latest, when it was asked. */
export function apiObservation(answer: {
  readonly value: PaymentSnapshot
  readonly raw: unknown
  readonly askedAt: Date
  readonly answeredAt: Date
}): Observation {
  const body = JSON.stringify(answer.raw)
  return {
    source: 'api',
    paymentId: answer.value.id,
    snapshot: answer.value,
    body,
    bodySha256: sha256(body),
    occurredAt: answer.askedAt,
    learnedAt: answer.answeredAt,
    deliveryId: null,
  }
}

/** The API's "not found" about a payment that Desk knows otherwise. */
export function missingObservation(
  paymentId: string,
  times: { readonly askedAt: Date; readonly answeredAt: Date },
): Observation {
  const body = JSON.stringify({ notFound: paymentId })
  return {
    source: 'api',
    paymentId,
    snapshot: null,
    body,
    bodySha256: sha256(body),
    occurredAt: times.askedAt,
    learnedAt: times.answeredAt,
    deliveryId: null,
  }
}

/** An event about a payment. `occurredAt` is its own time, or that of its signature where it has none. */
export function eventObservation(event: {
  readonly snapshot: PaymentSnapshot
  /** The body as text, and the hash of its bytes. */
  readonly body: string
  readonly bodySha256: Buffer
  readonly occurredAt: Date
  readonly learnedAt: Date
  readonly deliveryId: number
}): Observation {
  return { source: 'webhook', paymentId: event.snapshot.id, ...event }
}

/**
 * Appends what is new and returns the payments it is about. An event's body counts once, however
 * often and under whatever event id it came. An API answer counts when it says something else than
 * the newest one, or says the same in words not kept yet; otherwise only `payment.api_read_at`
 * moves. The payments must be locked.
 */
export async function recordObservations(
  trx: Trx,
  observations: readonly Observation[],
): Promise<readonly string[]> {
  const column = <T>(read: (one: Observation) => T) => observations.map(read)
  const inserted = await sql<{ payment_id: string }>`
    insert into observation (payment_id, source, extent, status, amount_cents, occurred_at,
      learned_at, body_sha256, facts_sha256, body, webhook_delivery_id)
    select told.*
    from unnest(
      ${column(({ paymentId }) => storableText(paymentId))}::text[],
      ${column(({ source }) => source)}::text[],
      ${column(({ snapshot }) => snapshot?.extent ?? 'missing')}::text[],
      ${column(({ snapshot }) => storableText(snapshot?.status ?? 'not_found'))}::text[],
      ${column(({ snapshot }) => snapshot?.amountCents ?? null)}::bigint[],
      ${column(({ occurredAt }) => occurredAt)}::timestamptz[],
      ${column(({ learnedAt }) => learnedAt)}::timestamptz[],
      ${column(({ bodySha256 }) => bodySha256)}::bytea[],
      ${column(({ snapshot }) => sha256(JSON.stringify(snapshot)))}::bytea[],
      ${column(({ body }) => body)}::text[],
      ${column(({ deliveryId }) => deliveryId)}::bigint[]
    ) as told (payment_id, source, extent, status, amount_cents, occurred_at, learned_at,
      body_sha256, facts_sha256, body, webhook_delivery_id)
    where told.source = 'webhook'
      or told.facts_sha256 is distinct from (
        select facts_sha256 from observation as newest
        where newest.payment_id = told.payment_id and newest.source = 'api'
        order by newest.occurred_at desc, newest.id desc limit 1
      )
      or not exists (
        select from observation as kept
        where kept.payment_id = told.payment_id and kept.source = 'api'
          and kept.body_sha256 = told.body_sha256
      )
    on conflict do nothing
    returning payment_id`.execute(trx)
  await moveApiReadAt(trx, observations)
  return [...new Set(inserted.rows.map((row) => row.payment_id))]
}

/** Everything known about these payments, now or by then (ISO 8601 UTC), by payment id, in one query. */
export async function accountsOf(
  db: Db,
  paymentIds: readonly string[],
  learnedUntil: string | null = null,
): Promise<ReadonlyMap<string, readonly Account[]>> {
  const rows = await db
    .selectFrom('observation')
    .select(['id', 'payment_id', 'source', 'extent', 'occurred_at', 'learned_at'])
    .select(['body', 'body_sha256'])
    .where('payment_id', '=', sql<string>`any(${paymentIds}::text[])`)
    .$if(learnedUntil !== null, (known) =>
      known.where('learned_at', '<=', new Date(learnedUntil ?? 0)),
    )
    .execute()
  const accounts = rows.map((row) => ({
    paymentId: row.payment_id,
    observationId: row.id,
    source: row.source,
    occurredAt: row.occurred_at.toISOString(),
    learnedAt: row.learned_at.toISOString(),
    bodyHash: row.body_sha256.toString('hex'),
    snapshot: row.extent === 'missing' ? null : decodeBody(row.source, row.body),
  }))
  return Map.groupBy(accounts, (account) => account.paymentId)
}

function decodeBody(source: Observation['source'], body: string): PaymentSnapshot | null {
  const json: unknown = JSON.parse(body)
  if (source === 'api') return decodePayment(json)
  const { subject } = decodeWebhookEnvelope(json)
  return subject.kind === 'payment' ? subject.payment : null
}

async function moveApiReadAt(trx: Trx, observations: readonly Observation[]): Promise<void> {
  const reads = observations.filter(({ source }) => source === 'api')
  if (reads.length === 0) return
  await sql`
    update payment set api_read_at = greatest(api_read_at, read.asked_at)
    from unnest(
      ${reads.map(({ paymentId }) => storableText(paymentId))}::text[],
      ${reads.map(({ occurredAt }) => occurredAt)}::timestamptz[]
    ) as read (payment_id, asked_at)
    where payment.id = read.payment_id`.execute(trx)
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

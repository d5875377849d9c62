import { createHash } from 'node:crypto'
import type { WithdrawalSnapshot } from '@desk/shared/withdrawals/withdrawal-snapshot'
import { sql } from 'kysely'
import type { Trx } from '../database.ts'
import { decodeWebhookEnvelope } from '../gateway/wire/webhook.wire.ts'
import { decodeWithdrawal } from '../gateway/wire/withdrawal.wire.ts'
import { storableText } from '../kernel/storable-text.ts'
import type { WithdrawalAccount } from './project-withdrawal.ts'

/** Something just learned about one withdrawal, with the evidence. */
export interface WithdrawalObservation {
  readonly source: 'webhook' | 'api'
  readonly withdrawalId: string
  /** Null when the API said that it does not know the withdrawal. */
  readonly snapshot: WithdrawalSnapshot | null
  /** JSON text: the withdrawal as the API sent it, or the webhook's whole body. */
  readonly body: string
  /** SHA-256 of the body as it came. */
  readonly bodySha256: Buffer
  readonly occurredAt: Date
  readonly learnedAt: Date
  readonly deliveryId: number | null
}

/** An answer of the API about a withdrawal. What it says was so, at the latest, when it was asked. */
export function withdrawalAnswer(answer: {
  readonly value: WithdrawalSnapshot
  readonly raw: unknown
  readonly askedAt: Date
  readonly answeredAt: Date
}): WithdrawalObservation {
  const { value, raw, ...times } = answer
  return ofApi({ id: value.id, snapshot: value, told: raw, ...times })
}

/** The API's "not found" about a withdrawal that Desk knows otherwise. */
export function missingWithdrawal(
  id: string,
  times: { readonly askedAt: Date; readonly answeredAt: Date },
): WithdrawalObservation {
  return ofApi({ id, snapshot: null, told: { notFound: id }, ...times })
}

/** An event about a withdrawal. `occurredAt` is its own time, or that of its signature where it has none. */
export function withdrawalEvent(
  event: Omit<WithdrawalObservation, 'source' | 'withdrawalId' | 'snapshot'> & {
    readonly snapshot: WithdrawalSnapshot
  },
): WithdrawalObservation {
  return { source: 'webhook', withdrawalId: event.snapshot.id, ...event }
}

function ofApi(answer: {
  readonly id: string
  readonly snapshot: WithdrawalSnapshot | null
  readonly told: unknown
  readonly askedAt: Date
  readonly answeredAt: Date
}): WithdrawalObservation {
  const body = JSON.stringify(answer.told)
  return {
    source: 'api',
    withdrawalId: answer.id,
    snapshot: answer.snapshot,
    body,
    bodySha256: sha256(body),
    occurredAt: answer.askedAt,
    learnedAt: answer.answeredAt,
    deliveryId: null,
  }
}

/**
 * Appends what is new and returns the withdrawals it is about. An event's body counts once; an API answer
 * counts when it says something else than the newest one, otherwise only `withdrawal.api_read_at` moves. The
 * withdrawals must be locked.
 */
export async function recordWithdrawalObservations(
  trx: Trx,
  observations: readonly WithdrawalObservation[],
): Promise<readonly string[]> {
  const column = <T>(read: (one: WithdrawalObservation) => T) => observations.map(read)
  const inserted = await sql<{ withdrawal_id: string }>`
    insert into withdrawal_observation (withdrawal_id, source, extent, status, amount_cents,
      occurred_at, learned_at, body_sha256, facts_sha256, body, webhook_delivery_id)
    select told.*
    from unnest(
      ${column(({ withdrawalId }) => storableText(withdrawalId))}::text[],
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
    ) as told (withdrawal_id, source, extent, status, amount_cents, occurred_at, learned_at,
      body_sha256, facts_sha256, body, webhook_delivery_id)
    where told.source = 'webhook'
      or told.facts_sha256 is distinct from (
        select facts_sha256 from withdrawal_observation as newest
        where newest.withdrawal_id = told.withdrawal_id and newest.source = 'api'
        order by newest.occurred_at desc, newest.id desc limit 1
      )
    on conflict do nothing
    returning withdrawal_id`.execute(trx)
  const reads = observations.filter(({ source }) => source === 'api')
  await sql`
    update withdrawal set api_read_at = greatest(api_read_at, read.asked_at)
    from unnest(
      ${reads.map(({ withdrawalId }) => storableText(withdrawalId))}::text[],
      ${reads.map(({ occurredAt }) => occurredAt)}::timestamptz[]
    ) as read (withdrawal_id, asked_at)
    where withdrawal.id = read.withdrawal_id`.execute(trx)
  return [...new Set(inserted.rows.map((row) => row.withdrawal_id))]
}

/** Everything known about these withdrawals, by id. */
export async function withdrawalAccountsOf(
  trx: Trx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly WithdrawalAccount[]>> {
  const rows = await trx
    .selectFrom('withdrawal_observation')
    .select(['id', 'withdrawal_id', 'source', 'extent', 'occurred_at', 'learned_at'])
    .select(['body', 'body_sha256'])
    .where(sql<boolean>`withdrawal_id = any(${ids}::text[])`)
    .execute()
  const accounts = rows.map((row) => ({
    withdrawalId: row.withdrawal_id,
    observationId: row.id,
    source: row.source,
    occurredAt: row.occurred_at.toISOString(),
    learnedAt: row.learned_at.toISOString(),
    bodyHash: row.body_sha256.toString('hex'),
    snapshot: row.extent === 'missing' ? null : decodeBody(row.source, row.body),
  }))
  return Map.groupBy(accounts, (account) => account.withdrawalId)
}

function decodeBody(source: 'webhook' | 'api', body: string): WithdrawalSnapshot | null {
  const json: unknown = JSON.parse(body)
  if (source === 'api') return decodeWithdrawal(json)
  const { subject } = decodeWebhookEnvelope(json)
  return subject.kind === 'withdrawal' ? subject.withdrawal : null
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

import { sql } from 'kysely'
import type { Db, Trx } from '../database.ts'
import { toCents } from '../payments/payment-row.ts'
import type { DriftCase } from './drift-case.ts'
import type { KnownDrift } from './drift-step.ts'

export interface NamedCase extends DriftCase {
  readonly paymentId: string
}

/** Everything by which these payments are judged, without the bodies of what was said. */
export async function findCases(
  db: Db,
  ids: readonly string[],
  announcedSince: Date | null,
): Promise<NamedCase[]> {
  const payments = await db
    .selectFrom('payment')
    .leftJoin('receipt', 'receipt.payment_id', 'payment.id')
    .select(['payment.id', 'payment.type', 'payment.amount_cents', 'payment.created_at'])
    .select(['payment.api_read_at', 'receipt.transaction_at', 'receipt.completed_at'])
    .where(sql<boolean>`payment.id = any(${ids}::text[])`)
    .execute()
  const words = await db
    .selectFrom('observation')
    .select(['id', 'payment_id', 'source', 'status', 'amount_cents', 'occurred_at'])
    .select(['learned_at', 'webhook_delivery_id'])
    .where(sql<boolean>`payment_id = any(${ids}::text[])`)
    .execute()
  const wordsOf = Map.groupBy(words, (word) => word.payment_id)
  return payments.map((payment) => ({
    paymentId: payment.id,
    type: payment.type,
    amountCents: toCents(payment.amount_cents),
    createdAt: payment.created_at.toISOString(),
    transactionAt: payment.transaction_at?.toISOString() ?? null,
    completedAt: payment.completed_at?.toISOString() ?? null,
    apiReadAt: payment.api_read_at?.toISOString() ?? null,
    announcedSince: announcedSince?.toISOString() ?? null,
    words: (wordsOf.get(payment.id) ?? []).map((word) => ({
      observationId: word.id,
      deliveryId: word.webhook_delivery_id,
      source: word.source,
      status: word.status,
      amountCents: toCents(word.amount_cents),
      occurredAt: word.occurred_at.toISOString(),
      learnedAt: word.learned_at.toISOString(),
    })),
  }))
}

/** What was found about these payments before, held until the transaction ends, by payment. */
export async function lockKnownDrift(
  trx: Trx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly KnownDrift[]>> {
  const rows = await trx
    .selectFrom('drift')
    .select(['id', 'payment_id as paymentId', 'topic', 'kind', 'state', 'resolution', 'fact'])
    .select('stake_cents as stakeCents')
    .where(sql<boolean>`payment_id = any(${ids}::text[])`)
    .orderBy('id')
    .forUpdate()
    .execute()
  return Map.groupBy(rows, (row) => row.paymentId)
}

/** When the first webhook was verified here; null before that. Found once, then kept. */
export async function readAnnouncedSince(trx: Trx): Promise<Date | null> {
  const kept = await trx.selectFrom('drift_ground').select('announced_since').executeTakeFirst()
  if (kept) return kept.announced_since
  const first = await trx
    .selectFrom('webhook_delivery')
    .select('received_at')
    .where('verdict', '=', 'valid')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  if (!first) return null
  await trx
    .insertInto('drift_ground')
    .values({ announced_since: first.received_at })
    .onConflict((conflict) => conflict.column('only_row').doNothing())
    .execute()
  return first.received_at
}

/** Payments of which time alone may tell more by now, those that wait longest first. */
export async function findDriftDue(
  db: Db,
  { now, limit }: { readonly now: Date; readonly limit: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom('drift_watch')
    .select('payment_id')
    .where('look_at', '<=', now)
    .orderBy('look_at')
    .limit(limit)
    .execute()
  return rows.map((row) => row.payment_id)
}

import { sql } from 'kysely'
import type { JudgedPayment } from '@desk/shared/attention/attention-facts'
import { paymentFlags } from '@desk/shared/payments/derived-facts'
import { USUAL_TIME_MS_MIN } from '@desk/shared/networks/usual-time'
import { paymentId, type PaymentId } from '@desk/shared/payments/payment'
import { usedQuoteOf } from '@desk/shared/quotes/used-quote'
import type { Db } from '../database.ts'
import { quotesOf, receiptOf, toQuote, toReceipt } from '../payments/payment-quotes.queries.ts'
import { openDriftOf, toOpenDrift } from '../payments/payment-drift.queries.ts'
import { toCents } from '../payments/payment-row.ts'

export interface NamedPayment extends JudgedPayment {
  readonly id: PaymentId
}

/** What there is to judge of those of these payments that could need attention, or have before. */
export async function findJudged(db: Db, ids: readonly string[]): Promise<NamedPayment[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('payment')
    .select(['id', 'status', 'flags', 'amount_cents', 'network'])
    .select((eb) => [
      quotesOf(eb).as('quotes'),
      receiptOf(eb).as('receipt'),
      eb
        .selectFrom('observation')
        .select((seen) => seen.fn.min('occurred_at').as('since'))
        .whereRef('observation.payment_id', '=', 'payment.id')
        .where('observation.status', '=', 'processing')
        .as('since'),
      openDriftOf(eb).as('drift'),
    ])
    .where(sql<boolean>`id = any(${ids}::text[])`)
    .where((eb) =>
      eb.or([
        eb('flags', '<>', sql<string[]>`'{}'`),
        eb('status', '=', 'processing'),
        eb.exists(
          eb.selectFrom('drift').select('drift.id').whereRef('drift.payment_id', '=', 'payment.id'),
        ),
        eb.exists(
          eb
            .selectFrom('attention_item as item')
            .select('item.id')
            .whereRef('item.payment_id', '=', 'payment.id'),
        ),
      ]),
    )
    .execute()
  return rows.map((row) => {
    const quotes = row.quotes.map(toQuote)
    const receipt = row.receipt && toReceipt(row.receipt, quotes)
    const used = usedQuoteOf(receipt, quotes)
    return {
      id: paymentId.parse(row.id),
      status: row.status,
      flags: paymentFlags.filter((flag) => row.flags.includes(flag)),
      amountCents: toCents(row.amount_cents),
      network: row.network,
      expectedBaseUnits: used?.expectedBaseUnits ?? null,
      amountDueCents: used?.amountDueCents ?? null,
      receivedBaseUnits: receipt?.receivedBaseUnits ?? null,
      receivedUsd: receipt?.receivedUsd ?? null,
      transactionAt: receipt?.transactionAt ?? null,
      requiredConfirmations: receipt?.requiredConfirmations ?? null,
      processingSince: receipt?.transactionAt ?? row.since?.toISOString() ?? null,
      drift: row.drift.map(toOpenDrift),
    }
  })
}

/** About whom something was learned after the observation `after`, and the number of the last one looked at. */
export async function findChanged(
  db: Db,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<{ readonly ids: readonly string[]; readonly reached: number; readonly isEnd: boolean }> {
  const rows = await db
    .selectFrom('observation')
    .select(['id', 'payment_id'])
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
  return {
    ids: [...new Set(rows.map((row) => row.payment_id))],
    reached: rows.at(-1)?.id ?? after,
    isEnd: rows.length < limit,
  }
}

/** Payments that may have become stuck by nothing but time: oldest first, without those that are known to be. */
export async function findWaitingLong(
  db: Db,
  { now, limit }: { readonly now: Date; readonly limit: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom('payment')
    .select('id')
    .where('status', '=', 'processing')
    .where('created_at', '<', new Date(now.getTime() - USUAL_TIME_MS_MIN))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('attention_item as item')
            .select('item.id')
            .whereRef('item.payment_id', '=', 'payment.id')
            .where('item.kind', '=', 'stuck')
            .where('item.fact', 'is not', null),
        ),
      ),
    )
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** The newest observation there is; 0 before the first. */
export async function lastObservation(db: Db): Promise<number> {
  const row = await db
    .selectFrom('observation')
    .select('id')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? 0
}

import { sql } from 'kysely'
import type { PaymentId } from '@desk/shared/payments/payment'
import type { PaymentDetail } from '@desk/shared/payments/payment-detail'
import type { Db, Trx } from '../database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { findDeliveries } from './payment-deliveries.queries.ts'
import { findObservations, findRawJson, newestOf } from './payment-observations.queries.ts'
import { findQuotes, findReceipt } from './payment-quotes.queries.ts'
import { listColumns, toCents, toListItem } from './payment-row.ts'
import { timelineOf } from './payment-timeline.ts'

/**
 * Everything Desk knows about one payment as of one moment, in six statements whatever its history.
 * Refuses with `payment_unknown`.
 */
export async function readPaymentDetail(db: Db, id: PaymentId): Promise<PaymentDetail> {
  return db
    .transaction()
    .setAccessMode('read only')
    .setIsolationLevel('repeatable read')
    .execute((trx) => assemble(trx, id))
}

async function assemble(trx: Trx, id: PaymentId): Promise<PaymentDetail> {
  const row = await findPayment(trx, id)
  if (!row) {
    throw new Refusal(
      'not_found',
      'payment_unknown',
      `Desk has no payment "${id}". If it is new, its webhook may still be on the way; "Refresh from SpacePay" asks for it now.`,
    )
  }
  const item = toListItem(row)
  const quotes = await findQuotes(trx, id)
  const receipt = await findReceipt(trx, id, quotes)
  const observations = await findObservations(trx, id)
  const deliveries = await findDeliveries(trx, id)
  return {
    ...item,
    amountDueCents: toCents(row.amount_due_cents),
    convenienceFeeCents: toCents(row.convenience_fee_cents),
    merchantFeeCents: toCents(row.merchant_fee_cents),
    swapFeeCents: toCents(row.swap_fee_cents),
    redirectUrl: row.redirect_url,
    customMetadata: row.custom_metadata,
    webhookStory: newestOf(observations, 'webhook'),
    apiStory: newestOf(observations, 'api'),
    apiReadAt: row.api_read_at?.toISOString() ?? null,
    quotes,
    receipt,
    timeline: timelineOf({ payment: item, quotes, receipt, observations, deliveries }),
    deliveries,
    rawJson: await findRawJson(trx, id),
  }
}

async function findPayment(trx: Trx, id: PaymentId) {
  return trx
    .selectFrom('payment')
    .select(listColumns)
    .select(['amount_due_cents', 'convenience_fee_cents', 'merchant_fee_cents', 'swap_fee_cents'])
    .select(['redirect_url', 'custom_metadata', 'api_read_at'])
    .where('id', '=', sql<string>`${id}`)
    .executeTakeFirst()
}

import type { PaymentId } from '@desk/shared/payments/payment'
import type { PaymentDetail } from '@desk/shared/payments/payment-detail'
import type { Db } from '../database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { deliveriesOf, toDelivery } from './payment-deliveries.queries.ts'
import { driftOf, toDrift } from './payment-drift.queries.ts'
import { withoutSecrets } from './payment-detail-redaction.ts'
import {
  lastBodyOf,
  newestOf,
  observationsOf,
  processingSinceOf,
  toObservation,
} from './payment-observations.queries.ts'
import { quotesOf, receiptOf, toQuote, toReceipt } from './payment-quotes.queries.ts'
import { listColumns, toCents, toListItem } from './payment-row.ts'
import { timelineOf } from './payment-timeline.ts'

/**
 * Everything Desk knows about one payment as of one moment: one statement, whatever its history.
 * Refuses with `payment_unknown`.
 */
export async function readPaymentDetail(reads: Db, id: PaymentId): Promise<PaymentDetail> {
  const row = await findPayment(reads, id)
  if (!row) {
    throw new Refusal(
      'not_found',
      'payment_unknown',
      `Desk has no payment "${id}". If it is new, its webhook may still be on the way; "Refresh from SpacePay" asks for it now.`,
    )
  }
  const item = toListItem(row)
  const quotes = row.quotes.map(toQuote)
  const receipt = row.receipt && toReceipt(row.receipt, quotes)
  const observations = row.observations.map(toObservation)
  const deliveries = row.deliveries.map(toDelivery)
  return {
    ...item,
    amountDueCents: toCents(row.amount_due_cents),
    convenienceFeeCents: toCents(row.convenience_fee_cents),
    redirectUrl: row.redirect_url,
    customMetadata: row.custom_metadata,
    webhookStory: newestOf(observations, 'webhook'),
    apiStory: newestOf(observations, 'api'),
    apiReadAt: row.api_read_at?.toISOString() ?? null,
    processingSince: receipt?.transactionAt ?? row.processing_since?.toISOString() ?? null,
    quotes,
    receipt,
    timeline: timelineOf({ payment: item, quotes, receipt, observations, deliveries }),
    deliveries,
    drift: row.drift.map(toDrift),
    rawAnswer: row.raw_answer === null ? null : withoutSecrets(row.raw_answer),
    rawWebhook: row.raw_webhook === null ? null : withoutSecrets(row.raw_webhook),
  }
}

async function findPayment(reads: Db, id: PaymentId) {
  return reads
    .selectFrom('payment')
    .select(listColumns)
    .select(['amount_due_cents', 'convenience_fee_cents', 'merchant_fee_cents', 'swap_fee_cents'])
    .select(['redirect_url', 'custom_metadata', 'api_read_at'])
    .select((eb) => [
      quotesOf(eb).as('quotes'),
      receiptOf(eb).as('receipt'),
      observationsOf(eb).as('observations'),
      deliveriesOf(eb).as('deliveries'),
      driftOf(eb).as('drift'),
      processingSinceOf(eb).as('processing_since'),
      lastBodyOf(eb, 'api').as('raw_answer'),
      lastBodyOf(eb, 'webhook').as('raw_webhook'),
    ])
    .where('id', '=', id)
    .executeTakeFirst()
}

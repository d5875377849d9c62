import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { WebhookDeliverySummary } from '@desk/shared/webhooks/webhook-delivery'
import { type NestedRow, toInstant, toInstantOrNull } from './nested-row.ts'
import type { PaymentExpressions } from './payment-matching.ts'

const DELIVERIES_MAX = 200

/** The newest 200 webhooks about a payment, newest first; repeats are counted on the one they repeat. */
export function deliveriesOf(eb: PaymentExpressions) {
  const repeated = eb
    .selectFrom('webhook_delivery')
    .select((eb) => ['duplicate_of', eb.fn.countAll<number>().as('duplicates')])
    .whereRef('payment_id', '=', 'payment.id')
    .where('verdict', '=', 'duplicate')
    .groupBy('duplicate_of')
  return jsonArrayFrom(
    eb
      .selectFrom('webhook_delivery as delivery')
      .leftJoin(repeated.as('repeated'), 'repeated.duplicate_of', 'delivery.id')
      .select([
        'delivery.id',
        'delivery.event_id',
        'delivery.delivery_id',
        'delivery.event_type',
        'delivery.status',
        'delivery.verdict',
        'delivery.sent_at',
        'delivery.received_at',
        'delivery.processed_at',
        'delivery.processing_error',
        'repeated.duplicates',
      ])
      .whereRef('delivery.payment_id', '=', 'payment.id')
      .where('delivery.verdict', '!=', 'duplicate')
      .orderBy('delivery.id', 'desc')
      .limit(DELIVERIES_MAX),
  )
}

export function toDelivery(row: NestedRow<typeof deliveriesOf>): WebhookDeliverySummary {
  return {
    id: String(row.id),
    eventId: row.event_id,
    deliveryId: row.delivery_id,
    eventType: row.event_type ?? 'unknown',
    status: row.status,
    verdict: row.verdict,
    sentAt: toInstantOrNull(row.sent_at),
    receivedAt: toInstant(row.received_at),
    processedAt: toInstantOrNull(row.processed_at),
    duplicates: row.duplicates ?? 0,
    processingError: row.processing_error,
  }
}

import type { PaymentId } from '@desk/shared/payments/payment'
import type { WebhookDeliverySummary } from '@desk/shared/webhooks/webhook-delivery'
import type { Trx } from '../database.ts'

const DELIVERIES_MAX = 200

/** The newest 200 webhooks about a payment, newest first; repeats are counted on the one they repeat. */
export async function findDeliveries(
  trx: Trx,
  paymentId: PaymentId,
): Promise<WebhookDeliverySummary[]> {
  const rows = await trx
    .selectFrom('webhook_delivery as delivery')
    .leftJoin(
      (eb) =>
        eb
          .selectFrom('webhook_delivery')
          .select((eb) => ['duplicate_of', eb.fn.countAll<number>().as('duplicates')])
          .where('payment_id', '=', paymentId)
          .where('verdict', '=', 'duplicate')
          .groupBy('duplicate_of')
          .as('repeated'),
      (join) => join.onRef('repeated.duplicate_of', '=', 'delivery.id'),
    )
    .select([
      'id',
      'event_id',
      'delivery_id',
      'event_type',
      'status',
      'verdict',
      'sent_at',
      'received_at',
      'processed_at',
      'processing_error',
      'duplicates',
    ])
    .where('payment_id', '=', paymentId)
    .where('verdict', '!=', 'duplicate')
    .orderBy('id', 'desc')
    .limit(DELIVERIES_MAX)
    .execute()
  return rows.map((row) => ({
    id: String(row.id),
    eventId: row.event_id,
    deliveryId: row.delivery_id,
    eventType: row.event_type ?? 'unknown',
    status: row.status,
    verdict: row.verdict,
    sentAt: row.sent_at?.toISOString() ?? null,
    receivedAt: row.received_at.toISOString(),
    processedAt: row.processed_at?.toISOString() ?? null,
    duplicates: row.duplicates ?? 0,
    processingError: row.processing_error,
  }))
}

import { sql } from 'kysely'
import type { Drift } from '@desk/shared/drift/drift'
import type { PaymentId } from '@desk/shared/payments/payment'
import type { ObservationSummary, PaymentDetail } from '@desk/shared/payments/payment-detail'
import type { PaymentListItem } from '@desk/shared/payments/payment-list'
import type { WebhookDeliverySummary } from '@desk/shared/webhooks/webhook-delivery'
import type { Db } from '../database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { accountsOf } from './observations.ts'
import { deliveriesOf, toDelivery } from './payment-deliveries.queries.ts'
import { withoutSecrets } from './payment-detail-redaction.ts'
import { driftOf, toDrift } from './payment-drift.queries.ts'
import { newestOf } from './payment-observations.queries.ts'
import { toCents } from './payment-row.ts'
import { timelineOf } from './payment-timeline.ts'
import { type MirroredPayment, projectPayment } from './project-payment.ts'

/**
 * One payment as Desk knew it at an instant: from what it had learned by then, by the same function that makes
 * the mirror. Refuses with `payment_unknown` and, where it learned of it later, `payment_unknown_then`.
 */
export async function readPaymentDetailAsOf(
  reads: Db,
  id: PaymentId,
  asOf: string,
): Promise<PaymentDetail> {
  const accounts = (await accountsOf(reads, [id], asOf)).get(id) ?? []
  const payment = projectPayment(accounts)
  if (!payment) throw await unknownThen(reads, id)
  const said = await findSaid(reads, id, asOf)
  const observations = said.map((row): ObservationSummary => ({
    id: String(row.id),
    source: row.source,
    status: row.status,
    amountCents: toCents(row.amount_cents),
    occurredAt: row.occurred_at.toISOString(),
    learnedAt: row.learned_at.toISOString(),
  }))
  const bodyOf = (source: ObservationSummary['source']) =>
    said.find((row) => row.source === source && row.extent !== 'missing')?.body ?? null
  const { deliveries, drift } = await findBeside(reads, id, asOf)
  const { receipt, quotes } = payment
  const item = itemOf(payment)
  const processing = said.filter(({ status }) => status === 'processing').at(-1)
  const [answer, webhook] = [bodyOf('api'), bodyOf('webhook')]
  return {
    ...item,
    amountDueCents: payment.amountDueCents,
    convenienceFeeCents: payment.convenienceFeeCents,
    redirectUrl: payment.redirectUrl,
    customMetadata: payment.customMetadata,
    webhookStory: newestOf(observations, 'webhook'),
    apiStory: newestOf(observations, 'api'),
    apiReadAt: payment.apiReadAt,
    processingSince: receipt?.transactionAt ?? processing?.occurred_at.toISOString() ?? null,
    quotes,
    receipt,
    timeline: timelineOf({ payment: item, quotes, receipt, observations, deliveries }),
    deliveries,
    drift,
    rawAnswer: answer === null ? null : withoutSecrets(answer),
    rawWebhook: webhook === null ? null : withoutSecrets(webhook),
  }
}

/** Newest first, in the order in which it happened. */
async function findSaid(reads: Db, id: string, asOf: string) {
  return reads
    .selectFrom('observation')
    .select(['id', 'source', 'extent', 'status', 'amount_cents', 'occurred_at', 'learned_at'])
    .select('body')
    .where('payment_id', '=', id)
    .where('learned_at', '<=', new Date(asOf))
    .orderBy('occurred_at', 'desc')
    .orderBy('id', 'desc')
    .limit(OBSERVATIONS_MAX)
    .execute()
}

const OBSERVATIONS_MAX = 200

async function findBeside(reads: Db, id: string, asOf: string) {
  const row = await reads
    .selectFrom('payment')
    .select((eb) => [deliveriesOf(eb).as('deliveries'), driftOf(eb).as('drift')])
    .where('id', '=', id)
    .executeTakeFirst()
  return {
    deliveries: (row?.deliveries ?? [])
      .map(toDelivery)
      .filter(({ receivedAt }) => receivedAt <= asOf)
      .map((delivery) => deliveryThen(delivery, asOf)),
    drift: (row?.drift ?? [])
      .map(toDrift)
      .filter(({ detectedAt }) => detectedAt <= asOf)
      .map((drift) => driftThen(drift, asOf)),
  }
}

/** How often it was repeated is told as of now: when each repeat came stands with the deliveries. */
function deliveryThen(delivery: WebhookDeliverySummary, asOf: string): WebhookDeliverySummary {
  const isProcessed = delivery.processedAt !== null && delivery.processedAt <= asOf
  return isProcessed ? delivery : { ...delivery, processedAt: null }
}

function driftThen(drift: Drift, asOf: string): Drift {
  if (drift.closedAt === null || drift.closedAt <= asOf) return drift
  const open = { state: 'open', closedAt: null, resolution: null } as const
  return { ...drift, ...open, resolvedBy: null, resolvedBecause: null }
}

function itemOf(payment: MirroredPayment): PaymentListItem {
  const { receipt } = payment
  return {
    id: payment.id,
    orderId: payment.orderId,
    type: payment.type,
    status: payment.status,
    amountCents: payment.amountCents,
    currency: payment.currency,
    netCents: payment.netCents,
    merchantFeeCents: payment.merchantFeeCents,
    swapFeeCents: payment.swapFeeCents,
    tokenSymbol: payment.tokenSymbol,
    tokenDecimals: payment.tokenDecimals,
    receivedBaseUnits: receipt?.receivedBaseUnits ?? null,
    network: payment.network,
    depositAddress: payment.depositAddress,
    txHash: receipt?.txHash ?? null,
    senderAddress: receipt?.senderAddress ?? null,
    flags: payment.flags,
    createdAt: payment.createdAt,
    updatedAt: payment.updatedAt,
  }
}

async function unknownThen(reads: Db, id: PaymentId): Promise<Refusal> {
  const first = await reads
    .selectFrom('observation')
    .select(sql<Date | null>`min(learned_at)`.as('at'))
    .where('payment_id', '=', id)
    .executeTakeFirst()
  if (!first?.at) return new Refusal('not_found', 'payment_unknown', `Desk has no payment "${id}".`)
  const at = first.at.toISOString().slice(0, 19).replace('T', ' ')
  const message = `Desk knew nothing of this payment at that time. It first learned of it at ${at} UTC.`
  return new Refusal('not_found', 'payment_unknown_then', message)
}

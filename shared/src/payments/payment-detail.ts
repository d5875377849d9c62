import type { AmountCents } from '../money/amount-cents.ts'
import type { Drift } from '../drift/drift.ts'
import type { WebhookDeliverySummary } from '../webhooks/webhook-delivery.ts'
import type { PaymentListItem } from './payment-list.ts'
import type { QuoteSnapshot, ReceiptSnapshot } from './payment-snapshot.ts'

export const observationSources = ['webhook', 'api'] as const
export type ObservationSource = (typeof observationSources)[number]

/** One thing we learned about a payment, from where and when. Instants are ISO 8601 UTC. */
export interface ObservationSummary {
  readonly id: string
  readonly source: ObservationSource
  readonly status: string
  readonly amountCents: AmountCents | null
  /** When the source says it was so. */
  readonly occurredAt: string
  /** When Desk learned it. */
  readonly learnedAt: string
}

export const timelineKinds = [
  'created',
  'quoted',
  'seen_on_chain',
  'confirmed',
  'webhook',
  'api_read',
] as const

export interface TimelineEntry {
  readonly kind: (typeof timelineKinds)[number]
  readonly at: string
  /** Plain sentence. */
  readonly text: string
  readonly txHash: string | null
}

export interface PaymentDetail extends PaymentListItem {
  readonly amountDueCents: AmountCents | null
  readonly convenienceFeeCents: AmountCents | null
  readonly redirectUrl: string | null
  readonly customMetadata: string | null
  /** The last status each of the two sources proved, and when it was learned; null when it never spoke. */
  readonly webhookStory: ObservationSummary | null
  readonly apiStory: ObservationSummary | null
  /** When the API last answered about this payment, changed or not. */
  readonly apiReadAt: string | null
  /** When the money was seen on chain, else when SpacePay first called the payment processing. */
  readonly processingSince: string | null
  /** Newest first; the used one says so in `status`. */
  readonly quotes: readonly QuoteSnapshot[]
  readonly receipt: ReceiptSnapshot | null
  readonly timeline: readonly TimelineEntry[]
  readonly deliveries: readonly WebhookDeliverySummary[]
  /** In what the two sources disagree, or once did: open ones first. */
  readonly drift: readonly Drift[]
  /** The API's newest account as JSON text, as it was kept but for secrets; null before the first read. */
  readonly rawAnswer: string | null
  /** The body of the newest webhook, likewise; null when none came. */
  readonly rawWebhook: string | null
}

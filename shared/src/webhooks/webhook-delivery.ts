/** What became of an attempt to tell us something. */
export const webhookVerdicts = [
  'valid',
  'duplicate',
  'malformed',
  'invalid_signature',
  'stale_timestamp',
  'unknown_secret',
] as const
export type WebhookVerdict = (typeof webhookVerdicts)[number]

/** What an operator sees of one delivery on the payment's page. Instants are ISO 8601 UTC. */
export interface WebhookDeliverySummary {
  readonly id: string
  readonly eventId: string
  readonly deliveryId: string | null
  readonly eventType: string
  readonly status: string | null
  readonly verdict: WebhookVerdict
  readonly sentAt: string | null
  readonly receivedAt: string
  readonly processedAt: string | null
  /** How often the same event was delivered again. */
  readonly duplicates: number
  readonly processingError: string | null
}

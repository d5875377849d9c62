import type { PersonName } from '../attention/assignee.ts'
import type { AmountCents } from '../money/amount-cents.ts'

/** In what the webhooks and the API of SpacePay can disagree about one payment. */
export const driftKinds = [
  'never_announced',
  'webhook_missing',
  'webhook_late',
  'out_of_order',
  'amount_differs',
  'status_differs',
  'went_backwards',
  'unknown_to_api',
] as const
export type DriftKind = (typeof driftKinds)[number]

export const driftKindText = {
  never_announced: 'Never announced',
  webhook_missing: 'Webhook missing',
  webhook_late: 'Webhook late',
  out_of_order: 'Arrived out of order',
  amount_differs: 'Amount differs',
  status_differs: 'Status differs',
  went_backwards: 'Went backwards',
  unknown_to_api: 'Not known to the API',
} as const satisfies Record<DriftKind, string>

/** What one side said, with the observation that proves it. Instants are ISO 8601 UTC. */
export interface DriftWord {
  readonly observationId: number
  /** The delivery it came with; null for answers of the API. */
  readonly deliveryId: number | null
  readonly status: string
  readonly amountCents: AmountCents | null
  readonly occurredAt: string
  readonly learnedAt: string
}

/** A disagreement, what proves it and how it ended. Instants are ISO 8601 UTC. */
export interface Drift {
  readonly id: number
  readonly kind: DriftKind
  /** The status in question; null where it is about the payment as a whole. */
  readonly status: string | null
  readonly state: 'open' | 'closed'
  readonly since: string
  readonly detectedAt: string
  readonly stakeCents: AmountCents | null
  /** By webhook, or what one source said before it went back. */
  readonly one: DriftWord | null
  /** By the API, or what was said after it. */
  readonly other: DriftWord | null
  readonly closedAt: string | null
  /** Whether it was over by itself or a person settled it; null while it is open. */
  readonly resolution: 'healed' | 'resolved' | null
  readonly resolvedBy: PersonName | null
  readonly resolvedBecause: string | null
}

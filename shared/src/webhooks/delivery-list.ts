import type { WorkState } from './delivery-query.ts'
import type { WebhookVerdict } from './webhook-delivery.ts'

/** One delivery in the list. Instants are ISO 8601 UTC. */
export interface DeliveryRow {
  /** As in `delivery-id.ts`. */
  readonly id: string
  readonly receivedAt: string
  readonly verdict: WebhookVerdict
  /** Null where the body does not say, and for what was refused: nobody knows who wrote that. */
  readonly eventType: string | null
  readonly status: string | null
  readonly paymentId: string | null
  readonly withdrawalId: string | null
  /** Of the payment, once it is in the mirror. */
  readonly orderId: string | null
  readonly state: WorkState
  readonly processedAt: string | null
  /** Why it was refused or parked. */
  readonly problem: string | null
  /** The delivery it repeats. */
  readonly duplicateOf: string | null
  readonly isConflicting: boolean
  readonly secretId: string | null
  readonly remoteAddress: string | null
}

export interface DeliveryPage {
  readonly items: readonly DeliveryRow[]
  /** Null on the last page. */
  readonly nextCursor: string | null
}

/** A secret by the name people know it by; `id` is a short hash of it. */
export interface KnownSecretName {
  readonly id: string
  readonly label: string
}

/** Why deliveries were refused lately, the commonest first. */
export interface RefusalGroup {
  readonly verdict: WebhookVerdict
  /** Numbers in it are left out, so that equal reasons are counted together. */
  readonly reason: string
  readonly count: number
  readonly firstAt: string
  readonly lastAt: string
  /** The newest examples. */
  readonly exampleIds: readonly string[]
  /** From where, at most three. */
  readonly addresses: readonly string[]
}

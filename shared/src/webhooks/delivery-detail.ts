import type { DeliveryRow, KnownSecretName } from './delivery-list.ts'
import type { SnapshotChange } from './snapshot-diff.ts'

/** Everything that is kept of one delivery. Hashes are hex, instants ISO 8601 UTC. */
export interface DeliveryDetail extends DeliveryRow {
  readonly eventId: string | null
  /** SpacePay's own id of this attempt. */
  readonly attemptId: string | null
  readonly endpointId: string | null
  /** Exactly as the header spelt it. */
  readonly timestampHeader: string | null
  readonly signatureHeader: string | null
  readonly sentAt: string | null
  /** The event's own time, from its body. */
  readonly happenedAt: string | null
  readonly secret: KnownSecretName | null
  readonly attempts: number
  readonly parkedAt: string | null
  /** When somebody last had it processed again. */
  readonly askedAgainAt: string | null
  readonly bodySha256: string | null
  readonly signedSha256: string | null
  readonly content: DeliveryContent | null
  /** Deliveries of the same event, this one among them, oldest first. */
  readonly attemptsOfEvent: readonly EventAttempt[]
  readonly comparison: SnapshotComparison | null
}

/** The bytes as they came; null in their place once retention took them away. */
export interface DeliveryContent {
  /** The first `shownBytes` of them. */
  readonly base64: string
  readonly shownBytes: number
  readonly bytes: number
  /** More came than was kept: only refused deliveries are cut. */
  readonly isCut: boolean
  /** Links by which the payment can be paid are covered, since the reader may not see them. */
  readonly isCovered: boolean
  readonly headers: readonly (readonly [name: string, value: string])[]
}

export interface EventAttempt {
  readonly id: string
  readonly attemptId: string | null
  readonly receivedAt: string
  readonly verdict: DeliveryRow['verdict']
  readonly isConflicting: boolean
}

/** What this snapshot says otherwise than the one before of the same payment or withdrawal. */
export interface SnapshotComparison {
  /** The delivery with the snapshot before; null where this is the first. */
  readonly previous: { readonly id: string; readonly receivedAt: string } | null
  readonly changes: readonly SnapshotChange[]
}

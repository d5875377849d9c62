import type { AmountCents } from '../money/amount-cents.ts'

/** A withdrawal that SpacePay has and nobody asked for in this Desk; instants are ISO 8601, UTC. */
export interface UnrequestedRow {
  /** SpacePay's id. */
  readonly id: string
  readonly status: string
  /** Null where SpacePay did not say it in cents. */
  readonly amountCents: AmountCents | null
  readonly currency: string
  readonly network: string | null
  readonly address: string | null
  readonly orderId: string | null
  readonly txHash: string | null
  readonly errorMessage: string | null
  readonly createdAt: string
  readonly updatedAt: string
  /** Made while this Desk was there to ask: somebody used the key, or SpacePay's own pages, around it. */
  readonly isSinceDesk: boolean
  /** The same, and within the last 24 hours: as long as it rings. */
  readonly isRecent: boolean
}

import type { AmountCents } from '../money/amount-cents.ts'

/**
 * Exactly what people approve and what is sent. Any other value in any field is another request with
 * another fingerprint.
 */
export interface RequestContent {
  readonly amountCents: AmountCents
  readonly currency: 'USD'
  /** CAIP-2. */
  readonly network: string
  /** With its checksum, where the network has one. */
  readonly destination: string
  readonly orderId: string
  readonly reason: string
  /** SHA-256 of the attachment in hex; null without one. */
  readonly attachmentSha256: string | null
  readonly policyVersion: number
  /** Made anew at each submission. */
  readonly nonce: string
}

import { usualConfirmationMs } from '../networks/usual-time.ts'

export interface ProcessingPayment {
  /** SpacePay's word for the payment. */
  readonly status: string
  /** CAIP-2. */
  readonly network: string | null
  readonly requiredConfirmations: number | null
  /** When the money was seen on chain or SpacePay first said so, ISO 8601 UTC. */
  readonly processingSince: string | null
}

/**
 * From when on a payment counts as stuck, ISO 8601 UTC: it was still processing after its network's usual
 * time. Null for one that is not processing, or of which nobody knows since when.
 */
export function stuckFrom(payment: ProcessingPayment): string | null {
  const { status, network, requiredConfirmations, processingSince } = payment
  if (status !== 'processing' || processingSince === null) return null
  const usualMs = usualConfirmationMs(network, requiredConfirmations)
  return new Date(Date.parse(processingSince) + usualMs).toISOString()
}

export function isStuck(payment: ProcessingPayment, nowMs: number): boolean {
  const from = stuckFrom(payment)
  return from !== null && nowMs > Date.parse(from)
}

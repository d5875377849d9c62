/** The states of our request, in the order in which they are usually reached. */
export const requestStates = [
  'draft',
  'pending_approval',
  'approved',
  'sending',
  'submitted',
  'processing',
  'completed',
  'failed',
  'rejected',
  'expired',
  'cancelled',
  'unknown',
] as const

export type RequestState = (typeof requestStates)[number]

/**
 * What each state may turn into; every other step is refused. A rejected or expired request is back in
 * its requester's hands: editing makes it a draft again. `approved` is reached from `sending` only when
 * it is certain that SpacePay took nothing. `unknown` ends by what is found, never by sending again.
 */
export const requestSteps = {
  draft: ['pending_approval', 'cancelled'],
  pending_approval: ['draft', 'approved', 'rejected', 'expired', 'cancelled'],
  approved: ['draft', 'pending_approval', 'sending', 'rejected', 'expired', 'cancelled'],
  sending: ['approved', 'submitted', 'processing', 'completed', 'failed', 'unknown'],
  submitted: ['processing', 'completed', 'failed'],
  processing: ['completed', 'failed'],
  completed: [],
  failed: [],
  rejected: ['draft', 'cancelled'],
  expired: ['draft', 'cancelled'],
  cancelled: [],
  unknown: ['submitted', 'processing', 'completed', 'failed'],
} as const satisfies Record<RequestState, readonly RequestState[]>

export function mayBecome(from: RequestState, to: RequestState): boolean {
  const steps: readonly RequestState[] = requestSteps[from]
  return steps.includes(to)
}

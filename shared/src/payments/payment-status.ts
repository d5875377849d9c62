/** The statuses SpacePay documents. Others are kept and shown as they came. */
export const knownPaymentStatuses = [
  'pending',
  'processing',
  'completed',
  'failed',
  'expired',
  'cancelled',
] as const
export type KnownPaymentStatus = (typeof knownPaymentStatuses)[number]

export const terminalPaymentStatuses: ReadonlySet<string> = new Set([
  'completed',
  'failed',
  'expired',
  'cancelled',
])

export const knownPaymentTypes = ['payment', 'deposit'] as const

import * as z from 'zod/mini'
import { storable } from '../text/storable.ts'

/** SpacePay's payment id: opaque text of at most 64 characters, never assumed to be a UUID. */
export const paymentId = z
  .string()
  .check(z.minLength(1), z.maxLength(64), storable)
  .brand<'PaymentId'>()
export type PaymentId = z.infer<typeof paymentId>

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

import type { PaymentSnapshot } from '@desk/shared/payments/payment-snapshot'
import type { WithdrawalSnapshot } from '@desk/shared/withdrawals/withdrawal-snapshot'
import * as z from 'zod'
import { decodeWith } from './decode-error.ts'
import { decodePayment } from './payment.wire.ts'
import { instantField } from './wire-fields.ts'
import { decodeWithdrawal } from './withdrawal.wire.ts'

/** One event as SpacePay tells it. */
export interface WebhookEnvelope {
  /** The event type as sent, such as `payment.updated`. */
  readonly type: string
  /** When SpacePay made the event (inside the signed body), ISO 8601 UTC. */
  readonly createdAt: string | null
  readonly subject: WebhookSubject
}

export type WebhookSubject =
  | { readonly kind: 'payment'; readonly payment: PaymentSnapshot }
  | { readonly kind: 'withdrawal'; readonly withdrawal: WithdrawalSnapshot }
  | { readonly kind: 'unknown' }

/**
 * Reads `{type, data: {payment | withdrawal}, timestamp}` and the older `{event, data: {…flat}}`.
 * A type we do not know is a subject of kind `unknown`, not an error. Throws DecodeError.
 */
export function decodeWebhookEnvelope(json: unknown): WebhookEnvelope {
  const envelope = decodeWith(envelopeWire, json)
  const type = envelope.type ?? envelope.event ?? ''
  return { type, createdAt: envelope.timestamp, subject: readSubject(type, envelope.data) }
}

const envelopeWire = z
  .object({
    type: z.string().nullish(),
    event: z.string().nullish(),
    data: z.unknown().optional(),
    timestamp: instantField,
  })
  .refine((envelope) => Boolean(envelope.type ?? envelope.event), {
    path: ['type'],
    message: 'is missing',
  })

function readSubject(type: string, data: unknown): WebhookSubject {
  const topic = type.toLowerCase().split('.')[0]
  const { payment, withdrawal } = nestedWire.parse(data)
  if (payment != null || (topic === 'payment' && withdrawal == null)) {
    return { kind: 'payment', payment: decodePayment(withImpliedStatus(payment ?? data, type)) }
  }
  if (withdrawal != null || topic === 'withdrawal') {
    const subject = withImpliedStatus(withdrawal ?? data, type)
    return { kind: 'withdrawal', withdrawal: decodeWithdrawal(subject) }
  }
  return { kind: 'unknown' }
}

const nestedWire = z.object({ payment: z.unknown(), withdrawal: z.unknown() }).partial().catch({})

/** An event such as `payment.confirmed` says the status by its name when its data does not. */
function withImpliedStatus(subject: unknown, type: string): unknown {
  if (typeof subject !== 'object' || subject === null) return subject
  if ('status' in subject && subject.status != null) return subject
  const implied = impliedStatuses.get(type.toLowerCase())
  return implied === undefined ? subject : { ...subject, status: implied }
}

const impliedStatuses: ReadonlyMap<string, string> = new Map([
  ['payment.created', 'pending'],
  ['payment.confirmed', 'confirmed'],
  ['payment.succeeded', 'succeeded'],
  ['payment.failed', 'failed'],
  ['payment.cancelled', 'cancelled'],
  ['withdrawal.created', 'pending'],
])

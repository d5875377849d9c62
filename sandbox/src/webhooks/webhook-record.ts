import * as z from 'zod'
import { mainMerchant } from '../registry/merchant.ts'

/** Where webhooks go. `id` is the `X-SpacePay-Id` header. */
export const endpointRecord = z.object({
  id: z.string(),
  merchantId: z.string().default(mainMerchant.id),
  name: z.string(),
  description: z.string().default(''),
  url: z.string(),
  secret: z.string(),
  /** The secret from the settings that a rotation replaced, so that a restart does not bring it back. */
  replacedSecret: z.string().nullable().default(null),
  /** An inactive endpoint hears of nothing new, and what waits for it keeps waiting. */
  status: z.enum(['ACTIVE', 'INACTIVE']),
  createdAt: z.int(),
  updatedAt: z.int().nullable().default(null),
})
export type EndpointRecord = z.infer<typeof endpointRecord>

/** The four documented types, and two that only control sends. */
export const eventTypes = [
  'payment.created',
  'payment.updated',
  'withdrawal.created',
  'withdrawal.updated',
  /** Of the integration page's step 4; SpacePay's own log knows it. */
  'payment.confirmed',
  'webhook.test',
] as const
const eventType = z.enum(eventTypes)
export type EventType = z.infer<typeof eventType>

/** Something that happened; its body is fixed when it happens and never rewritten. */
export const eventRecord = z.object({
  id: z.string(),
  type: eventType,
  merchantId: z.string().default(mainMerchant.id),
  /** The payment or withdrawal it is about; of a test, the endpoint. */
  subjectId: z.string(),
  orderId: z.string().nullable().default(null),
  rawBody: z.string(),
  createdAt: z.int(),
})
export type EventRecord = z.infer<typeof eventRecord>

export const deliveryStates = ['waiting', 'delivered', 'failed', 'dropped'] as const

/** One event on its way to one endpoint. */
export const deliveryRecord = z.object({
  id: z.string(),
  eventId: z.string(),
  endpointId: z.string(),
  state: z.enum(deliveryStates),
  attempts: z.int(),
  dueAt: z.int(),
})
export type DeliveryRecord = z.infer<typeof deliveryRecord>

/** One request that was made (or, under a fault, deliberately not made). */
export const attemptRecord = z.object({
  /** The `X-SpacePay-Delivery-Id` header. */
  deliveryId: z.string(),
  eventId: z.string(),
  eventType,
  subjectId: z.string(),
  endpointId: z.string(),
  url: z.string(),
  number: z.int(),
  /** Wall clock, as signed. */
  at: z.int(),
  durationMs: z.int(),
  /** The answer's status; null when there was none. */
  status: z.int().nullable(),
  error: z.string().nullable(),
  /** The effects of the faults that struck it. */
  faults: z.array(z.string()).default([]),
  /** As sent, whatever a fault made of them. */
  timestamp: z.string(),
  signature: z.string(),
  /** Headers a fault left out. */
  withheld: z.array(z.string()).default([]),
  /** Null when the event's own body went out. */
  changedBody: z.string().nullable().default(null),
  responseBody: z.string(),
})
export type AttemptRecord = z.infer<typeof attemptRecord>

/** Any 2xx counts; redirects are not followed. */
export function isAccepted({ status }: Pick<AttemptRecord, 'status'>): boolean {
  return status !== null && status >= 200 && status < 300
}

import * as z from 'zod'

/** Where webhooks go. `id` is the `X-SpacePay-Id` header. */
export const endpointRecord = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  secret: z.string(),
  status: z.enum(['ACTIVE', 'INACTIVE']),
  createdAt: z.int(),
})
export type EndpointRecord = z.infer<typeof endpointRecord>

export const webhookTypes = [
  'payment.created',
  'payment.updated',
  'withdrawal.created',
  'withdrawal.updated',
] as const

/** Something that happened; its body is fixed when it happens and never rewritten. */
export const eventRecord = z.object({
  id: z.string(),
  type: z.enum(webhookTypes),
  subjectId: z.string(),
  rawBody: z.string(),
  createdAt: z.int(),
})
export type EventRecord = z.infer<typeof eventRecord>

/** One event on its way to one endpoint. */
export const deliveryRecord = z.object({
  id: z.string(),
  eventId: z.string(),
  endpointId: z.string(),
  state: z.enum(['waiting', 'delivered', 'failed', 'dropped']),
  attempts: z.int(),
  dueAt: z.int(),
})
export type DeliveryRecord = z.infer<typeof deliveryRecord>

/** One request that was made (or, under a fault, deliberately not made). */
export const attemptRecord = z.object({
  /** The `X-SpacePay-Delivery-Id` header. */
  deliveryId: z.string(),
  eventId: z.string(),
  eventType: z.enum(webhookTypes),
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
  fault: z.enum(['drop', 'duplicate', 'delay', 'tamper']).nullable(),
  timestamp: z.string(),
  signature: z.string(),
  responseBody: z.string(),
})
export type AttemptRecord = z.infer<typeof attemptRecord>

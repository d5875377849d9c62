import { createHmac } from 'node:crypto'
import type { IncomingWebhook } from './receive-webhook.ts'
import type { WebhookHeaders } from './verify-signature.ts'

/** The vector of the published contract; not computed here. */
export const vector = {
  secret: 'whsec_sandbox_0123456789abcdef',
  timestamp: '1767225600',
  body: '{"type":"payment.updated","data":{"payment":{"id":"11111111-2222-4333-8444-555555555555","type":"payment","merchantId":"99999999-8888-4777-8666-555555555555","amountInCents":14999,"amountDueCents":14999,"currency":"USD","status":"completed","orderId":"ORDER-8827","createdAt":"2026-01-01T00:00:00.000Z"}},"timestamp":"2026-01-01T00:00:00.000Z"}',
  signature: 'c86e647a717bf7fb78a323c25cc8b10a083e034ecafac9f222b2d0ae3ac6d06c',
} as const

/** The moment the vector was signed. */
export const signedAt = new Date(Number(vector.timestamp) * 1000)

export interface Delivery {
  readonly body: string | Buffer
  readonly secret?: string
  readonly timestamp?: string
  readonly eventId?: string
  /** Change or, with undefined, remove headers after signing. */
  readonly headers?: WebhookHeaders
}

/** A delivery as SpacePay would make it, signed by the published rule. */
export function signed(delivery: Delivery): IncomingWebhook & { readonly body: Buffer } {
  const { secret = vector.secret, timestamp = vector.timestamp, eventId = 'event-1' } = delivery
  const body = Buffer.from(delivery.body)
  const signature = createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')
  return {
    headers: {
      'content-type': 'application/json',
      'x-spacepay-id': 'endpoint-1',
      'x-spacepay-event-id': eventId,
      'x-spacepay-delivery-id': `delivery-of-${eventId}`,
      'x-spacepay-timestamp': timestamp,
      'x-spacepay-signature': signature,
      ...delivery.headers,
    },
    body,
    bodyBytes: body.length,
    remoteAddress: '203.0.113.7',
  }
}

import { createHash, createHmac, randomUUID } from 'node:crypto'

export const benchSecret = 'whsec_of_the_benchmark'

export interface SignedEvent {
  readonly eventId: string
  readonly body: string
  readonly timestamp: string
  readonly signature: string
}

/** What SpacePay says of a payment as it goes on, in turn; a new payment every so many events. */
const statuses = ['pending', 'processing', 'completed'] as const
let events = 0
let newest = { id: '', createdAt: '' }

/** Another event each time, of a payment that goes on its way, signed just now: about half a kilobyte. */
export function signedEvent(): SignedEvent {
  const eventId = randomUUID()
  const at = new Date()
  const status = statuses[events++ % statuses.length]
  if (status === 'pending') newest = { id: randomUUID(), createdAt: at.toISOString() }
  const payment = {
    id: newest.id,
    type: 'payment',
    merchantId: '99999999-8888-4777-8666-555555555555',
    amountInCents: 14_999,
    amountDueCents: 14_999,
    currency: 'USD',
    status,
    orderId: `ORDER-${newest.id.slice(0, 8)}`,
    createdAt: newest.createdAt,
  }
  const body = JSON.stringify({
    type: 'payment.updated',
    data: { payment },
    timestamp: at.toISOString(),
  })
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const signature = createHmac('sha256', benchSecret).update(`${timestamp}.${body}`).digest('hex')
  return { eventId, body, timestamp, signature }
}

export function headersOf({ eventId, timestamp, signature }: SignedEvent): Record<string, string> {
  return {
    'content-type': 'application/json',
    'x-spacepay-id': 'bench-endpoint',
    'x-spacepay-event-id': eventId,
    'x-spacepay-delivery-id': eventId,
    'x-spacepay-timestamp': timestamp,
    'x-spacepay-signature': signature,
  }
}

export function sha256(...parts: readonly string[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

import { randomUUID } from 'node:crypto'
import type { PaymentRecord } from '../payments/payment-record.ts'
import type { Profile } from '../registry/chains.ts'
import { eventBody } from '../webhooks/event-body.ts'
import { signWebhook } from '../webhooks/sign-webhook.ts'
import { paymentSnapshot } from '../webhooks/snapshot.ts'

const ANSWER_MS_MAX = 10_000

/** What a thief has who once read an endpoint's settings. */
export interface Loot {
  readonly endpointId: string
  readonly url: string
  readonly secret: string
}

/**
 * Tells the endpoint that a payment is completed, in SpacePay's form and signed with the stolen
 * secret, behind SpacePay's back. Answers whether the receiver believed it; null when nobody answered.
 */
export async function sendForgery(
  loot: Loot,
  payment: PaymentRecord,
  moment: {
    readonly at: number
    readonly wall: number
    readonly profile: Profile
    readonly stop: AbortSignal
  },
): Promise<boolean | null> {
  const claimed = paymentSnapshot({ ...payment, status: 'completed' })
  const rawBody = eventBody('payment.updated', { payment: claimed }, moment)
  const timestamp = String(Math.floor(moment.wall / 1_000))
  try {
    const answer = await fetch(loot.url, {
      method: 'POST',
      body: rawBody,
      redirect: 'manual',
      signal: AbortSignal.any([moment.stop, AbortSignal.timeout(ANSWER_MS_MAX)]),
      headers: {
        'Content-Type': 'application/json',
        'User-Agent': 'SpacePay-Sandbox-Webhooks/1',
        'X-SpacePay-Id': loot.endpointId,
        'X-SpacePay-Event-Id': `evt_${randomUUID()}`,
        'X-SpacePay-Delivery-Id': randomUUID(),
        'X-SpacePay-Timestamp': timestamp,
        'X-SpacePay-Signature': signWebhook(loot.secret, timestamp, rawBody),
      },
    })
    await answer.arrayBuffer()
    return answer.status < 300
  } catch (error) {
    // A thief shrugs at a receiver that is down.
    if (error instanceof Error) return null
    throw error
  }
}

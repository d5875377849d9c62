import { randomUUID } from 'node:crypto'
import { signWebhook } from './sign-webhook.ts'
import type {
  AttemptRecord,
  DeliveryRecord,
  EndpointRecord,
  EventRecord,
} from './webhook-record.ts'

const ANSWER_MS_MAX = 30_000
const ANSWER_CHARACTERS_KEPT = 1_000

interface Telling {
  readonly event: EventRecord
  readonly endpoint: EndpointRecord
  readonly delivery: DeliveryRecord
  readonly fault: { readonly kind: 'drop' | 'duplicate' | 'tamper' } | null
}

/**
 * One signed POST and what came of it; null when `stop` cut it short. Signed with the wall clock
 * even when sandbox time was moved, since the receiver compares the timestamp with its own clock.
 */
export async function sendAttempt(
  telling: Telling,
  wall: number,
  stop: AbortSignal,
): Promise<AttemptRecord | null> {
  const { event, endpoint, delivery, fault } = telling
  const timestamp = String(Math.floor(wall / 1_000))
  const deliveryId = randomUUID()
  const signature = signWebhook(endpoint.secret, timestamp, event.rawBody)
  const outcome =
    fault?.kind === 'drop'
      ? { status: null, error: 'Not sent: dropped by a fault.', responseBody: '', durationMs: 0 }
      : await post(endpoint.url, {
          stop,
          body: fault?.kind === 'tamper' ? tampered(event.rawBody) : event.rawBody,
          headers: {
            'Content-Type': 'application/json',
            'User-Agent': 'SpacePay-Sandbox-Webhooks/1',
            'X-SpacePay-Id': endpoint.id,
            'X-SpacePay-Event-Id': event.id,
            'X-SpacePay-Delivery-Id': deliveryId,
            'X-SpacePay-Timestamp': timestamp,
            'X-SpacePay-Signature': signature,
          },
        })
  if (stop.aborted) return null
  return {
    deliveryId,
    eventId: event.id,
    eventType: event.type,
    subjectId: event.subjectId,
    endpointId: endpoint.id,
    url: endpoint.url,
    number: delivery.attempts + 1,
    at: wall,
    fault: fault?.kind ?? null,
    timestamp,
    signature,
    ...outcome,
  }
}

interface Post {
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
  readonly stop: AbortSignal
}

/** Any answer counts as an answer, redirects included; everything else is an error in words. */
async function post(url: string, request: Post) {
  const started = performance.now()
  const took = () => Math.round(performance.now() - started)
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body: request.body,
      headers: request.headers,
      redirect: 'manual',
      signal: AbortSignal.any([request.stop, AbortSignal.timeout(ANSWER_MS_MAX)]),
    })
    const text = await answer.text()
    return {
      status: answer.status,
      error: null,
      responseBody: text.slice(0, ANSWER_CHARACTERS_KEPT),
      durationMs: took(),
    }
  } catch (error) {
    // A receiver that is down or silent is the ordinary case here; the attempt keeps its words.
    if (!(error instanceof Error)) throw error
    const cause = error.cause instanceof Error ? `: ${error.cause.message}` : ''
    return {
      status: null,
      error: `${error.message}${cause}`,
      responseBody: '',
      durationMs: took(),
    }
  }
}

/** Another amount under the old signature. */
function tampered(rawBody: string): string {
  return rawBody.replace(/"amountInCents":(\d+)/, (_, cents: string) => `"amountInCents":${cents}9`)
}

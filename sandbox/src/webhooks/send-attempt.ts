import type { Message } from './message.ts'
import { headersOf } from './webhook-headers.ts'
import type { AttemptRecord, EndpointRecord, EventRecord } from './webhook-record.ts'

const ANSWER_MS_MAX = 30_000
const ANSWER_CHARACTERS_KEPT = 1_000

export interface Sending {
  readonly event: EventRecord
  readonly endpoint: EndpointRecord
  /** The `X-SpacePay-Delivery-Id`. */
  readonly deliveryId: string
  /** 1 is the first attempt. */
  readonly number: number
  /** The wall clock, in epoch milliseconds. */
  readonly wall: number
  readonly message: Message
  /** The effects of the faults that struck. */
  readonly faults: readonly string[]
}

/** One POST and what came of it; null when `stop` cut it short. */
export async function sendAttempt(
  sending: Sending,
  stop: AbortSignal,
): Promise<AttemptRecord | null> {
  const { event, endpoint, deliveryId, message } = sending
  const outcome = await post(endpoint.url, {
    stop,
    body: message.body,
    headers: headersOf({ endpointId: endpoint.id, eventId: event.id, deliveryId, ...message }),
  })
  return stop.aborted ? null : attemptOf(sending, outcome)
}

/** The record of a request that a fault swallowed. */
export function droppedAttempt(sending: Sending): AttemptRecord {
  const error = 'Not sent: dropped by a fault.'
  return attemptOf(sending, { status: null, error, responseBody: '', durationMs: 0 })
}

type Outcome = Pick<AttemptRecord, 'status' | 'error' | 'responseBody' | 'durationMs'>

function attemptOf(sending: Sending, outcome: Outcome): AttemptRecord {
  const { event, endpoint, message } = sending
  return {
    deliveryId: sending.deliveryId,
    eventId: event.id,
    eventType: event.type,
    subjectId: event.subjectId,
    endpointId: endpoint.id,
    url: endpoint.url,
    number: sending.number,
    at: sending.wall,
    faults: [...sending.faults],
    timestamp: message.timestamp,
    signature: message.signature,
    withheld: [...message.withheld],
    changedBody: message.body === event.rawBody ? null : message.body,
    ...outcome,
  }
}

interface Post {
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
  readonly stop: AbortSignal
}

/** Any answer counts as an answer, redirects included; everything else is an error in words. */
async function post(url: string, request: Post): Promise<Outcome> {
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

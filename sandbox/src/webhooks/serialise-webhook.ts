import type { DeliveryStats } from './delivery-stats.ts'
import { headersOf } from './webhook-headers.ts'
import type {
  AttemptRecord,
  DeliveryRecord,
  EndpointRecord,
  EventRecord,
} from './webhook-record.ts'

/** The published endpoint record; of the secret no more than how it starts. */
export function endpointJson(endpoint: EndpointRecord, stats: DeliveryStats | null) {
  return {
    id: endpoint.id,
    merchantId: endpoint.merchantId,
    name: endpoint.name,
    description: endpoint.description,
    url: endpoint.url,
    status: endpoint.status,
    secretPrefix: endpoint.secret.slice(0, 8),
    lastTriggeredAt: iso(stats?.lastAttemptAt ?? null),
    createdAt: iso(endpoint.createdAt),
    updatedAt: iso(endpoint.updatedAt ?? endpoint.createdAt),
  }
}

export function statsJson(stats: DeliveryStats | null) {
  return (
    stats && {
      delivered: stats.delivered,
      failed: stats.failed,
      dropped: stats.dropped,
      waiting: stats.waiting,
      attempts: stats.attempts,
      lastSuccessAt: iso(stats.lastSuccessAt),
      lastFailureAt: iso(stats.lastFailureAt),
      latencyMs: stats.latencyMs,
    }
  )
}

export function attemptJson(attempt: AttemptRecord) {
  const { changedBody, withheld: _, at, ...rest } = attempt
  return {
    ...rest,
    at: iso(at),
    isBodyChanged: changedBody !== null,
    requestHeaders: headersOf(attempt),
  }
}

/** An attempt with what was sent to the last byte; the body is null when its event is no longer kept. */
export function attemptDetailJson(attempt: AttemptRecord, event: EventRecord | null) {
  return {
    ...attemptJson(attempt),
    requestBody: attempt.changedBody ?? event?.rawBody ?? null,
  }
}

export function deliveryJson(delivery: DeliveryRecord, event: EventRecord | null) {
  return {
    id: delivery.id,
    eventId: delivery.eventId,
    eventType: event?.type ?? null,
    subjectId: event?.subjectId ?? null,
    endpointId: delivery.endpointId,
    state: delivery.state,
    attempts: delivery.attempts,
    nextAttemptAt: delivery.state === 'waiting' ? iso(delivery.dueAt) : null,
  }
}

export function eventJson(event: EventRecord) {
  return { ...event, createdAt: iso(event.createdAt) }
}

function iso(at: number): string
function iso(at: number | null): string | null
function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}

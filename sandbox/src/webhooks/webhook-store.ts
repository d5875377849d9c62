import type { Journal } from '../state/journal.ts'
import type {
  AttemptRecord,
  DeliveryRecord,
  EndpointRecord,
  EventRecord,
} from './webhook-record.ts'

export interface WebhookStore {
  readonly endpoints: () => readonly EndpointRecord[]
  readonly endpoint: (id: string) => EndpointRecord | null
  readonly putEndpoint: (endpoint: EndpointRecord) => void
  readonly removeEndpoint: (id: string) => boolean
  readonly event: (id: string) => EventRecord | null
  /** Oldest first. */
  readonly events: () => readonly EventRecord[]
  readonly putEvent: (event: EventRecord) => void
  readonly delivery: (id: string) => DeliveryRecord | null
  /** In the order they were made. */
  readonly deliveries: () => readonly DeliveryRecord[]
  readonly waiting: () => readonly DeliveryRecord[]
  readonly putDelivery: (delivery: DeliveryRecord) => void
  readonly attempt: (deliveryId: string) => AttemptRecord | null
  /** Oldest first. */
  readonly attempts: () => readonly AttemptRecord[]
  readonly addAttempt: (attempt: AttemptRecord) => void
  /** Takes in what a journal kept, without writing it again. */
  readonly load: (kept: Kept) => void
  readonly clear: () => void
}

interface Kept {
  readonly endpoints: readonly EndpointRecord[]
  readonly events: readonly EventRecord[]
  readonly deliveries: readonly DeliveryRecord[]
  readonly attempts: readonly AttemptRecord[]
}

/** Enough for hours of load; older ones stay in the journal only. */
const KEPT_MAX = 50_000

export function createWebhookStore(journal: Journal): WebhookStore {
  const endpoints = new Map<string, EndpointRecord>()
  const events = new Map<string, EventRecord>()
  const deliveries = new Map<string, DeliveryRecord>()
  const attempts = new Map<string, AttemptRecord>()
  const waiting = new Set<string>()

  const keepEvent = (event: EventRecord) => {
    events.set(event.id, event)
    dropOldest(events)
  }
  const keepDelivery = (delivery: DeliveryRecord) => {
    deliveries.set(delivery.id, delivery)
    if (delivery.state === 'waiting') waiting.add(delivery.id)
    else waiting.delete(delivery.id)
    if (deliveries.size <= KEPT_MAX) return
    const oldest = deliveries.keys().find((id) => !waiting.has(id))
    if (oldest !== undefined) deliveries.delete(oldest)
  }
  const keepAttempt = (attempt: AttemptRecord) => {
    attempts.set(attempt.deliveryId, attempt)
    dropOldest(attempts)
  }

  return {
    endpoints: () => [...endpoints.values()],
    endpoint: (id) => endpoints.get(id) ?? null,
    putEndpoint: (endpoint) => {
      endpoints.set(endpoint.id, endpoint)
      journal.append({ kind: 'endpoint', value: endpoint })
    },
    removeEndpoint: (id) => {
      if (!endpoints.delete(id)) return false
      journal.append({ kind: 'endpoint_removed', value: { id } })
      return true
    },
    event: (id) => events.get(id) ?? null,
    events: () => [...events.values()],
    putEvent: (event) => {
      keepEvent(event)
      journal.append({ kind: 'event', value: event })
    },
    delivery: (id) => deliveries.get(id) ?? null,
    deliveries: () => [...deliveries.values()],
    waiting: () =>
      [...waiting].flatMap((id) => {
        const delivery = deliveries.get(id)
        return delivery ? [delivery] : []
      }),
    putDelivery: (delivery) => {
      keepDelivery(delivery)
      journal.append({ kind: 'delivery', value: delivery })
    },
    attempt: (deliveryId) => attempts.get(deliveryId) ?? null,
    attempts: () => [...attempts.values()],
    addAttempt: (attempt) => {
      keepAttempt(attempt)
      journal.append({ kind: 'attempt', value: attempt })
    },
    load: (kept) => {
      for (const endpoint of kept.endpoints) endpoints.set(endpoint.id, endpoint)
      for (const event of kept.events) keepEvent(event)
      for (const delivery of kept.deliveries) keepDelivery(delivery)
      for (const attempt of kept.attempts) keepAttempt(attempt)
    },
    clear: () => {
      for (const map of [endpoints, events, deliveries, waiting, attempts]) map.clear()
    },
  }
}

function dropOldest(map: Map<string, unknown>): void {
  if (map.size <= KEPT_MAX) return
  const [oldest] = map.keys()
  if (oldest !== undefined) map.delete(oldest)
}

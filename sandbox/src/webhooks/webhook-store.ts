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
  readonly waiting: () => readonly DeliveryRecord[]
  readonly putDelivery: (delivery: DeliveryRecord) => void
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

  const keepDelivery = (delivery: DeliveryRecord) => {
    if (delivery.state === 'waiting') deliveries.set(delivery.id, delivery)
    else deliveries.delete(delivery.id)
  }

  return {
    endpoints: () => [...endpoints.values()],
    endpoint: (id) => endpoints.get(id) ?? null,
    putEndpoint: (endpoint) => {
      endpoints.set(endpoint.id, endpoint)
      journal.append({ kind: 'endpoint', value: endpoint })
    },
    removeEndpoint: (id) => {
      journal.append({ kind: 'endpoint_removed', value: { id } })
      return endpoints.delete(id)
    },
    event: (id) => events.get(id) ?? null,
    events: () => [...events.values()],
    putEvent: (event) => {
      events.set(event.id, event)
      dropOldest(events)
      journal.append({ kind: 'event', value: event })
    },
    delivery: (id) => deliveries.get(id) ?? null,
    waiting: () => [...deliveries.values()],
    putDelivery: (delivery) => {
      keepDelivery(delivery)
      journal.append({ kind: 'delivery', value: delivery })
    },
    attempts: () => [...attempts.values()],
    addAttempt: (attempt) => {
      attempts.set(attempt.deliveryId, attempt)
      dropOldest(attempts)
      journal.append({ kind: 'attempt', value: attempt })
    },
    load: (kept) => {
      for (const endpoint of kept.endpoints) endpoints.set(endpoint.id, endpoint)
      for (const event of kept.events) events.set(event.id, event)
      for (const delivery of kept.deliveries) keepDelivery(delivery)
      for (const attempt of kept.attempts) attempts.set(attempt.deliveryId, attempt)
    },
    clear: () => {
      for (const map of [endpoints, events, deliveries, attempts]) map.clear()
    },
  }
}

function dropOldest(map: Map<string, unknown>): void {
  if (map.size <= KEPT_MAX) return
  const [oldest] = map.keys()
  if (oldest !== undefined) map.delete(oldest)
}

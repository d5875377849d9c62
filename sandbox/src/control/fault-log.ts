import type { EventType } from '../webhooks/webhook-record.ts'
import type { Phase } from './fault-order.ts'
import type { FaultTarget, Operation } from './operations.ts'

/** One strike of a fault, and everything by which a test can find what it struck. */
export interface FaultHit {
  /** Sandbox time. */
  readonly at: string
  readonly faultId: string
  /** What the fault was put on. */
  readonly on: FaultTarget
  readonly effect: string
  /** What was done in words, such as how long it waited. */
  readonly detail: string | null
  /** The payment or withdrawal, when the call or delivery was about one. */
  readonly subjectId: string | null
  readonly orderId: string | null
  /** The route that was struck, or `webhook`. */
  readonly operation: Operation | 'webhook'
  /** Null for deliveries. */
  readonly phase: Phase | null
  readonly requestId: string | null
  /** Method and path of the call. */
  readonly call: string | null
  /** These four are null for calls. */
  readonly eventId: string | null
  readonly eventType: EventType | null
  readonly endpointId: string | null
  /** The `X-SpacePay-Delivery-Id`; of a duplicate, of its first copy. */
  readonly deliveryId: string | null
}

export interface HitFilter {
  readonly faultId?: string | undefined
  readonly effect?: string | undefined
  readonly operation?: string | undefined
  readonly subjectId?: string | undefined
  readonly eventId?: string | undefined
  readonly requestId?: string | undefined
  /** Epoch milliseconds of sandbox time. */
  readonly since?: number | undefined
}

export interface FaultLog {
  readonly add: (hit: FaultHit) => void
  /** Oldest first. */
  readonly entries: (filter?: HitFilter) => readonly FaultHit[]
  readonly clear: () => void
}

const HITS_KEPT = 5_000

export function createFaultLog(): FaultLog {
  let hits: FaultHit[] = []
  return {
    add: (hit) => {
      hits.push(hit)
      if (hits.length > 2 * HITS_KEPT) hits = hits.slice(-HITS_KEPT)
    },
    entries: (filter = {}) => hits.slice(-HITS_KEPT).filter((hit) => fits(hit, filter)),
    clear: () => {
      hits = []
    },
  }
}

const exact = ['faultId', 'effect', 'operation', 'subjectId', 'eventId', 'requestId'] as const

function fits(hit: FaultHit, filter: HitFilter): boolean {
  if (filter.since !== undefined && Date.parse(hit.at) < filter.since) return false
  return exact.every((field) => filter[field] === undefined || filter[field] === hit[field])
}

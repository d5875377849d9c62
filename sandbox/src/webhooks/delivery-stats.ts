import { isAccepted } from './webhook-record.ts'
import type { WebhookStore } from './webhook-store.ts'

/** How deliveries to one endpoint went, over everything still kept. */
export interface DeliveryStats {
  readonly delivered: number
  /** Given up. */
  readonly failed: number
  /** Swallowed by a fault. */
  readonly dropped: number
  readonly waiting: number
  readonly attempts: number
  /** Wall clock, epoch milliseconds; null when there was none. */
  readonly lastAttemptAt: number | null
  readonly lastSuccessAt: number | null
  readonly lastFailureAt: number | null
  /** Milliseconds until the answer, over every attempt that got one; null when none did. */
  readonly latencyMs: { readonly p50: number; readonly p95: number } | null
}

/** The figures of each endpoint by its id. */
export function deliveryStats(store: WebhookStore): ReadonlyMap<string, DeliveryStats> {
  const deliveries = Map.groupBy(store.deliveries(), ({ endpointId }) => endpointId)
  const attempts = Map.groupBy(store.attempts(), ({ endpointId }) => endpointId)
  return new Map(
    store.endpoints().map(({ id }) => {
      const states = Map.groupBy(deliveries.get(id) ?? [], ({ state }) => state)
      const count = (state: 'delivered' | 'failed' | 'dropped' | 'waiting') =>
        states.get(state)?.length ?? 0
      // What a fault swallowed was no attempt of reaching anybody.
      const made = (attempts.get(id) ?? []).filter(({ faults }) => !faults.includes('drop'))
      const times = made
        .flatMap(({ status, durationMs }) => (status === null ? [] : [durationMs]))
        .toSorted((one, other) => one - other)
      return [
        id,
        {
          delivered: count('delivered'),
          failed: count('failed'),
          dropped: count('dropped'),
          waiting: count('waiting'),
          attempts: made.length,
          lastAttemptAt: made.at(-1)?.at ?? null,
          lastSuccessAt: made.findLast(isAccepted)?.at ?? null,
          lastFailureAt: made.findLast((attempt) => !isAccepted(attempt))?.at ?? null,
          latencyMs:
            times.length === 0
              ? null
              : { p50: percentile(times, 0.5), p95: percentile(times, 0.95) },
        },
      ]
    }),
  )
}

/** The smallest value that so large a share of the sorted values does not exceed. */
function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.ceil(sorted.length * share) - 1] ?? 0
}

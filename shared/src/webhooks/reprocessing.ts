import * as z from 'zod/mini'
import { deliveryId } from './delivery-id.ts'
import { deliveryQuery } from './delivery-query.ts'

/** More are not done in one go: whoever needs that narrows the filter and goes on. */
export const REPROCESS_MAX = 10_000

export const reprocessOneInput = z.object({ id: deliveryId })

/** `expected` is the number that the person was shown and agreed to. */
export const reprocessManyInput = z.object({
  query: deliveryQuery,
  expected: z.int().check(z.minimum(1), z.maximum(REPROCESS_MAX)),
})

/** How many deliveries a filter means that can be processed again; `isMore` when there are more than can be done in one go. */
export interface ReprocessCount {
  readonly count: number
  readonly isMore: boolean
}

/** One run over many deliveries. Instants are ISO 8601 UTC. */
export interface Reprocessing {
  readonly id: string
  readonly state: 'running' | 'done' | 'cancelled'
  readonly askedBy: string
  readonly askedAt: string
  readonly finishedAt: string | null
  readonly total: number
  /** Given back to the processor so far. */
  readonly given: number
  readonly processed: number
  /** Set aside again, with an error. */
  readonly parked: number
}

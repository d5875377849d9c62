import type { AbortableQueryOptions } from 'kysely'

/** For a statement whose asker may go away, as when they type on: then Postgres stops working on it. */
export function untilGone(signal: AbortSignal | undefined): AbortableQueryOptions {
  return signal ? { signal, inflightQueryAbortStrategy: 'cancel query' } : {}
}

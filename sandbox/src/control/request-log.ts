import type { Operation } from './operations.ts'

/** One call of the API as it came in; what Desk really sent is judged by this and the ledger. */
export interface RequestEntry {
  readonly requestId: string
  readonly at: string
  readonly method: string
  readonly path: string
  readonly operation: Operation | null
  readonly idempotencyKey: string | null
  bodySha256: string | null
  /** Null while unanswered, and for ever when the caller went away. */
  status: number | null
}

export interface RequestLog {
  readonly add: (entry: RequestEntry) => void
  /** Oldest first. */
  readonly entries: () => readonly RequestEntry[]
  readonly clear: () => void
}

const ENTRIES_KEPT = 10_000

export function createRequestLog(): RequestLog {
  let entries: RequestEntry[] = []
  return {
    add: (entry) => {
      entries.push(entry)
      if (entries.length > 2 * ENTRIES_KEPT) entries = entries.slice(-ENTRIES_KEPT)
    },
    entries: () => entries.slice(-ENTRIES_KEPT),
    clear: () => {
      entries = []
    },
  }
}

import type { AmountCents } from '../money/amount-cents.ts'
import type { ArrivalGap } from '../webhooks/arrival-gap.ts'

/** Counting ends here: beyond it "1,000 or more" is all that is said. */
export const COUNTED_MAX = 1000

/**
 * What this Desk and its database say about themselves. Instants are ISO 8601 UTC, spans milliseconds, sizes
 * bytes; counts end at `COUNTED_MAX`. A part that could not be read is null.
 */
export interface SystemFacts {
  /** When all this was read. */
  readonly at: string
  readonly version: string
  readonly webhooks: WebhookFacts | null
  readonly sync: SyncFacts | null
  readonly upstream: UpstreamFacts
  readonly budget: BudgetFacts | null
  readonly jobs: JobFacts | null
  readonly drift: DriftFacts | null
  readonly withdrawals: WithdrawalFacts | null
  readonly exports: { readonly queued: number; readonly running: number } | null
  readonly audit: AuditFacts | null
  readonly storage: StorageFacts | null
  readonly live: LiveFacts
  /** Desks on this database whose workers are there. */
  readonly desks: number | null
  readonly migrations: { readonly newest: string | null; readonly due: number } | null
}

interface WebhookFacts {
  readonly gap: ArrivalGap
  /** Verified and not processed yet. */
  readonly waiting: number
  readonly oldestWaitingAt: string | null
  /** Failed for good: a person has to look. */
  readonly parked: number
  readonly refusedInLastHour: number
}

interface SyncFacts {
  /** When a list of SpacePay's was last read. */
  readonly lastReadAt: string | null
  /** Up to this creation time every payment that SpacePay lists is in Desk; null before the first sweep. */
  readonly completeUntil: string | null
  /** The first walk through the list of payments; null before it began. */
  readonly history: {
    readonly offset: number
    readonly total: number | null
    readonly rejected: number
    readonly finishedAt: string | null
  } | null
  readonly withdrawals: {
    readonly offset: number
    readonly total: number | null
    readonly isComplete: boolean
  } | null
}

interface UpstreamFacts {
  /** How SpacePay has been answering the Desk that was asked, since it started. */
  readonly circuit: 'closed' | 'open' | 'half_open'
  readonly retryAt: string | null
  readonly lastSuccessAt: string | null
  readonly lastFailureAt: string | null
  readonly lastFailure: {
    readonly outcome: string
    readonly status: number | null
    readonly message: string
  } | null
  readonly rateLimitedCount: number
  readonly blockedUntil: string | null
}

interface BudgetFacts {
  /** Calls that may go out at once; below zero so many wait for their turn. */
  readonly callsLeft: number
  readonly perSecond: number
  readonly burst: number
}

interface JobFacts {
  /** Due and not begun. */
  readonly due: number
  readonly running: number
  /** Tried as often as they may be. */
  readonly failed: number
  readonly oldestDueAt: string | null
}

interface DriftFacts {
  readonly open: number
  /** Of those that were counted; what is unknown adds nothing. */
  readonly stakeCents: number
}

interface WithdrawalFacts {
  /** Nobody can tell yet whether SpacePay took them. */
  readonly unknown: number
  readonly oldestUnknownAt: string | null
  /** Made at SpacePay in the last 24 hours, while this Desk was there, and asked for by nobody here. */
  readonly unrequested: { readonly count: number; readonly cents: AmountCents }
  /** Null while withdrawals may leave. */
  readonly stop: {
    readonly cause: 'person' | 'unauthorized' | 'different_answer'
    readonly reason: string
    readonly at: string
  } | null
  /** Networks on which the wallet holds less than the policy's warning level. */
  readonly lowBalances: readonly { readonly network: string; readonly cents: AmountCents }[]
}

interface AuditFacts {
  /** When the log was last walked from its first entry to its last; null before that. */
  readonly provedAt: string | null
  /** How many entries it had then. */
  readonly entries: number
  /** What breaks the chain at which entry. */
  readonly fault: { readonly seq: number; readonly text: string } | null
}

interface StorageFacts {
  readonly databaseBytes: number
  /** The largest, with their indexes; rows are the planner's estimate. */
  readonly tables: readonly {
    readonly name: string
    readonly bytes: number
    readonly rowsAbout: number
  }[]
}

interface LiveFacts {
  /** Browsers that follow changes at the Desk that was asked. */
  readonly viewers: number
  readonly isListening: boolean
  /** From telling the database to hearing of it, last time it was tried; null before that. */
  readonly delayMs: number | null
}

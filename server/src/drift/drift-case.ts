import type { DriftKind, DriftWord } from '@desk/shared/drift/drift'
import type { AmountCents } from '@desk/shared/money/amount-cents'
import { terminalPaymentStatuses } from '@desk/shared/payments/payment-status'

/** One thing one of the sources said about a payment. */
export interface SourceWord extends DriftWord {
  readonly source: 'webhook' | 'api'
}

/** Everything by which the two stories of one payment are compared. Instants are ISO 8601 UTC. */
export interface DriftCase {
  readonly words: readonly SourceWord[]
  readonly type: string
  readonly amountCents: AmountCents | null
  readonly createdAt: string
  /** When its money was mined, and when SpacePay called it settled; null where nobody said. */
  readonly transactionAt: string | null
  readonly completedAt: string | null
  /** When the API was last asked, whatever it answered. */
  readonly apiReadAt: string | null
  /** When the first webhook of this installation was verified; null before that. */
  readonly announcedSince: string | null
}

export interface FoundDrift {
  /** The same drift again has the same topic. */
  readonly topic: string
  readonly kind: DriftKind
  readonly status: string | null
  /** It is over by itself: there is nothing left to do, but it did happen. */
  readonly isOver: boolean
  /** Another text means that the drift is another one, and whoever resolved the old is asked again. */
  readonly fact: string
  readonly since: string
  readonly stakeCents: AmountCents | null
  readonly one: DriftWord | null
  readonly other: DriftWord | null
}

/** What was found, and what may be found later without anything new being said. */
export interface DriftFindings {
  readonly found: readonly FoundDrift[]
  /** When to look again; null where only something new can change it. */
  readonly lookAgainAt: string | null
  /** Whether the next answer of the API decides something. */
  readonly asksApi: boolean
}

/** What the API says of a payment that it does not know. */
export const NOT_FOUND = 'not_found'

/** How far along a status is: open, under way (or a word we do not know), final. */
export function stageOf(status: string): 0 | 1 | 2 {
  if (status === 'pending') return 0
  return terminalPaymentStatuses.has(status) ? 2 : 1
}

/** In the order in which they happened; of the same moment the earlier stage first. */
export function inOrder(words: readonly SourceWord[]): SourceWord[] {
  return words.toSorted(
    (a, b) =>
      Date.parse(a.occurredAt) - Date.parse(b.occurredAt) ||
      stageOf(a.status) - stageOf(b.status) ||
      a.observationId - b.observationId,
  )
}

export function laterBy(instant: string, milliseconds: number): string {
  return new Date(Date.parse(instant) + milliseconds).toISOString()
}

/** Without what only the comparison needs. */
export function wordOf(word: SourceWord | null | undefined): DriftWord | null {
  if (!word) return null
  const { source: _, ...said } = word
  return said
}

import { terminalPaymentStatuses } from '@desk/shared/payments/payment-status'
import type { PaymentSnapshot } from '@desk/shared/payments/payment-snapshot'

/** One thing learned about a payment, read back from its observation. */
export interface Account {
  readonly observationId: number
  readonly source: 'webhook' | 'api'
  /** When it was so, ISO 8601 UTC: the event's own time, or the moment the API was asked. */
  readonly occurredAt: string
  /** When Desk learned it, ISO 8601 UTC. */
  readonly learnedAt: string
  /** Hex; breaks ties, so that the order of arrival never decides. */
  readonly bodyHash: string
  /** Null when the API said that it does not know the payment. */
  readonly snapshot: PaymentSnapshot | null
}

/** An account that tells something. */
export interface TellingAccount extends Account {
  readonly snapshot: PaymentSnapshot
}

/**
 * Which of the accounts is believed about where the payment stands; undefined when there are none.
 *
 * The newest API answer settles everything that happened before it was asked. An event after it may
 * only take the payment further, never out of a final state: for that the API has to be asked again.
 * Among events alone the furthest stage counts, so a late or repeated one changes nothing.
 */
export function believed(accounts: readonly TellingAccount[]): TellingAccount | undefined {
  const api = accounts.filter((account) => account.source === 'api').reduce(newest, undefined)
  if (api && stageOf(api) === finalStage) return api
  return accounts
    .filter((account) => account.source === 'webhook')
    .filter((event) => api === undefined || event.occurredAt > api.occurredAt)
    .reduce(furthest, api)
}

/** Newest first, and the same whatever order the accounts came in. */
export function newestFirst(accounts: readonly TellingAccount[]): TellingAccount[] {
  return accounts.toSorted((a, b) => (precedes(a, b) ? -1 : 1))
}

const finalStage = 2

/** A word we do not know stands between open and final: it may hide either. */
function stageOf({ snapshot }: TellingAccount): number {
  if (snapshot.status === 'pending') return 0
  return terminalPaymentStatuses.has(snapshot.status) ? finalStage : 1
}

function newest(known: TellingAccount | undefined, other: TellingAccount): TellingAccount {
  return known === undefined || precedes(other, known) ? other : known
}

function furthest(known: TellingAccount | undefined, other: TellingAccount): TellingAccount {
  if (known === undefined) return other
  const ahead = stageOf(other) - stageOf(known)
  if (ahead !== 0) return ahead > 0 ? other : known
  return newest(known, other)
}

function precedes(a: TellingAccount, b: TellingAccount): boolean {
  if (a.occurredAt !== b.occurredAt) return a.occurredAt > b.occurredAt
  return a.bodyHash < b.bodyHash
}

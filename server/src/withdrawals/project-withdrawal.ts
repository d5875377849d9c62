import type { WithdrawalSnapshot } from '@desk/shared/withdrawals/withdrawal-snapshot'
import { terminalWithdrawalStatuses } from '@desk/shared/withdrawals/withdrawal-status'

/** One thing learned about a withdrawal, read back from its observation. Instants are ISO 8601 UTC. */
export interface WithdrawalAccount {
  readonly observationId: number
  readonly source: 'webhook' | 'api'
  readonly occurredAt: string
  readonly learnedAt: string
  /** Hex; breaks ties, so that the order of arrival never decides. */
  readonly bodyHash: string
  /** Null when the API said that it does not know the withdrawal. */
  readonly snapshot: WithdrawalSnapshot | null
}

interface TellingAccount extends WithdrawalAccount {
  readonly snapshot: WithdrawalSnapshot
}

/** What the mirror holds of one withdrawal: whom to believe about each fact, and since when it is known. */
export interface MirroredWithdrawal extends Omit<WithdrawalSnapshot, 'extent' | 'rawStatus'> {
  readonly createdAt: string
  /** When something was last learned about it. */
  readonly updatedAt: string
  readonly apiReadAt: string | null
  /** The newest observation it rests on. */
  readonly observationId: number
}

/**
 * The mirror of one withdrawal from everything learned about it, in any order and any number of times. Null
 * when nothing but the API's "not found" is known. The newest API answer settles all that happened before
 * it was asked; an event after it may only take the withdrawal further, and never out of a final state.
 */
export function projectWithdrawal(
  accounts: readonly WithdrawalAccount[],
): MirroredWithdrawal | null {
  const telling = accounts.filter(isTelling).toSorted(newestFirst)
  const speaker = believed(telling)
  if (!speaker) return null
  const trusted = [speaker, ...telling.filter(isFull), ...telling].map(({ snapshot }) => snapshot)
  const told = <Field extends keyof WithdrawalSnapshot>(field: Field) =>
    trusted.find((known) => known[field] !== null)?.[field] ?? null
  const answers = accounts.filter(({ source }) => source === 'api')
  return {
    id: speaker.snapshot.id,
    status: speaker.snapshot.status,
    amountCents: told('amountCents'),
    currency: speaker.snapshot.currency,
    network: told('network'),
    recipientAddress: told('recipientAddress'),
    orderId: told('orderId'),
    customMetadata: told('customMetadata'),
    errorMessage: told('errorMessage'),
    receipt: told('receipt'),
    createdAt: told('createdAt') ?? edgeOf(accounts, 'occurredAt', 'first'),
    updatedAt: edgeOf(accounts, 'learnedAt', 'last'),
    apiReadAt: answers.length === 0 ? null : edgeOf(answers, 'occurredAt', 'last'),
    observationId: Math.max(...accounts.map(({ observationId }) => observationId)),
  }
}

function believed(newest: readonly TellingAccount[]): TellingAccount | undefined {
  const answer = newest.find(({ source }) => source === 'api')
  if (answer && stageOf(answer) === finalStage) return answer
  return newest
    .filter(({ source }) => source === 'webhook')
    .filter((event) => !answer || event.occurredAt > answer.occurredAt)
    .reduce<TellingAccount | undefined>(
      (best, event) => (best && stageOf(event) <= stageOf(best) ? best : event),
      answer,
    )
}

const finalStage = 2

function stageOf({ snapshot }: TellingAccount): number {
  if (snapshot.status === 'pending') return 0
  return terminalWithdrawalStatuses.has(snapshot.status) ? finalStage : 1
}

function isTelling(account: WithdrawalAccount): account is TellingAccount {
  return account.snapshot !== null
}

function isFull({ snapshot }: TellingAccount): boolean {
  return snapshot.extent === 'full'
}

function newestFirst(a: TellingAccount, b: TellingAccount): number {
  if (a.occurredAt !== b.occurredAt) return a.occurredAt > b.occurredAt ? -1 : 1
  return a.bodyHash < b.bodyHash ? -1 : 1
}

function edgeOf(
  accounts: readonly WithdrawalAccount[],
  field: 'occurredAt' | 'learnedAt',
  edge: 'first' | 'last',
): string {
  const instants = accounts.map((account) => account[field]).toSorted()
  return instants.at(edge === 'first' ? 0 : -1) ?? ''
}

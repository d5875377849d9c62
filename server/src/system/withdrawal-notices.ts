import { formatCents } from '@desk/shared/money/amount-cents'
import { networkName } from '@desk/shared/networks/networks'
import { permits } from '@desk/shared/identity/permissions'
import type { AlarmKind } from '@desk/shared/system/alarm'
import type { NamedVotingPerson } from '@desk/shared/withdrawals/dead-locks'
import { type VoteQuestion, waysToApprove } from '@desk/shared/withdrawals/judge-votes'
import { approversText } from '@desk/shared/withdrawals/policy-band'
import type { HeldDelegation } from '../withdrawals/voting-people.queries.ts'

/** Something about withdrawals that somebody can act on, and who. */
export interface WithdrawalNotice {
  readonly kind:
    | 'approve'
    | 'emergency'
    | 'resolve'
    | 'rejected'
    | 'expired'
    | 'failed'
    | 'destination'
    | 'policy'
  readonly subjectId: string
  /** Tells one occasion from the next. */
  readonly occasion: string
  readonly sentence: string
  readonly path: string
  readonly to: readonly string[]
  /** What channels are told of it; null for what concerns only the people named. */
  readonly alarm: AlarmKind | null
}

export interface NoticedRequest {
  readonly id: string
  readonly number: number
  readonly state: 'pending_approval' | 'unknown' | 'rejected' | 'expired' | 'failed'
  readonly stateAt: Date
  readonly stateReason: string | null
  readonly amountCents: number
  readonly network: string
  readonly label: string
  readonly requestedBy: string
  readonly fingerprint: string
  readonly isBreakGlass: boolean
}

interface Surroundings {
  readonly people: readonly NamedVotingPerson[]
  readonly delegations: readonly HeldDelegation[]
}

/** Who has to hear of a request as it stands now. `question` is only asked of one that waits for approval. */
export function noticesOf(
  request: NoticedRequest,
  question: VoteQuestion | null,
  around: Surroundings,
): readonly WithdrawalNotice[] {
  const common = { subjectId: request.id, path: `/withdrawals/${request.id}` }
  const what = wordsOf(request)
  const because = request.stateReason === null ? '' : ` ${endSentence(request.stateReason)}`
  switch (request.state) {
    case 'pending_approval':
      return question === null ? [] : pendingNotices(request, question, around)
    case 'unknown':
      return [
        {
          ...common,
          kind: 'resolve',
          occasion: request.stateAt.toISOString(),
          sentence: `${what} may or may not have been sent. Desk keeps looking for it at SpacePay; if it stays unfound, an admin resolves it with evidence.`,
          to: holding(around.people, 'withdrawals:resolve'),
          // The alarm of its own tells the channels.
          alarm: null,
        },
      ]
    case 'rejected':
    case 'expired':
    case 'failed':
      return [
        {
          ...common,
          kind: request.state,
          occasion: request.stateAt.toISOString(),
          sentence: `${what} ${endWords[request.state]}${because}`,
          to: stillHere(around.people, request.requestedBy),
          alarm: null,
        },
      ]
  }
}

const endWords = {
  rejected: 'was rejected; edit it to ask again.',
  expired: 'expired before it left; edit it to ask again.',
  failed: 'failed; nothing was paid. A new request can be made.',
} as const

function pendingNotices(
  request: NoticedRequest,
  question: VoteQuestion,
  { people, delegations }: Surroundings,
): readonly WithdrawalNotice[] {
  const what = wordsOf(request)
  const asker = people.find(({ userId }) => userId === request.requestedBy)?.name ?? 'Somebody'
  const notice = {
    subjectId: request.id,
    path: `/withdrawals/${request.id}`,
    occasion: request.fingerprint,
  }
  const to = people
    .filter((person) => mayAdd(question, person, delegations))
    .map(({ userId }) => userId)
  if (!request.isBreakGlass) {
    const sentence = `${what} waits for approval. ${asker} asks for it; it takes ${approversText(question.approvers)}.`
    return [{ ...notice, kind: 'approve', sentence, to, alarm: 'withdrawal_waiting' }]
  }
  const sentence = `${what} is an emergency: it leaves as soon as two admins approve it, past limits, cooling-off and business hours.`
  const admins = holding(people, 'withdrawals:break_glass')
  return [{ ...notice, kind: 'emergency', sentence, to: admins, alarm: 'withdrawal_emergency' }]
}

/** In their own name, or in the place of somebody who lets them. */
function mayAdd(
  question: VoteQuestion,
  person: NamedVotingPerson,
  delegations: readonly HeldDelegation[],
): boolean {
  if (!person.isActive || !permits(person.roles, 'withdrawals:approve')) return false
  const delegators = delegations.filter(({ to }) => to === person.userId).map(({ from }) => from)
  return waysToApprove(question, person.userId, delegators).length > 0
}

interface Proposal {
  readonly proposedBy: string | null
  readonly proposedAt: Date
}

/** A new entry of the address book waits for somebody else than who proposed it. */
export function destinationNotice(
  destination: Proposal & {
    readonly id: string
    readonly label: string
    readonly network: string
    readonly address: string
  },
  people: readonly NamedVotingPerson[],
): WithdrawalNotice {
  const { id, label, network, address, proposedBy, proposedAt } = destination
  return {
    kind: 'destination',
    subjectId: id,
    occasion: proposedAt.toISOString(),
    sentence: `The destination “${label}” on ${networkName(network)}, ${address}, waits for approval by a second person.`,
    path: `/withdrawals/addresses?open=${id}`,
    to: othersHolding(people, 'destinations:approve', proposedBy),
    alarm: 'withdrawal_waiting',
  }
}

/** So does a change of the policy. */
export function policyNotice(
  { version, note, proposedBy, proposedAt }: Proposal & { version: number; note: string },
  people: readonly NamedVotingPerson[],
): WithdrawalNotice {
  return {
    kind: 'policy',
    subjectId: `${version}`,
    occasion: proposedAt.toISOString(),
    sentence: `Version ${version} of the withdrawal policy waits for a second person. ${endSentence(note)}`,
    path: '/withdrawals/policy',
    to: othersHolding(people, 'withdrawal_policy:decide', proposedBy),
    alarm: 'withdrawal_waiting',
  }
}

function wordsOf({ number, amountCents, label, network }: NoticedRequest): string {
  return `W-${number}, ${formatCents(amountCents)} to “${label}” on ${networkName(network)},`
}

function endSentence(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return /[.!?]$/.test(line) ? line : `${line}.`
}

function holding(
  people: readonly NamedVotingPerson[],
  permission: Parameters<typeof permits>[1],
): readonly string[] {
  return people
    .filter(({ isActive, roles }) => isActive && roles.length > 0 && permits(roles, permission))
    .map(({ userId }) => userId)
}

function othersHolding(
  people: readonly NamedVotingPerson[],
  permission: Parameters<typeof permits>[1],
  proposedBy: string | null,
): readonly string[] {
  const holder = people.find(({ userId }) => userId === proposedBy)?.holder ?? proposedBy
  const others = people.filter((person) => person.holder !== holder)
  return holding(others, permission)
}

function stillHere(people: readonly NamedVotingPerson[], id: string): readonly string[] {
  return people.filter((one) => one.isActive && one.userId === id).map(({ userId }) => userId)
}

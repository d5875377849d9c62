import type { Role } from '../identity/roles.ts'
import type { UserId } from '../identity/session.ts'
import { matchVotes } from './match-votes.ts'
import type { RequiredApprovers } from './policy.ts'
import { approversText } from './policy-band.ts'

/** Somebody whose vote may count, as they are now. */
export interface VotingPerson {
  readonly userId: UserId
  readonly roles: readonly Role[]
  readonly isActive: boolean
  /** The human behind the account: the same for all accounts of one person. */
  readonly holder: string
}

export interface GivenVote {
  readonly id: string
  readonly decision: 'approve' | 'reject'
  readonly voter: UserId
  /** In whose place, for delegates. */
  readonly onBehalfOf: UserId | null
  /** Whether that delegation held when the vote was given; true for a vote in one's own name. */
  readonly isDelegationValid: boolean
  readonly fingerprint: string
  readonly policyVersion: number
  readonly isVoided: boolean
}

/** What is to be decided, by whom, and what was said so far. */
export interface VoteQuestion {
  readonly requester: UserId
  readonly fingerprint: string
  readonly policyVersion: number
  /** What the band asks for, or `breakGlassApprovers`. */
  readonly approvers: readonly RequiredApprovers[]
  /** Emergencies are decided in person. */
  readonly takesDelegates: boolean
  /** At least who asked, who voted and who wants to; who is missing has left. */
  readonly people: readonly VotingPerson[]
  /** Oldest first. */
  readonly votes: readonly GivenVote[]
}

export type UncountedReason =
  | 'rejects'
  | 'voided'
  | 'other_content'
  | 'other_policy'
  | 'left'
  | 'requester'
  | 'delegation'
  | 'counted_already'
  | 'role'
  | 'not_needed'

export interface VoteJudgement {
  readonly isEnough: boolean
  readonly given: number
  readonly needed: number
  /** Each fills one of the places that the band asks for. */
  readonly counted: readonly { readonly id: string; readonly role: Role }[]
  readonly uncounted: readonly { readonly id: string; readonly because: UncountedReason }[]
  readonly missing: readonly RequiredApprovers[]
}

/**
 * Which votes count. A person counts once, in their own name or in another's, and fills one place: who
 * is approver and admin cannot fill one of each. The requester never counts, nor does a vote for other
 * content or another policy. Without anybody asked for, nothing is ever enough.
 */
export function judgeVotes(question: VoteQuestion): VoteJudgement {
  const judged = judgeEach(question)
  const places = placesOf(question.approvers)
  const valid = judged.flatMap(({ vote, roles, because }) =>
    because === null ? [{ id: vote.id, roles }] : [],
  )
  const matched = matchVotes(places, valid)
  return {
    isEnough: places.length > 0 && matched.length === places.length,
    given: matched.length,
    needed: places.length,
    counted: matched.map(({ id, role }) => ({ id, role })),
    uncounted: judged.flatMap(({ vote, because }) =>
      because === null && matched.some(({ id }) => id === vote.id)
        ? []
        : [{ id: vote.id, because: because ?? 'not_needed' }],
    ),
    missing: missingOf(question.approvers, matched),
  }
}

/** Why this person's approval would not count now, in words for them; null if it would. */
export function approvalBlock(question: VoteQuestion, intent: VoteIntent): string | null {
  const before = judgeVotes(question)
  const after = judgeVotes({ ...question, votes: [...question.votes, voteOf(question, intent)] })
  if (after.given > before.given) return null
  const because = after.uncounted.find(({ id }) => id === INTENT)?.because ?? 'not_needed'
  return blockWords(because, { question, intent, missing: before.missing })
}

/**
 * In whose place an approval of this person would count now, their own (null) first: empty where it would
 * in nobody's. `delegators` let them vote in their place at this time.
 */
export function waysToApprove(
  question: VoteQuestion,
  voter: UserId,
  delegators: readonly UserId[],
): readonly (UserId | null)[] {
  return [null, ...delegators].filter(
    (onBehalfOf) => approvalBlock(question, { voter, onBehalfOf }) === null,
  )
}

/** Who wants to approve, and in whose place. */
export interface VoteIntent {
  readonly voter: UserId
  readonly onBehalfOf: UserId | null
}

const INTENT = 'intent'

function voteOf(question: VoteQuestion, { voter, onBehalfOf }: VoteIntent): GivenVote {
  const { fingerprint, policyVersion } = question
  const valid = { isDelegationValid: true, isVoided: false, decision: 'approve' } as const
  return { id: INTENT, voter, onBehalfOf, fingerprint, policyVersion, ...valid }
}

interface JudgedVote {
  readonly vote: GivenVote
  /** By which it may fill a place. */
  readonly roles: readonly Role[]
  readonly because: Exclude<UncountedReason, 'not_needed'> | null
}

function judgeEach(question: VoteQuestion): readonly JudgedVote[] {
  const heard = new Set<string>()
  return question.votes.map((vote) => {
    const parties = partiesOf(question, vote)
    const because = faultOf(question, { vote, parties, heard })
    if (because === null) parties.holders.forEach((holder) => heard.add(holder))
    return { vote, roles: parties.roles, because }
  })
}

interface Parties {
  readonly areActive: boolean
  readonly holders: readonly string[]
  readonly roles: readonly Role[]
}

/** Who stands behind a vote: the voter, and for a delegate also who is voted for, whose roles count. */
function partiesOf({ people }: VoteQuestion, { voter, onBehalfOf }: VoteIntent): Parties {
  const named = [voter, onBehalfOf ?? voter].map((id) => people.find(({ userId }) => userId === id))
  return {
    areActive: named.every((person) => person?.isActive === true),
    holders: named.flatMap((person) => person?.holder ?? []),
    roles: named[1]?.roles ?? [],
  }
}

function faultOf(
  question: VoteQuestion,
  { vote, parties, heard }: { vote: GivenVote; parties: Parties; heard: ReadonlySet<string> },
): JudgedVote['because'] {
  if (vote.decision !== 'approve') return 'rejects'
  if (vote.isVoided) return 'voided'
  if (vote.fingerprint !== question.fingerprint) return 'other_content'
  if (vote.policyVersion !== question.policyVersion) return 'other_policy'
  if (isOfRequester(question, vote, parties)) return 'requester'
  if (!parties.areActive) return 'left'
  if (vote.onBehalfOf !== null && !(question.takesDelegates && vote.isDelegationValid)) {
    return 'delegation'
  }
  if (parties.holders.some((holder) => heard.has(holder))) return 'counted_already'
  const asked = question.approvers.map(({ role }) => role)
  return parties.roles.some((role) => asked.includes(role)) ? null : 'role'
}

/** By this account, by another of the same human, or in their place. */
function isOfRequester(
  { requester, people }: VoteQuestion,
  { voter, onBehalfOf }: VoteIntent,
  { holders }: Parties,
): boolean {
  const holder = people.find(({ userId }) => userId === requester)?.holder ?? requester
  return voter === requester || onBehalfOf === requester || holders.includes(holder)
}

function placesOf(approvers: readonly RequiredApprovers[]): readonly Role[] {
  return approvers.flatMap(({ role, people }) => Array.from({ length: people }, () => role))
}

function missingOf(
  approvers: readonly RequiredApprovers[],
  matched: readonly { readonly role: Role }[],
): readonly RequiredApprovers[] {
  return approvers.flatMap(({ role, people }) => {
    const left = people - matched.filter((one) => one.role === role).length
    return left > 0 ? [{ role, people: left }] : []
  })
}

function blockWords(
  because: UncountedReason,
  {
    question,
    intent,
    missing,
  }: {
    readonly question: VoteQuestion
    readonly intent: VoteIntent
    readonly missing: readonly RequiredApprovers[]
  },
): string {
  switch (because) {
    case 'requester':
      return intent.onBehalfOf === question.requester
        ? 'They asked for this withdrawal, so nobody can approve it in their place.'
        : 'You asked for this withdrawal, so others must approve it.'
    case 'left':
      return intent.onBehalfOf === null
        ? 'Your account may not approve any more.'
        : 'Whose place you take may not approve any more.'
    case 'delegation':
      return 'This is an emergency: admins approve it in person, in nobody’s place.'
    case 'counted_already':
      return intent.onBehalfOf === null
        ? 'You have approved already, and a person counts once.'
        : 'One of you two has approved already, and a person counts once.'
    case 'role':
      return `This amount is approved by ${approversText(question.approvers)}${
        intent.onBehalfOf === null
          ? '; you have no such role.'
          : '; whose place you take has no such role.'
      }`
    case 'not_needed':
    case 'rejects':
    case 'voided':
    case 'other_content':
    case 'other_policy':
      return missing.length === 0
        ? 'Enough people have approved already.'
        : `What is missing is ${approversText(missing)}, which you cannot add.`
  }
}

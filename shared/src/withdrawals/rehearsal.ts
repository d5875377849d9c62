import type { UserId } from '../identity/session.ts'
import type { AmountCents } from '../money/amount-cents.ts'
import { type NamedVotingPerson, type PolicyWarning, policyWarnings } from './dead-locks.ts'
import { exceededLimits, limitPeriods, limitText } from './judge-limits.ts'
import { judgeVotes } from './judge-votes.ts'
import type { WithdrawalPolicy } from './policy.ts'
import { approversText, bandFor } from './policy-band.ts'
import { type PastTimes, timeInTheWay } from './rehearsed-times.ts'

/** How far back a proposed policy is tried. */
export const REHEARSAL_DAYS = 90
const EXAMPLES_MAX = 20

/** A request that was approved in its time. */
export interface PastRequest extends PastTimes {
  readonly id: string
  /** `W-12`. */
  readonly name: string
  readonly amountCents: AmountCents
  readonly requester: UserId
  /** Whose approvals counted. */
  readonly approvers: readonly UserId[]
}

export interface RehearsedRequest {
  readonly id: string
  readonly name: string
  readonly amountCents: AmountCents
  readonly submittedAt: string
  /** What would have been missing, or in the way. */
  readonly sentence: string
}

/** So many of the requests, with the newest of them. */
export interface RehearsedPart {
  readonly count: number
  readonly examples: readonly RehearsedRequest[]
}

/** What a proposed policy would have made of the requests of the past. */
export interface Rehearsal {
  readonly requests: number
  /** Approved as they were, within all limits. */
  readonly asBefore: number
  /** The same people would have been too few. */
  readonly needMorePeople: RehearsedPart
  /** Enough people, in roles that are not asked for. */
  readonly needOtherPeople: RehearsedPart
  /** Refused by a limit; what is refused uses nothing of the limits of later ones. */
  readonly overLimit: RehearsedPart
  /** Could not have left when they did: they would have waited, or expired. */
  readonly otherTime: RehearsedPart
  readonly warnings: readonly PolicyWarning[]
}

interface RehearsalSetting {
  readonly policy: WithdrawalPolicy
  /** The business zone. */
  readonly zone: string
  /** Everybody who can vote or ask, and everybody named in the requests, as they are now. */
  readonly people: readonly NamedVotingPerson[]
}

/** Replays requests of the past, in any order, against a policy. */
export function rehearse(setting: RehearsalSetting, past: readonly PastRequest[]): Rehearsal {
  const requests = past.toSorted(
    (left, right) => Date.parse(left.submittedAt) - Date.parse(right.submittedAt),
  )
  const people = new Map(setting.people.map((person) => [person.userId, person]))
  const needs = requests.map((request) => needOf(setting.policy, { request, people }))
  const stopped = overLimits(setting, requests)
  const telling = (tell: (request: PastRequest, index: number) => string | null) =>
    partOf(requests.map((request, index) => ({ request, sentence: tell(request, index) })))
  const needing = (kind: Need['kind']) =>
    telling((_, index) => {
      const need = needs[index]
      return need?.kind === kind ? need.sentence : null
    })
  return {
    requests: requests.length,
    asBefore: requests.filter(
      ({ id }, index) => needs[index]?.kind === 'enough' && !stopped.has(id),
    ).length,
    needMorePeople: needing('more'),
    needOtherPeople: needing('other'),
    overLimit: telling(({ id }) => stopped.get(id) ?? null),
    otherTime: telling((request) => timeInTheWay(setting.policy, request)),
    warnings: policyWarnings(setting.policy, setting.people),
  }
}

interface Need {
  readonly kind: 'enough' | 'more' | 'other'
  readonly sentence: string
}

/** Whether those who approved would do. Who left since is taken as who they were: they were there then. */
function needOf(
  policy: WithdrawalPolicy,
  {
    request,
    people,
  }: {
    readonly request: PastRequest
    readonly people: ReadonlyMap<UserId, NamedVotingPerson>
  },
): Need {
  const { approvers } = bandFor(policy, request.amountCents)
  const involved = [...new Set([request.requester, ...request.approvers])]
  const { isEnough, missing, needed } = judgeVotes({
    requester: request.requester,
    fingerprint: request.id,
    policyVersion: 1,
    approvers,
    takesDelegates: true,
    people: involved.flatMap((id) => {
      const person = people.get(id)
      return person ? [{ ...person, isActive: true }] : []
    }),
    votes: request.approvers.map((voter) => ({
      id: voter,
      decision: 'approve',
      voter,
      onBehalfOf: null,
      isDelegationValid: true,
      fingerprint: request.id,
      policyVersion: 1,
      isVoided: false,
    })),
  })
  const sentence = isEnough ? '' : `Would also need ${approversText(missing)}.`
  if (isEnough) return { kind: 'enough', sentence }
  return { kind: request.approvers.length < needed ? 'more' : 'other', sentence }
}

/** What a limit counts it by: what never left would have left when it was asked for, at the earliest. */
function leavingMs({ leftAt, submittedAt }: PastRequest): number {
  return Date.parse(leftAt ?? submittedAt)
}

/** In order of leaving: why a limit would have refused a request, by its id. */
function overLimits(
  { policy, zone }: RehearsalSetting,
  requests: readonly PastRequest[],
): ReadonlyMap<string, string> {
  const used = new Map<string, number>()
  const refused = new Map<string, string>()
  const leaving = requests.toSorted((left, right) => leavingMs(left) - leavingMs(right))
  for (const request of leaving) {
    const { id, amountCents, requester } = request
    const { day, week } = limitPeriods(leavingMs(request), zone)
    const keys = [`day ${day.from}`, `week ${week.from}`].flatMap((key) => [
      key,
      `${key} ${requester}`,
    ])
    const [dayCents = 0, dayOfPerson = 0, weekCents = 0, weekOfPerson = 0] = keys.map(
      (key) => used.get(key) ?? 0,
    )
    const [limit] = exceededLimits(policy.limits, {
      amountCents,
      usedByPerson: { dayCents: dayOfPerson, weekCents: weekOfPerson },
      usedInTotal: { dayCents, weekCents },
    })
    if (limit) refused.set(id, limitText(limit))
    else for (const key of keys) used.set(key, (used.get(key) ?? 0) + amountCents)
  }
  return refused
}

function partOf(
  judged: readonly { readonly request: PastRequest; readonly sentence: string | null }[],
): RehearsedPart {
  const found = judged.flatMap(({ request, sentence }) =>
    sentence === null ? [] : [exampleOf(request, sentence)],
  )
  return { count: found.length, examples: found.toReversed().slice(0, EXAMPLES_MAX) }
}

function exampleOf(
  { id, name, amountCents, submittedAt }: PastRequest,
  sentence: string,
): RehearsedRequest {
  return { id, name, amountCents, submittedAt, sentence }
}

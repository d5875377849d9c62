import { permits } from '../identity/permissions.ts'
import type { Role } from '../identity/roles.ts'
import type { VotingPerson } from './judge-votes.ts'
import { matchVotes } from './match-votes.ts'
import type { RequiredApprovers, WithdrawalPolicy } from './policy.ts'
import { approversText, bandText, breakGlassApprovers } from './policy-band.ts'
import { longestClosedHours } from './business-hours.ts'

export interface NamedVotingPerson extends VotingPerson {
  readonly name: string
}

/** What a policy would lead to that nobody can want. */
export interface PolicyWarning {
  readonly kind:
    | 'dead_lock'
    | 'dead_lock_for_some'
    | 'nobody_may_be_away'
    | 'emergency'
    | 'expires_while_closed'
    | 'larger_asks_for_fewer'
    | 'never_reached'
  /** The band, from 0; null where it is about the whole policy. */
  readonly band: number | null
  readonly sentence: string
}

/** Whether these people, the requester aside, are enough different humans for what is asked. */
export function canApprove(
  approvers: readonly RequiredApprovers[],
  {
    people,
    requester,
  }: { readonly people: readonly VotingPerson[]; readonly requester: VotingPerson | null },
): boolean {
  const places = approvers.flatMap(({ role, people: count }) =>
    Array.from({ length: count }, () => role),
  )
  const humans = new Map<string, readonly Role[]>()
  for (const { holder, roles, isActive } of people) {
    if (!isActive || holder === requester?.holder) continue
    // With several accounts a human still has one vote, by whichever of them fits.
    humans.set(holder, [...(humans.get(holder) ?? []), ...roles])
  }
  const candidates = [...humans].map(([id, roles]) => ({ id, roles }))
  return places.length > 0 && matchVotes(places, candidates).length === places.length
}

/** All warnings about a policy, with the people as they are now. */
export function policyWarnings(
  policy: WithdrawalPolicy,
  people: readonly NamedVotingPerson[],
): readonly PolicyWarning[] {
  return [
    ...policy.bands.flatMap((_, index) => bandWarnings(policy, index, people)),
    ...emergencyWarnings(people),
    ...expiryWarnings(policy),
  ]
}

function bandWarnings(
  policy: WithdrawalPolicy,
  index: number,
  people: readonly NamedVotingPerson[],
): readonly PolicyWarning[] {
  const band = policy.bands[index]
  if (!band) return []
  const before = policy.bands[index - 1]
  const aboveCents = before?.upToCents ?? null
  const amounts = bandText({ aboveCents, upToCents: band.upToCents })
  const warning = (kind: PolicyWarning['kind'], sentence: string): PolicyWarning => ({
    kind,
    band: index,
    sentence: `${amounts}: ${sentence}`,
  })
  const most = policy.limits.inTotal.perWithdrawalCents
  return [
    ...lockWarnings(band.approvers, people).map(({ kind, sentence }) => warning(kind, sentence)),
    ...(before && countOf(band.approvers) < countOf(before.approvers)
      ? [warning('larger_asks_for_fewer', 'asks for fewer people than smaller amounts do.')]
      : []),
    ...(aboveCents !== null && most !== null && most <= aboveCents
      ? [warning('never_reached', 'no withdrawal may be that large, by the limit of one.')]
      : []),
  ]
}

function countOf(approvers: readonly RequiredApprovers[]): number {
  return approvers.reduce((sum, { people }) => sum + people, 0)
}

function lockWarnings(
  approvers: readonly RequiredApprovers[],
  people: readonly NamedVotingPerson[],
): readonly { readonly kind: PolicyWarning['kind']; readonly sentence: string }[] {
  const asked = approversText(approvers)
  const requesters = people.filter(
    ({ isActive, roles }) => isActive && permits(roles, 'withdrawals:request'),
  )
  const isEnoughFor = (requester: VotingPerson | null, of = people) =>
    canApprove(approvers, { people: of, requester })
  const stuck = requesters.filter((requester) => !isEnoughFor(requester))
  if (!isEnoughFor(null) || (stuck.length > 0 && stuck.length === requesters.length)) {
    const sentence = `nobody’s request could ever be approved. It takes ${asked}, all of them different people and none of them the requester.`
    return [{ kind: 'dead_lock', sentence }]
  }
  if (stuck.length > 0) {
    const names = stuck.map(({ name }) => name).join(', ')
    const sentence = `requests of ${names} could never be approved. It takes ${asked} besides the requester.`
    return [{ kind: 'dead_lock_for_some', sentence }]
  }
  const needed = [...new Set(people.map(({ holder }) => holder))].filter((holder) => {
    const others = people.filter((person) => person.holder !== holder)
    return [null, ...requesters].some((requester) => !isEnoughFor(requester, others))
  })
  if (needed.length === 0) return []
  const names = needed.map((holder) => people.find((one) => one.holder === holder)?.name ?? holder)
  const sentence = `nothing could be approved while ${names.join(' or ')} is away.`
  return [{ kind: 'nobody_may_be_away', sentence }]
}

function emergencyWarnings(people: readonly NamedVotingPerson[]): readonly PolicyWarning[] {
  if (canApprove(breakGlassApprovers, { people, requester: null })) return []
  const sentence = `An emergency could not be approved: it takes ${approversText(breakGlassApprovers)}, and there are fewer.`
  return [{ kind: 'emergency', band: null, sentence }]
}

function expiryWarnings({
  businessHours,
  expiryHours,
}: WithdrawalPolicy): readonly PolicyWarning[] {
  const closed = longestClosedHours(businessHours)
  if (expiryHours > closed) return []
  const sentence = `Requests expire after ${expiryHours} hours, and business hours leave up to ${closed} hours between them: some would expire before they could leave.`
  return [{ kind: 'expires_while_closed', band: null, sentence }]
}

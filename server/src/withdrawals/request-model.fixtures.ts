import type { Role } from '@desk/shared/identity/roles'
import type { WithdrawalPolicy } from '@desk/shared/withdrawals/policy'
import { withdrawalPolicy } from '@desk/shared/withdrawals/policy-schema'
import type { RequestState } from '@desk/shared/withdrawals/request-state'

/*
 * What withdrawals should do, said a second time and as plainly as can be: by brute force, without a database,
 * and without any of the functions that Desk itself judges by.
 */

export const names = ['Finn', 'Fay', 'Gil', 'Ana', 'Ben', 'Bo', 'Cleo', 'Dora'] as const
export type Name = (typeof names)[number]

interface ModelPerson {
  roles: readonly Role[]
  isActive: boolean
  /** The human behind the account. */
  readonly holder: Name
}

export interface ModelVote {
  readonly voter: Name
  readonly onBehalfOf: Name | null
}

export interface ModelRequest {
  readonly id: string
  readonly orderId: string
  readonly requester: Name
  destination: Place
  cents: number
  revision: number
  state: RequestState
  isBreakGlass: boolean
  /** Null before it is submitted. */
  fingerprint: string | null
  expiresMs: number
  /** Those that are not void. */
  votes: readonly ModelVote[]
  /** Everybody who ever voted on it, or was voted for. */
  readonly heard: Set<Name>
  leftMs: number | null
  /** Whether SpacePay has it. */
  isMade: boolean
  /** Of the sending whose end nobody knows. */
  unclear: { startedMs: number; nextLookUpMs: number; lookUps: number; isLookedFor: boolean } | null
  /** What pages showed earlier. */
  readonly pages: { readonly revision: number; readonly fingerprint: string }[]
}

export type Place = 'supplier' | 'courier'

interface ModelPlace {
  state: 'proposed' | 'active' | 'frozen'
  readonly proposedBy: Name
  stateBy: Name
  usableMs: number
}

export type StopCause = 'person' | 'unauthorized' | 'different_answer'

export interface Model {
  nowMs: number
  readonly people: Record<Name, ModelPerson>
  readonly requests: ModelRequest[]
  readonly places: Record<Place, ModelPlace>
  delegations: { readonly id: string; readonly from: Name; readonly to: Name; endMs: number }[]
  policy: WithdrawalPolicy
  policyVersion: number
  lastVersion: number
  stop: StopCause | null
}

const hourMs = 3_600_000
export const dayLimitCents = 400_000
const none = { perWithdrawalCents: null, perDayCents: null, perWeekCents: null }

const base = {
  bands: [
    { upToCents: 50_000, approvers: [{ role: 'approver', people: 1 }] },
    {
      upToCents: null,
      approvers: [
        { role: 'approver', people: 1 },
        { role: 'admin', people: 1 },
      ],
    },
  ],
  limits: { byPerson: none, inTotal: { ...none, perDayCents: dayLimitCents } },
  coolingOffHours: 24,
  businessHours: null,
  expiryHours: 72,
  duplicateWindowHours: 72,
  lowBalanceCents: null,
  repeatsWithSameKey: false,
}
const officeHours = {
  zone: 'Europe/London',
  weekdays: [1, 2, 3, 4, 5],
  from: '09:00',
  until: '17:00',
}

/** The first is the one that everything begins with. */
export const policies = [
  base,
  { ...base, repeatsWithSameKey: true },
  { ...base, bands: [{ upToCents: null, approvers: [{ role: 'approver', people: 2 }] }] },
  { ...base, expiryHours: 48, businessHours: officeHours },
].map((policy) => withdrawalPolicy.parse(policy))

export function newModel(startMs: number, policy: WithdrawalPolicy): Model {
  const person = (holder: Name, ...roles: Role[]) => ({ roles, isActive: true, holder })
  return {
    nowMs: startMs,
    people: {
      Finn: person('Finn', 'finance', 'approver'),
      Fay: person('Fay', 'finance'),
      // Another account of Finn's.
      Gil: person('Finn', 'approver'),
      Ana: person('Ana', 'approver'),
      Ben: person('Ben', 'approver'),
      Bo: person('Bo', 'approver', 'admin'),
      Cleo: person('Cleo', 'admin'),
      Dora: person('Dora', 'admin'),
    },
    requests: [],
    places: {
      supplier: { state: 'active', proposedBy: 'Finn', stateBy: 'Ana', usableMs: 0 },
      courier: { state: 'proposed', proposedBy: 'Fay', stateBy: 'Fay', usableMs: Infinity },
    },
    delegations: [],
    policy,
    policyVersion: 1,
    lastVersion: 1,
    stop: null,
  }
}

export function mayApprove({ people }: Model, name: Name): boolean {
  return people[name].roles.some((role) => role === 'approver' || role === 'admin')
}

export function isWaiting({ state }: ModelRequest): boolean {
  return state === 'pending_approval' || state === 'approved'
}

export function isOver(model: Model, request: ModelRequest): boolean {
  return isWaiting(request) && model.nowMs >= request.expiresMs
}

/** The most places that these votes fill, each human and each place once, tried in every way there is. */
export function given(model: Model, request: ModelRequest, votes = request.votes): number {
  const best = (voters: readonly (readonly Role[])[], places: readonly Role[]): number => {
    const [roles, ...others] = voters
    if (roles === undefined) return 0
    const ways = places.flatMap((place, index) =>
      roles.includes(place) ? [1 + best(others, places.toSpliced(index, 1))] : [],
    )
    return Math.max(best(others, places), ...ways)
  }
  return best(countable(model, request, votes), placesOf(model, request))
}

export function isEnough(model: Model, request: ModelRequest): boolean {
  return given(model, request) === placesOf(model, request).length
}

function placesOf({ policy }: Model, { isBreakGlass, cents }: ModelRequest): readonly Role[] {
  if (isBreakGlass) return ['admin', 'admin']
  const band = policy.bands.find(({ upToCents }) => upToCents === null || cents <= upToCents)
  return (band?.approvers ?? []).flatMap(({ role, people }) => Array<Role>(people).fill(role))
}

/** By whose roles each vote counts, for those that may count at all. */
function countable({ people }: Model, request: ModelRequest, votes: readonly ModelVote[]) {
  const taken = new Set<Name>([people[request.requester].holder])
  return votes.flatMap(({ voter, onBehalfOf }) => {
    const both = [voter, onBehalfOf ?? voter].map((name) => people[name])
    const isBarred =
      (onBehalfOf !== null && request.isBreakGlass) ||
      both.some(({ isActive, holder }) => !isActive || taken.has(holder))
    if (isBarred) return []
    both.forEach(({ holder }) => taken.add(holder))
    return [people[onBehalfOf ?? voter].roles]
  })
}

/** What is used of the limit of the day: what left today and, where it is asked, all that may leave today. */
export function usedToday(model: Model, moment: 'asking' | 'leaving', except: ModelRequest) {
  const today = dayOf(model.nowMs)
  const counted = model.requests.filter(
    (request) =>
      request !== except &&
      (isWaiting(request)
        ? moment === 'asking'
        : request.state !== 'failed' && request.leftMs !== null && dayOf(request.leftMs) === today),
  )
  return counted.reduce((sum, { cents }) => sum + cents, 0)
}

/** Whether nothing holds an approved request back now. */
export function leaves(model: Model, request: ModelRequest): boolean {
  const place = model.places[request.destination]
  const { businessHours } = model.policy
  const isFree =
    model.nowMs >= place.usableMs &&
    (businessHours === null || isInOffice(model.nowMs)) &&
    usedToday(model, 'leaving', request) + request.cents <= dayLimitCents
  return (
    request.state === 'approved' &&
    !isOver(model, request) &&
    model.stop === null &&
    place.state === 'active' &&
    (request.isBreakGlass || isFree)
  )
}

// In winter, when London's clocks show UTC.
function dayOf(ms: number): number {
  return Math.floor(ms / (24 * hourMs))
}
function isInOffice(ms: number): boolean {
  const at = new Date(ms)
  return at.getUTCDay() % 6 !== 0 && at.getUTCHours() >= 9 && at.getUTCHours() < 17
}

export function toDraft(request: ModelRequest): void {
  Object.assign(request, {
    state: 'draft',
    revision: request.revision + 1,
    fingerprint: null,
    isBreakGlass: false,
    votes: [],
  })
}

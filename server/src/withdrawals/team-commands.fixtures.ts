import fc from 'fast-check'
import { equal } from 'node:assert/strict'
import type { Role } from '@desk/shared/identity/roles'
import {
  isWaiting,
  mayApprove,
  type Model,
  type Name,
  type Place,
  policies,
  toDraft,
} from './request-model.fixtures.ts'
import { anybody, often, step, voters } from './model-steps.fixtures.ts'
import { idOf } from './request-model-world.fixtures.ts'

const hourMs = 3_600_000
const reason = 'Their mail was read by somebody'

/** Those whose roles and stay change; Cleo and Dora stay admins. */
const movable = fc.constantFrom<Name>('Gil', 'Ana', 'Ben', 'Bo')
const roleSets = fc.constantFrom<readonly Role[]>(
  ['approver'],
  ['approver', 'admin'],
  ['support'],
  ['admin'],
)

/** Their votes on what waits count no more, and what was approved by them waits again. */
function voidVotesOf(model: Model, name: Name): void {
  for (const request of model.requests.filter(isWaiting)) {
    const left = request.votes.filter(
      ({ voter, onBehalfOf }) => voter !== name && onBehalfOf !== name,
    )
    if (left.length === request.votes.length) continue
    Object.assign(request, { votes: left, state: 'pending_approval' })
  }
}

function endDelegationsOf(model: Model, name: Name): void {
  model.delegations = model.delegations.filter(({ from, to }) => from !== name && to !== name)
}

const rolesChanged = fc.record({ of: movable, roles: roleSets }).map(({ of, roles }) =>
  step(`Cleo makes ${of} ${roles.join(' and ')}`, async (model, world) => {
    const person = model.people[of]
    const outcome = await world.as('Cleo', (calls) =>
      calls.team.setRoles({ userId: idOf(of), roles: [...roles] }),
    )
    equal(outcome, 'done')
    const isLost = person.roles.some((role) => role !== 'support' && !roles.includes(role))
    person.roles = roles
    if (isLost) voidVotesOf(model, of)
    if (isLost && !mayApprove(model, of)) endDelegationsOf(model, of)
  }),
)

const leftOrBack = movable.map((of) =>
  step(`Cleo lets ${of} go, or come back`, async (model, world) => {
    const person = model.people[of]
    const outcome = await world.as('Cleo', (calls) =>
      person.isActive
        ? calls.team.disable({ userId: idOf(of) })
        : calls.team.enable({ userId: idOf(of) }),
    )
    equal(outcome, 'done')
    person.isActive = !person.isActive
    if (person.isActive) return
    voidVotesOf(model, of)
    endDelegationsOf(model, of)
  }),
)

const delegated = fc.record({ from: voters, to: voters }).map(({ from, to }) =>
  step(`${from} lets ${to} vote in their place`, async (model, world) => {
    const endMs = model.nowMs + 48 * hourMs
    let id = ''
    const outcome = await world.as(from, async (calls) => {
      const startsAt = new Date(model.nowMs).toISOString()
      const endsAt = new Date(endMs).toISOString()
      ;({ id } = await calls.withdrawalPolicy.delegate({ toUserId: idOf(to), startsAt, endsAt }))
    })
    equal(outcome, delegateBlock(model, { from, to }) ?? 'done')
    if (outcome === 'done') model.delegations.push({ id, from, to, endMs })
  }),
)

function delegateBlock(model: Model, { from, to }: { readonly from: Name; readonly to: Name }) {
  const { people, nowMs } = model
  if (!mayApprove(model, from)) return 'forbidden'
  if (!people[to].isActive) return 'delegate_unknown'
  if (people[from].holder === people[to].holder || !mayApprove(model, to)) return 'delegate_may_not'
  const isHeld = model.delegations.some(
    (held) => held.from === from && held.to === to && held.endMs > nowMs,
  )
  return isHeld ? 'delegated_already' : null
}

const delegationEnded = fc.record({ by: voters, which: fc.nat(2) }).map(({ by, which }) =>
  step(
    `${by} ends a delegation #-${which}`,
    async (model, world) => {
      const held = model.delegations.at(-1 - which)
      if (!held) return
      const outcome = await world.as(by, (calls) =>
        calls.withdrawalPolicy.endDelegation({ id: held.id }),
      )
      const mayEnd = by === held.from || by === held.to || model.people[by].roles.includes('admin')
      const expected = held.endMs <= model.nowMs ? 'delegation_ended' : null
      equal(
        outcome,
        (mayApprove(model, by) ? null : 'forbidden') ??
          expected ??
          (mayEnd ? 'done' : 'delegation_not_yours'),
      )
      if (outcome === 'done') model.delegations = model.delegations.filter((one) => one !== held)
    },
    ({ delegations }) => delegations.length > which,
  ),
)

const policyChanged = fc.constantFrom(...policies).map((policy) =>
  step(`Cleo and Dora change the policy to ${policies.indexOf(policy)}`, async (model, world) => {
    const isSame = model.policy === policy
    const proposed = await world.as('Cleo', (calls) =>
      calls.withdrawalPolicy.propose({ policy, note: 'As said', basedOn: model.policyVersion }),
    )
    equal(proposed, isSame ? 'policy_unchanged' : 'done')
    if (isSame) return
    const version = ++model.lastVersion
    const decide = { decision: 'activate' as const, version }
    equal(await world.as('Cleo', (calls) => calls.withdrawalPolicy.decide(decide)), 'own_policy')
    equal(await world.as('Dora', (calls) => calls.withdrawalPolicy.decide(decide)), 'done')
    Object.assign(model, { policy, policyVersion: version })
    model.requests.filter(isWaiting).forEach(toDraft)
  }),
)

const anyPlace = fc.constantFrom<Place>('supplier', 'courier')

const placeDecided = fc
  .record({
    by: anybody,
    place: anyPlace,
    act: fc.constantFrom('approve', 'approve', 'freeze', 'unfreeze', 'unfreeze'),
  })
  .map(({ by, place, act }) =>
    step(`${by} wants to ${act} the ${place}`, async (model, world) => {
      const entry = model.places[place]
      const outcome = await world.as(by, ({ destinations }) => {
        if (act === 'approve') return destinations.approve({ id: place })
        const reasoned = { id: place, reason }
        return act === 'freeze' ? destinations.freeze(reasoned) : destinations.unfreeze(reasoned)
      })
      const { holder, roles } = model.people[by]
      const others = act === 'approve' ? [entry.proposedBy] : [entry.proposedBy, entry.stateBy]
      const isOwn = others.some((name) => model.people[name].holder === holder)
      const mayAct =
        act === 'freeze' ? roles.some((one) => one !== 'support') : mayApprove(model, by)
      const from = { approve: 'proposed', freeze: 'active', unfreeze: 'frozen' }[act]
      equal(
        outcome,
        (mayAct ? null : 'forbidden') ??
          (entry.state === from ? null : 'destination_changed') ??
          (isOwn && act !== 'freeze' ? 'second_person_needed' : 'done'),
      )
      if (outcome !== 'done') return
      if (act === 'approve') entry.usableMs = model.nowMs + 24 * hourMs
      Object.assign(entry, { state: act === 'freeze' ? 'frozen' : 'active', stateBy: by })
    }),
  )

const stopped = anybody.map((by) =>
  step(`${by} stops everything`, async (model, world) => {
    const outcome = await world.as(by, (calls) => calls.withdrawalPolicy.stop({ reason }))
    const mayStop = model.people[by].roles.some((role) => role !== 'support')
    equal(
      outcome,
      (mayStop ? null : 'forbidden') ?? (model.stop === null ? 'done' : 'withdrawals_stopped'),
    )
    if (outcome === 'done') model.stop = 'person'
  }),
)

const started = fc.constantFrom<Name>('Cleo', 'Dora', 'Cleo', 'Dora', 'Ana', 'Fay').map((by) =>
  step(`${by} lets withdrawals go again`, async (model, world) => {
    const outcome = await world.as(by, (calls) => calls.withdrawalPolicy.start({ reason }))
    const mayStart = model.people[by].roles.includes('admin')
    equal(
      outcome,
      (mayStart ? null : 'forbidden') ?? (model.stop === null ? 'withdrawals_not_stopped' : 'done'),
    )
    if (outcome === 'done') model.stop = null
  }),
)

/** Everything around requests that decides about them. */
export const teamCommands = [
  rolesChanged,
  leftOrBack,
  ...often(2, delegated),
  delegationEnded,
  policyChanged,
  ...often(2, placeDecided),
  stopped,
  ...often(3, started),
]

import fc from 'fast-check'
import { equal } from 'node:assert/strict'
import type { SendingPoint } from './send-withdrawal.ts'
import { type At, isOwn, often, step, stepWith, voters, mostlyIn } from './model-steps.fixtures.ts'
import {
  isEnough,
  isOver,
  leaves,
  type Model,
  type ModelRequest,
  type Name,
  type StopCause,
} from './request-model.fixtures.ts'
import type { ModelWorld } from './request-model-world.fixtures.ts'

const hourMs = 3_600_000
const repeatsForMs = 23 * hourMs

interface Fault {
  /** As the sandbox is told; null where a Desk dies, or nothing is wrong. */
  readonly order: object | null
  readonly dies: SendingPoint | null
  readonly isMade: boolean
  readonly state: 'submitted' | 'approved' | 'failed' | 'unknown' | 'sending'
  readonly stop: StopCause | null
}

const create = { on: 'withdrawals.create', next: 1 }
const after = (effect: object) => ({ order: { ...create, effect, phase: 'after' }, isMade: true })
const before = (effect: object) => ({
  order: { ...create, effect, phase: 'before' },
  isMade: false,
})
const status = (code: number) => ({ kind: 'status', status: code })
const dying = (dies: SendingPoint) => ({ order: null, dies })
const usual = { dies: null, stop: null }

/** What can happen to one sending, and what must come of it. */
const faults: Readonly<Record<string, Fault>> = {
  'nothing wrong': { ...usual, order: null, isMade: true, state: 'submitted' },
  'reset after': { ...usual, ...after({ kind: 'reset' }), state: 'unknown' },
  'half an answer': { ...usual, ...after({ kind: 'truncated' }), state: 'unknown' },
  '500 after': { ...usual, ...after(status(500)), state: 'unknown' },
  'another amount': {
    ...usual,
    ...after({ kind: 'other_content' }),
    state: 'submitted',
    stop: 'different_answer',
  },
  'reset before': { ...usual, ...before({ kind: 'reset' }), state: 'unknown' },
  '409 before': { ...usual, ...before(status(409)), state: 'unknown' },
  '422 before': { ...usual, ...before(status(422)), state: 'failed' },
  '401 before': { ...usual, ...before(status(401)), state: 'approved', stop: 'unauthorized' },
  'death before the look-up': {
    ...usual,
    ...dying('before_look_up'),
    isMade: false,
    state: 'approved',
  },
  'death before the commit': {
    ...usual,
    ...dying('before_commit'),
    isMade: false,
    state: 'approved',
  },
  'death after the commit': { ...usual, ...dying('after_commit'), isMade: false, state: 'sending' },
  'death after the answer': { ...usual, ...dying('after_answer'), isMade: true, state: 'sending' },
  'death after the record': {
    ...usual,
    ...dying('after_record'),
    isMade: true,
    state: 'submitted',
  },
}
export const faultNames = fc.oneof(
  { weight: 1, arbitrary: fc.constant('nothing wrong') },
  { weight: 2, arbitrary: fc.constantFrom(...Object.keys(faults)) },
)

const sent = fc.record({ which: mostlyIn('approved'), fault: faultNames }).map(({ which, fault }) =>
  stepWith(`A Desk sends with ${fault}`, which, async ({ request, ...at }) => {
    const free = at.model.requests.find((other) => leaves(at.model, other))
    await send({ ...at, request: which.state === null ? request : (free ?? request) }, fault)
  }),
)

/** A Desk tries to send it, and this goes wrong if it does. */
export async function send({ model, world, request }: At, faultName: string): Promise<void> {
  const fault = faults[faultName]
  if (!fault) throw new Error(`There is no fault ${faultName}.`)
  const isLeaving = leaves(model, request)
  if (isLeaving) equal(isEnough(model, request), true)
  if (fault.order !== null) await world.strike(fault.order)
  await world.send(request.id, fault.dies)
  await world.clearFaults()
  if (!isLeaving) return
  const { state, isMade } = fault
  const leftMs = state === 'failed' || state === 'approved' ? null : model.nowMs
  Object.assign(request, { state, isMade, leftMs })
  if (state === 'unknown') beUnclear(model, request, model.nowMs)
  if (state === 'sending') beUnclear(model, request, Infinity)
  stop(model, fault.stop)
}

function beUnclear({ nowMs }: Model, request: ModelRequest, nextLookUpMs: number): void {
  request.unclear = { startedMs: nowMs, nextLookUpMs, lookUps: 0, isLookedFor: false }
}

function stop(model: Model, cause: StopCause | null): void {
  const weights = [null, 'person', 'unauthorized', 'different_answer']
  if (weights.indexOf(cause) > weights.indexOf(model.stop)) model.stop = cause
}

/** Sent, and known to be. */
function adopt(request: ModelRequest): void {
  Object.assign(request, { state: 'submitted', unclear: null })
}

function lookFor(model: Model, request: ModelRequest): void {
  const { unclear } = request
  if (request.state !== 'unknown' || !unclear || unclear.nextLookUpMs > model.nowMs) return
  const pauseMs = Math.min(15 * 60_000, 5_000 * 2 ** unclear.lookUps)
  Object.assign(unclear, {
    nextLookUpMs: model.nowMs + pauseMs,
    lookUps: unclear.lookUps + 1,
  })
  const isYoung = model.nowMs - unclear.startedMs < repeatsForMs
  if (!request.isMade && isYoung && model.policy.repeatsWithSameKey && model.stop === null) {
    request.isMade = true
  }
  if (request.isMade) adopt(request)
  else unclear.isLookedFor = true
}

async function resolve(model: Model, world: ModelWorld): Promise<void> {
  await world.resolve()
  for (const request of model.requests) {
    if (request.state === 'sending' && request.unclear) {
      request.state = 'unknown'
      request.unclear.nextLookUpMs = model.nowMs
    }
    lookFor(model, request)
    if (isOver(model, request)) Object.assign(request, { state: 'expired', votes: [] })
  }
}

const resolved = fc.constant(step('A Desk looks for what is unclear, and at the clock', resolve))

const timePassed = fc.constantFrom(1, 1, 26, 80).map((hours) =>
  step(
    `${hours} hours pass`,
    async (_, world) => world.pass(hours * hourMs),
    // London's clocks are to stay where they are.
    ({ nowMs }) => nowMs < Date.parse('2027-03-01T00:00:00Z'),
  ),
)

const listLearned = fc.constant(
  step('A Desk reads the list of SpacePay', async (model, world) => {
    await world.learnList()
    model.requests
      .filter(({ state, isMade }) => isMade && ['sending', 'unknown'].includes(state))
      .forEach(adopt)
  }),
)

const endedUpstream = fc
  .record({ nth: fc.nat(5), outcome: fc.constantFrom('complete', 'fail', 'cancel') })
  .map(({ nth, outcome }) =>
    step(
      `SpacePay has one ${outcome} #${nth}`,
      async (_, world) => {
        const made = (await world.ledger())[nth]
        // It may have ended by itself.
        if (made) await world.endUpstream(made.withdrawalId, outcome).catch(() => null)
      },
      ({ requests }) => requests.some(({ isMade }) => isMade),
    ),
  )

const settled = fc
  .record({ which: mostlyIn('unknown'), by: voters, nth: fc.option(fc.nat(5), { freq: 2 }) })
  .map(({ which: one, by, nth }) =>
    stepWith(`${by} settles with ${nth ?? 'nothing'}`, one, async ({ model, world, request }) => {
      const adopted = nth === null ? undefined : (await world.ledger())[nth]
      const outcome =
        nth === null
          ? { kind: 'absent' as const }
          : { kind: 'adopt' as const, withdrawalId: adopted?.withdrawalId ?? 'wd_unheard_of' }
      const evidence = 'SpacePay’s support said so.'
      const told = await world.as(by, (calls) =>
        calls.withdrawals.resolve({ id: request.id, outcome, evidence }),
      )
      equal(
        told,
        (model.people[by].roles.includes('admin') ? null : 'forbidden') ??
          (nth !== null && !adopted ? 'withdrawal_not_found' : null) ??
          (request.state === 'unknown' ? null : 'withdrawal_not_unknown') ??
          (mayResolve({ model, request }, by) ? null : 'resolving_blocked') ??
          (nth === null
            ? request.unclear?.isLookedFor === true
              ? 'done'
              : 'withdrawal_not_looked_for'
            : adopted?.orderId === request.orderId
              ? 'done'
              : 'withdrawal_is_another'),
      )
      if (told !== 'done') return
      if (adopted) adopt(request)
      else Object.assign(request, { state: 'failed', unclear: null })
    }),
  )

function mayResolve(
  { model, request }: { readonly model: Model; readonly request: ModelRequest },
  by: Name,
): boolean {
  if (isOwn({ model, request }, by) || !model.people[by].isActive) return false
  const hasApproved = request.votes.some((vote) => vote.voter === by || vote.onBehalfOf === by)
  const others = Object.entries(model.people).filter(
    ([name, { roles, isActive, holder }]) =>
      isActive &&
      roles.includes('admin') &&
      holder !== model.people[request.requester].holder &&
      name !== by &&
      ![...request.heard].some((heard) => heard === name),
  )
  return !hasApproved || others.length === 0
}

/** What Desk and SpacePay do by themselves, and what a person says of it. */
export const sendingCommands = [
  ...often(8, sent),
  ...often(4, resolved),
  timePassed,
  listLearned,
  endedUpstream,
  ...often(4, settled),
]

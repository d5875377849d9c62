import { TRPCError } from '@trpc/server'
import { deepEqual, equal, ok } from 'node:assert/strict'
import { permissionsOf } from '@desk/shared/identity/permissions'
import { userId } from '@desk/shared/identity/session'
import type { RequestState } from '@desk/shared/withdrawals/request-state'
import { actorWith, contextOf } from '../kernel/context.fixtures.ts'
import { Refusal } from '../kernel/refusal.ts'
import { createCaller } from './asked-withdrawals.fixtures.ts'
import { approvalsGiven } from './leaver.ts'
import {
  type Model,
  type ModelRequest,
  type Name,
  newModel,
  policies,
} from './request-model.fixtures.ts'
import { personNamed } from './request-rows.fixtures.ts'
import { resolveByPerson } from './resolve-by-person.ts'
import { type SendingPoint, sendWithdrawal } from './send-withdrawal.ts'
import { type SendingWorld, sendingWorld } from './sending-world.fixtures.ts'

type Calls = ReturnType<typeof createCaller>

export const modelNetwork = 'eip155:84532'
const firstMs = Date.parse('2026-11-23T12:00:00.000Z')
const courier = '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359'
const zone = 'Europe/London'

/** What a request is once SpacePay says so. */
const stateByStatus: Readonly<Record<string, RequestState>> = {
  pending: 'submitted',
  processing: 'processing',
  completed: 'completed',
  failed: 'failed',
  cancelled: 'failed',
}

/** A Desk and a SpacePay in which the model's people are, and the model that must say the same. */
export async function modelWorld() {
  const clock = { nowMs: firstMs }
  const now = () => new Date(clock.nowMs)
  const world = await sendingWorld({ now })
  const { db, owner } = world.database
  await personNamed(owner, 'Fay', ['finance'])
  await personNamed(owner, 'Gil', ['approver'])
  await personNamed(owner, 'Bo', ['approver', 'admin'])
  await personNamed(owner, 'Dora', ['admin'])
  await owner
    .updateTable('person')
    .set({ same_as: idOf('Finn') })
    .where('id', '=', idOf('Gil'))
    .execute()
  await owner
    .insertInto('destination')
    .values({
      id: 'courier',
      network: modelNetwork,
      address: courier,
      label: 'Courier',
      state: 'proposed',
      proposed_by: idOf('Fay'),
      proposed_at: now(),
      state_at: now(),
    })
    .execute()
  const [first] = policies
  if (!first) throw new Error('There is no policy to begin with.')
  await world.changePolicy(first)
  const model = newModel(firstMs, first)

  const callsOf = (name: Name): Calls => {
    const { roles } = model.people[name]
    const actor = {
      ...actorWith(roles),
      userId: idOf(name),
      name,
      permissions: permissionsOf(roles),
      provedAt: now(),
    }
    return createCaller({
      ...contextOf(db, actor),
      now,
      leaverDuties: [approvalsGiven],
      withdrawals: {
        resolve: (input, by) => resolveByPerson({ db, gateway: world.gateway, by }, input),
      },
    })
  }

  return {
    model,
    /** Time passes. */
    pass: (ms: number) => {
      clock.nowMs += ms
      model.nowMs = clock.nowMs
    },
    /** The person does it; resolves to `done`, or to why Desk refused. */
    as: async (name: Name, act: (calls: Calls) => Promise<unknown>): Promise<string> => {
      try {
        await act(callsOf(name))
        return 'done'
      } catch (error) {
        if (!(error instanceof TRPCError)) throw error
        if (error.cause instanceof Refusal) return error.cause.code
        if (error.code !== 'FORBIDDEN') throw error
        return 'forbidden'
      }
    },
    orderIdOf: async (id: string) => (await world.stateOf(id)).orderId,
    /** One try of a sender, that may die on its way. */
    send: async (id: string, dies: SendingPoint | null): Promise<void> => {
      const passing = async (point: SendingPoint) => {
        if (point === dies) throw new Died()
      }
      const { gateway } = world
      try {
        await sendWithdrawal({ db, gateway, now, zone, passing }, id)
      } catch (error) {
        if (!(error instanceof Died)) throw error
      }
    },
    strike: (fault: object) => world.control('faults', fault),
    clearFaults: world.clearFaults,
    resolve: () => world.resolve(),
    learnList: () => world.learnList(),
    endUpstream: (id: string, outcome: string) =>
      world.control(`withdrawals/${id}/simulate`, { outcome }),
    ledger: world.ledger,
    /** Desk is exactly where the model is, and has told all of it. */
    verify: () => verify(world, model),
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  }
}

async function verify(world: SendingWorld, model: Model): Promise<void> {
  const { db } = world.database
  const rows = await db
    .selectFrom('withdrawal_request as request')
    .leftJoin('withdrawal', 'withdrawal.id', 'request.withdrawal_id')
    .select([
      'request.id',
      'request.state',
      'request.revision',
      'request.fingerprint',
      'withdrawal.status',
    ])
    .select((eb) => [
      eb
        .selectFrom('withdrawal_event')
        .select('to_state')
        .whereRef('request_id', '=', 'request.id')
        .where('to_state', 'is not', null)
        .orderBy('id', 'desc')
        .limit(1)
        .as('toldState'),
      eb
        .selectFrom('audit_entry')
        .select('action')
        .whereRef('subject_id', '=', 'request.id')
        .orderBy('seq', 'desc')
        .limit(1)
        .as('action'),
    ])
    .execute()
  const votes = await db
    .selectFrom('withdrawal_vote')
    .select(['request_id as id', 'voter', 'on_behalf_of as onBehalfOf'])
    .where('voided_at', 'is', null)
    .orderBy('at')
    .execute()
  equal(rows.length, model.requests.length)
  for (const request of model.requests) {
    const row = rows.find(({ id }) => id === request.id)
    // How far SpacePay is with it is SpacePay's word; that Desk knows it is the model's.
    if (isSent(request)) request.state = stateByStatus[row?.status ?? ''] ?? 'submitted'
    const { state, revision, fingerprint } = request
    deepEqual([row?.state, row?.revision, row?.fingerprint], [state, revision, fingerprint])
    equal(row?.toldState ?? 'draft', state)
    ok(statesAfter[row?.action ?? '']?.includes(state), `${row?.action} left it ${state}`)
    deepEqual(
      votes.filter(({ id }) => id === request.id),
      request.votes.map(({ voter, onBehalfOf }) => ({
        id: request.id,
        voter: idOf(voter),
        onBehalfOf: onBehalfOf === null ? null : idOf(onBehalfOf),
      })),
    )
  }
  equal(await world.stopCause(), model.stop)
  // The judge of money: everything there once, nothing there that should not be.
  const made = (await world.ledger()).map(({ orderId }) => orderId)
  const expected = model.requests.flatMap(({ isMade, orderId }) => (isMade ? [orderId] : []))
  deepEqual(made.toSorted(), expected.toSorted())
}

export type ModelWorld = Awaited<ReturnType<typeof modelWorld>>

class Died extends Error {}

export function idOf(name: Name) {
  return userId.parse(`person-${name}`)
}

/** SpacePay has it and Desk knows. */
export function isSent({ isMade, state }: ModelRequest): boolean {
  return isMade && ['submitted', 'processing', 'completed', 'failed'].includes(state)
}

const sent = ['submitted', 'processing', 'completed', 'failed']
/** Where a request may be, by the last that the audit log says of it. */
const statesAfter: Readonly<Record<string, readonly string[]>> = {
  'withdrawal.draft': ['draft'],
  'withdrawal.edit': ['draft'],
  'withdrawal.attach': ['draft'],
  'withdrawal.submit': ['pending_approval'],
  'withdrawal.cancel': ['cancelled'],
  'withdrawal.approve': ['pending_approval', 'approved'],
  'withdrawal.reject': ['rejected'],
  'withdrawal.break_glass': ['pending_approval'],
  'withdrawal.void_votes': ['pending_approval', 'draft'],
  'withdrawal.expire': ['expired'],
  'withdrawal.send': ['sending', ...sent],
  'withdrawal.learn': ['approved', 'unknown', ...sent],
  'withdrawal.resolve': sent,
}

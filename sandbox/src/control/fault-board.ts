import { randomUUID } from 'node:crypto'
import { type Random, seededRandom } from '../state/random.ts'
import type { EventType } from '../webhooks/webhook-record.ts'
import type { ApiEffect, WebhookEffect } from './fault-effects.ts'
import { createFaultLog, type FaultHit, type FaultLog } from './fault-log.ts'
import type { ApiOrder, FaultOrder, Phase, WebhookOrder } from './fault-order.ts'
import { type Operation, operationsOf } from './operations.ts'

/** What a call or delivery is about, as far as that is known. */
export interface About {
  /** The id of a payment or withdrawal. */
  readonly subjectId: string | null
  readonly orderId: string | null
}

export interface CallMoment extends About {
  readonly operation: Operation
  readonly phase: Phase
  readonly requestId: string
  /** Method and path. */
  readonly call: string
}

export interface DeliveryMoment extends About {
  readonly eventType: EventType
  readonly eventId: string
  readonly endpointId: string
  /** The `X-SpacePay-Delivery-Id` of the attempt. */
  readonly deliveryId: string
}

/**
 * A fault whose turn it is. Whoever asked says what came of it, and says it once: so a strike is
 * noted once, and none is noted that changed nothing.
 */
export interface Strike<Effect> {
  readonly effect: Effect
  /** The fault's own dice. */
  readonly dice: Random
  /** It struck. `detail` says in words what was done, such as how long. */
  readonly land: (detail?: string) => void
  /** It had nothing to change here, and its turn did not count. */
  readonly miss: () => void
}

interface ActiveFault {
  readonly id: string
  readonly order: FaultOrder
  /** Strikes to come; null is without end. */
  readonly left: number | null
  /** Strikes so far. */
  readonly struck: number
}

export interface FaultBoard {
  /** Answers the fault's id. */
  readonly add: (order: FaultOrder) => string
  readonly remove: (id: string) => boolean
  /** Removes every fault and forgets the log. */
  readonly clear: () => void
  readonly active: () => readonly ActiveFault[]
  readonly log: FaultLog
  /** Faults of these kinds that strike the call now, at most one of a kind, in the order they were added. */
  readonly strikesOnCall: <Kind extends ApiEffect['kind']>(
    moment: CallMoment,
    kinds: readonly Kind[],
  ) => Iterable<Strike<Extract<ApiEffect, { kind: Kind }>>>
  readonly strikesOnDelivery: <Kind extends WebhookEffect['kind']>(
    moment: DeliveryMoment,
    kinds: readonly Kind[],
  ) => Iterable<Strike<Extract<WebhookEffect, { kind: Kind }>>>
}

interface Fault<Order> {
  readonly id: string
  readonly order: Order
  readonly dice: Random
  left: number | null
  struck: number
}

export function createFaultBoard(now: () => number): FaultBoard {
  const ofCalls = new Map<string, Fault<ApiOrder>>()
  const ofDeliveries = new Map<string, Fault<WebhookOrder>>()
  const log = createFaultLog()
  let added = 0

  const faultOf = <Order extends FaultOrder>(order: Order): Fault<Order> => {
    added += 1
    return {
      id: randomUUID(),
      order,
      // Without a seed of its own a fault is still the same in every run that adds the same ones.
      dice: seededRandom(order.seed ?? `fault ${added}`),
      left: order.next ?? null,
      struck: 0,
    }
  }

  return {
    log,
    add: (order) => {
      if (order.on === 'webhook') {
        const fault = faultOf(order)
        ofDeliveries.set(fault.id, fault)
        return fault.id
      }
      const fault = faultOf(order)
      ofCalls.set(fault.id, fault)
      return fault.id
    },
    remove: (id) => ofCalls.delete(id) || ofDeliveries.delete(id),
    clear: () => {
      ofCalls.clear()
      ofDeliveries.clear()
      log.clear()
      added = 0
    },
    active: () =>
      [...ofCalls.values(), ...ofDeliveries.values()]
        .filter(({ left }) => left !== 0)
        .map(({ id, order, left, struck }) => ({ id, order, left, struck })),
    strikesOnCall: (moment, kinds) =>
      strikes(ofCalls, {
        effectFor: ({ on, phase, effect, subject }) =>
          phase === moment.phase &&
          operationsOf(on).includes(moment.operation) &&
          isAbout(moment, subject) &&
          isOfKind(effect, kinds)
            ? effect
            : null,
        note: ({ id, order }, detail) => {
          log.add({ ...nothingKnown, ...moment, ...noted({ id, order, detail }, now()) })
        },
      }),
    strikesOnDelivery: (moment, kinds) =>
      strikes(ofDeliveries, {
        effectFor: ({ eventType, effect, subject }) =>
          (eventType === undefined || eventType === moment.eventType) &&
          isAbout(moment, subject) &&
          isOfKind(effect, kinds)
            ? effect
            : null,
        note: ({ id, order }, detail) => {
          log.add({
            ...nothingKnown,
            operation: 'webhook',
            ...moment,
            ...noted({ id, order, detail }, now()),
          })
        },
      }),
  }
}

/** Lazily, so that the dice of a fault are thrown when its turn has come and not before. */
function* strikes<Order extends FaultOrder, Effect extends { readonly kind: string }>(
  faults: Map<string, Fault<Order>>,
  moment: {
    readonly effectFor: (order: Order) => Effect | null
    readonly note: (fault: Fault<Order>, detail: string | null) => void
  },
): Generator<Strike<Effect>, void> {
  const done = new Set<string>()
  for (const fault of faults.values()) {
    const effect = moment.effectFor(fault.order)
    if (!effect || done.has(effect.kind) || fault.left === 0) continue
    const { percent } = fault.order
    if (percent !== undefined && !fault.dice.chance(percent / 100)) continue
    // Taken at once, so that calls at the same time cannot share the last one.
    if (fault.left !== null) fault.left -= 1
    yield {
      effect,
      dice: fault.dice,
      land: (detail) => {
        done.add(effect.kind)
        fault.struck += 1
        if (fault.left === 0) faults.delete(fault.id)
        moment.note(fault, detail ?? null)
      },
      miss: () => {
        if (fault.left !== null) fault.left += 1
      },
    }
  }
}

function isAbout(moment: About, subject: string | undefined): boolean {
  if (subject === undefined) return true
  return moment.subjectId === subject || moment.orderId?.endsWith(subject) === true
}

function isOfKind<Effect extends { readonly kind: string }, Kind extends string>(
  effect: Effect,
  kinds: readonly Kind[],
): effect is Extract<Effect, { kind: Kind }> {
  return kinds.some((kind) => kind === effect.kind)
}

const nothingKnown = {
  phase: null,
  requestId: null,
  call: null,
  eventId: null,
  eventType: null,
  endpointId: null,
  deliveryId: null,
} as const

function noted(
  fault: { readonly id: string; readonly order: FaultOrder; readonly detail: string | null },
  at: number,
): Pick<FaultHit, 'at' | 'faultId' | 'on' | 'effect' | 'detail'> {
  return {
    at: new Date(at).toISOString(),
    faultId: fault.id,
    on: fault.order.on,
    effect: fault.order.effect.kind,
    detail: fault.detail,
  }
}

import * as z from 'zod'
import { eventTypes } from '../webhooks/webhook-record.ts'
import { invalidParameter } from '../wire/api-error.ts'
import { readInput } from '../wire/read-input.ts'
import { effectCatalogue } from './effect-catalogue.ts'
import { type ApiEffect, apiEffect, type WebhookEffect, webhookEffect } from './fault-effects.ts'
import { faultTargets, operationsOf } from './operations.ts'

export type Phase = 'before' | 'after'

/** Which of the calls that come along it strikes; at least one of `next` and `percent` is given. */
interface Reach {
  /** It strikes so many times, then it is used up. Without it, until it is removed. */
  readonly next?: number | undefined
  /** The share of calls it strikes; without it, every one. */
  readonly percent?: number | undefined
  /** Only what is about this: an id of a payment or withdrawal, or the end of an order id. */
  readonly subject?: string | undefined
  /** The same seed throws the same dice over the same calls. */
  readonly seed?: string | undefined
}

export interface ApiOrder extends Reach {
  readonly on: Exclude<(typeof faultTargets)[number], 'webhook'>
  readonly effect: ApiEffect
  /** `before`: the request changes nothing. `after`: it took effect, and only the answer suffers. */
  readonly phase: Phase
}

export interface WebhookOrder extends Reach {
  readonly on: 'webhook'
  readonly effect: WebhookEffect
  readonly eventType?: (typeof eventTypes)[number] | undefined
}

/** A fault somebody wants. */
export type FaultOrder = ApiOrder | WebhookOrder

const reach = {
  next: z.int().positive().max(1_000_000).optional(),
  percent: z.number().positive().max(100).optional(),
  subject: z.string().min(1).max(255).optional(),
  seed: z.string().min(1).max(100).optional(),
}
const target = z.looseObject({ on: z.enum(faultTargets) })
export const apiOrder = z.strictObject({
  on: z.enum(faultTargets).exclude(['webhook']),
  effect: apiEffect,
  phase: z.enum(['before', 'after']).optional(),
  ...reach,
})
export const webhookOrder = z.strictObject({
  on: z.literal('webhook'),
  effect: webhookEffect,
  eventType: z.enum(eventTypes).optional(),
  ...reach,
})

/** Reads an order, or refuses with 400 and the name of the first field that makes no sense. */
export function readFaultOrder(input: unknown): FaultOrder {
  const { on } = readInput(target, input)
  const order = on === 'webhook' ? readInput(webhookOrder, input) : readApiOrder(input)
  if (order.next === undefined && order.percent === undefined) {
    throw invalidParameter('next', 'next or percent is required')
  }
  return order
}

function readApiOrder(input: unknown): ApiOrder {
  const { phase, ...order } = readInput(apiOrder, input)
  const entry = effectCatalogue.find(
    ({ kind, side }) => side === 'api' && kind === order.effect.kind,
  )
  if (!operationsOf(order.on).some((operation) => entry?.operations.includes(operation))) {
    throw invalidParameter('on', `on: ${order.effect.kind} makes no sense on ${order.on}`)
  }
  const [usual = 'before'] = entry?.phases ?? []
  if (phase !== undefined && entry?.phases.includes(phase) === false) {
    throw invalidParameter('phase', `phase: ${order.effect.kind} strikes ${usual} only`)
  }
  return { ...order, phase: phase ?? usual }
}

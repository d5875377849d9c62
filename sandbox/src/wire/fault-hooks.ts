import type { Socket } from 'node:net'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import type { CallMoment, Strike } from '../control/fault-board.ts'
import type { ApiEffect } from '../control/fault-effects.ts'
import type { World } from '../world.ts'
import { breakAnswer, endingKinds, statusError } from './break-answer.ts'
import { asAskedPage, type ShiftedPage, shiftPage } from './shift-page.ts'
import {
  withMovedInstants,
  withOtherContent,
  withUnknownFields,
  withUnknownStatus,
} from './strange-json.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** A fault answered instead of the route, so the answer says nothing about the request. */
    isFaulted: boolean
    shiftedPage: ShiftedPage | null
  }
}

const breaking = ['delay', ...endingKinds] as const
const strange = ['unknown_status', 'unknown_fields', 'other_content', 'skew'] as const
type StrangeEffect = Extract<ApiEffect, { kind: (typeof strange)[number] }>

/** Lets the faults on the board strike the calls of this scope, before they take effect or after. */
export function addFaultHooks(scope: FastifyInstance, world: World): void {
  scope.decorateRequest('isFaulted', false)
  scope.decorateRequest('shiftedPage', null)

  scope.addHook('preHandler', async (request, reply) => {
    const moment = momentOf(world, request)
    if (!moment) return undefined
    for (const strike of world.faults.strikesOnCall({ ...moment, phase: 'before' }, breaking)) {
      const { effect } = strike
      if (effect.kind === 'delay') {
        await waitOut({ ...strike, effect }, request.raw.socket)
        continue
      }
      strike.land()
      request.isFaulted = true
      const wall = world.clock.wall()
      if (effect.kind === 'status') throw statusError(effect, wall)
      const body = '{"data":[{"id":"0b7d8a0e"}]}'
      reply.send(await breakAnswer(effect, { request, reply, body, wall }))
      await reply
      // A broken answer does not count as sent, and the route must not run after it.
      reply.hijack()
      return reply
    }
    for (const strike of world.faults.strikesOnCall({ ...moment, phase: 'after' }, ['shift'])) {
      request.shiftedPage = shiftPage(request, strike)
      if (!request.shiftedPage) strike.miss()
    }
    return undefined
  })

  scope.addHook('onSend', async (request, reply, payload) => {
    if (request.isFaulted || typeof payload !== 'string') return payload
    // What was refused took no effect, so nothing comes after it.
    const moment = reply.statusCode < 400 ? momentOf(world, request) : null
    if (!moment) {
      request.shiftedPage?.strike.miss()
      return payload
    }
    const after = { ...moment, phase: 'after', ...aboutAnswer(moment, payload) } as const
    for (const strike of world.faults.strikesOnCall(after, breaking)) {
      const { effect } = strike
      if (effect.kind === 'delay') {
        await waitOut({ ...strike, effect }, request.raw.socket)
        continue
      }
      strike.land()
      request.shiftedPage?.strike.miss()
      return breakAnswer(effect, { request, reply, body: payload, wall: world.clock.wall() })
    }
    let body = landShift(request.shiftedPage, payload)
    for (const strike of world.faults.strikesOnCall(after, strange)) {
      const changed = madeStrange(strike.effect, { body, reply, wall: world.clock.wall() })
      if (changed === null) strike.miss()
      else strike.land()
      body = changed ?? body
    }
    return body
  })
}

type Moment = Omit<CallMoment, 'phase'>

const ordered = z.looseObject({ orderId: z.string() })
const routeParams = z.looseObject({
  paymentId: z.string().optional(),
  withdrawalId: z.string().optional(),
})

function momentOf(world: World, request: FastifyRequest): Moment | null {
  const { operation } = request.routeOptions.config
  if (!operation) return null
  const { paymentId, withdrawalId } = routeParams.parse(request.params)
  const payment = paymentId === undefined ? null : world.payments.find(paymentId)
  const withdrawal = withdrawalId === undefined ? null : world.withdrawals.find(withdrawalId)
  const sent = ordered.safeParse(request.body)
  return {
    operation,
    requestId: request.id,
    call: `${request.method} ${request.url}`,
    subjectId: paymentId ?? withdrawalId ?? null,
    orderId: (payment ?? withdrawal)?.orderId ?? (sent.success ? sent.data.orderId : null),
  }
}

const created = z.union([
  z.looseObject({ paymentId: z.string() }).transform(({ paymentId }) => paymentId),
  z.looseObject({ payment_id: z.string() }).transform(({ payment_id }) => payment_id),
  z.looseObject({ id: z.string() }).transform(({ id }) => id),
])

/** What was created has its id in the answer only. */
function aboutAnswer(moment: Moment, payload: string): Pick<Moment, 'subjectId'> {
  if (!moment.operation.endsWith('.create')) return { subjectId: moment.subjectId }
  const read = created.safeParse(JSON.parse(payload))
  return { subjectId: read.success ? read.data : null }
}

type Delay = Extract<ApiEffect, { kind: 'delay' }>

/** Waits as long as the effect says, or until the caller has gone. */
async function waitOut(strike: Strike<Delay>, socket: Socket): Promise<void> {
  const { ms, msMax = ms } = strike.effect
  const wait = strike.dice.between(ms, msMax)
  strike.land(`${wait} ms`)
  await new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer)
      socket.off('close', end)
      resolve()
    }
    const timer = setTimeout(end, wait)
    socket.once('close', end)
  })
}

function landShift(page: ShiftedPage | null, payload: string): string {
  if (!page) return payload
  const shown = asAskedPage(payload, page)
  if (shown === null) page.strike.miss()
  else page.strike.land(`offset ${page.served} instead of ${page.asked}`)
  return shown ?? payload
}

/** The answer with something in it that nobody documented, or null when there is no place for it. */
function madeStrange(
  effect: StrangeEffect,
  answer: { readonly body: string; readonly reply: FastifyReply; readonly wall: number },
): string | null {
  const { body, reply, wall } = answer
  switch (effect.kind) {
    case 'unknown_status':
      return withUnknownStatus(body, effect)
    case 'unknown_fields':
      return withUnknownFields(body)
    case 'other_content':
      return withOtherContent(body, effect.field)
    case 'skew':
      break
  }
  reply.header('Date', new Date(wall + effect.ms).toUTCString())
  return withMovedInstants(body, effect.ms) ?? body
}

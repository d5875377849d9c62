import { once } from 'node:events'
import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ApiEffect } from '../control/fault-effects.ts'
import { ApiError, errorJson } from './api-error.ts'

/** Effects that end a call: what the route would have answered, or did, is not told as it is. */
export const endingKinds = [
  'status',
  'hang',
  'reset',
  'malformed',
  'truncated',
  'html',
  'oversized',
  'redirect',
] as const
export type EndingEffect = Extract<ApiEffect, { kind: (typeof endingKinds)[number] }>

interface Answer {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly body: string
  /** The wall clock, in epoch milliseconds. */
  readonly wall: number
}

/** What goes out instead of `answer.body`. */
export async function breakAnswer(
  effect: EndingEffect,
  answer: Answer,
): Promise<string | Readable> {
  const { request, reply, body } = answer
  switch (effect.kind) {
    case 'status': {
      const error = statusError(effect, answer.wall)
      reply.code(error.status).headers(error.headers)
      return JSON.stringify(errorJson(error, request.id))
    }
    case 'redirect':
      reply.code(302).header('Location', effect.location)
      return ''
    case 'hang':
      if (!request.raw.socket.destroyed) await once(request.raw.socket, 'close')
      return body
    case 'reset':
      request.raw.socket.resetAndDestroy()
      return body
    case 'malformed':
      reply.type('application/json')
      return firstHalf(body)
    case 'html':
      reply.code(502).type('text/html')
      return '<!doctype html><title>502 Bad Gateway</title><h1>Bad gateway</h1>'
    case 'truncated':
      reply.type('application/json').header('content-length', Buffer.byteLength(body))
      return Readable.from(brokenOff(body))
    case 'oversized':
      break
  }
  reply.type('application/json')
  const frame = '{"data":""}'
  return `{"data":"${'x'.repeat(Math.max(0, effect.bytes - frame.length))}"}`
}

/** Text that no longer is what it was: cut in the middle. */
export function firstHalf(text: string): string {
  return text.slice(0, Math.ceil(text.length / 2))
}

/** Promises the whole body and breaks the connection after half of it. */
async function* brokenOff(body: string) {
  yield Buffer.from(body).subarray(0, Math.ceil(body.length / 2))
  await pause(10)
  throw new Error('Cut off by a fault.')
}

const typesByStatus = {
  401: { type: 'authentication_error', code: 'invalid_api_key' },
  404: { type: 'not_found_error', code: 'payment_not_found' },
  409: { type: 'idempotency_error', code: 'idempotency_conflict' },
  429: { type: 'rate_limit_error', code: 'rate_limited' },
} as const

/** The error of a `status` effect, with its Retry-After. */
export function statusError(
  effect: Extract<ApiEffect, { kind: 'status' }>,
  wall: number,
): ApiError {
  const { status } = effect
  const named =
    status === 401 || status === 404 || status === 409 || status === 429
      ? typesByStatus[status]
      : status >= 500
        ? ({ type: 'api_error', code: 'server_error' } as const)
        : ({ type: 'invalid_request_error', code: 'parameter_invalid' } as const)
  const retryAfter = retryAfterText(effect, wall)
  return new ApiError({ status, ...named }, `Injected fault: ${status}.`, {
    headers: retryAfter === null ? {} : { 'Retry-After': retryAfter },
  })
}

function retryAfterText(
  { retryAfter, retryAfterAs }: Extract<ApiEffect, { kind: 'status' }>,
  wall: number,
): string | null {
  if (retryAfter === undefined) return null
  if (typeof retryAfter === 'string' || retryAfterAs !== 'date') return String(retryAfter)
  // The date's whole seconds must not make the pause shorter.
  return new Date(Math.ceil(wall / 1_000 + retryAfter) * 1_000).toUTCString()
}

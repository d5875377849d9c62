import { once } from 'node:events'
import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ApiEffect } from '../control/fault-board.ts'
import type { World } from '../world.ts'
import { ApiError, errorJson } from './api-error.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** A fault answered instead of the route, so the answer says nothing about the request. */
    isFaulted: boolean
  }
}

/** Lets the faults on the board strike the calls of this scope, before they take effect or after. */
export function addFaultHooks(scope: FastifyInstance, world: World): void {
  scope.decorateRequest('isFaulted', false)

  scope.addHook('preHandler', async (request, reply) => {
    const effect = take(world, request, 'before')
    if (!effect) return undefined
    if (effect.kind === 'delay') return pause(effect.ms)
    request.isFaulted = true
    if (effect.kind === 'status') throw statusError(effect)
    const payload = await distort(effect, { request, reply, body: '{"data":[{"id":"0b7d8a0e"}]}' })
    reply.send(payload)
    await reply
    // A broken answer does not count as sent, and the route must not run after it.
    reply.hijack()
    return reply
  })

  scope.addHook('onSend', async (request, reply, payload) => {
    if (request.isFaulted || typeof payload !== 'string') return payload
    const effect = take(world, request, 'after')
    if (!effect) return payload
    if (effect.kind === 'delay') {
      await pause(effect.ms)
      return payload
    }
    return distort(effect, { request, reply, body: payload })
  })
}

function take(world: World, request: FastifyRequest, phase: 'before' | 'after'): ApiEffect | null {
  const { operation } = request.routeOptions.config
  if (!operation) return null
  return world.faults.takeForCall(
    operation,
    phase,
    `${request.method} ${request.url} ${request.id}`,
  )
}

interface Answer {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly body: string
}

/** What goes out instead of `answer.body`. */
async function distort(
  effect: Exclude<ApiEffect, { kind: 'delay' }>,
  answer: Answer,
): Promise<string | Readable> {
  const { request, reply, body } = answer
  switch (effect.kind) {
    case 'status': {
      const error = statusError(effect)
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
      return body.slice(0, Math.ceil(body.length / 2))
    case 'html':
      reply.code(502).type('text/html')
      return '<!doctype html><title>502 Bad Gateway</title><h1>Bad gateway</h1>'
    case 'truncated':
      reply.type('application/json').header('content-length', Buffer.byteLength(body))
      return Readable.from(firstHalf(body))
    case 'oversized':
      break
  }
  reply.type('application/json')
  return `{"data":"${'x'.repeat(effect.bytes)}"}`
}

/** Promises the whole body and breaks the connection after half of it. */
async function* firstHalf(body: string) {
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

function statusError(effect: Extract<ApiEffect, { kind: 'status' }>): ApiError {
  const { status } = effect
  const named =
    status === 401 || status === 404 || status === 409 || status === 429
      ? typesByStatus[status]
      : status >= 500
        ? ({ type: 'api_error', code: 'server_error' } as const)
        : ({ type: 'invalid_request_error', code: 'parameter_invalid' } as const)
  return new ApiError({ status, ...named }, `Injected fault: ${status}.`, {
    headers: effect.retryAfter === undefined ? {} : { 'Retry-After': String(effect.retryAfter) },
  })
}

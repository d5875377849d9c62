import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { World } from '../world.ts'
import { ApiError, invalidParameter } from './api-error.ts'
import { canonicalHash } from './canonical-hash.ts'
import { merchantBehind } from './secret-key-scope.ts'

interface OpenClaim {
  readonly scope: string
  readonly bodyHash: string
}

/** Repeats of a POST with the same Idempotency-Key get the first answer; another body, or the first still running, is 409. */
export function addIdempotency(scope: FastifyInstance, world: World): void {
  const claims = new WeakMap<FastifyRequest, OpenClaim>()

  const release = (request: FastifyRequest) => {
    const claim = claims.get(request)
    if (!claim) return
    claims.delete(request)
    world.answers.release(claim.scope)
  }

  scope.addHook('preHandler', async (request, reply) => {
    const key = request.headers['idempotency-key']
    if (request.method !== 'POST' || key === undefined) return undefined
    if (typeof key !== 'string' || !/^[\x20-\x7e]{1,255}$/.test(key)) {
      throw invalidParameter('Idempotency-Key', 'must be 1 to 255 printable characters')
    }
    const claim = {
      scope: `${merchantBehind(request).id} ${request.method} ${request.routeOptions.url ?? ''} ${key}`,
      bodyHash: canonicalHash(request.body),
    }
    const verdict = world.answers.claim(claim.scope, claim.bodyHash)
    if (verdict.kind === 'in_progress') {
      throw conflict('A request with this Idempotency-Key is still in progress.')
    }
    if (verdict.kind === 'other_body') {
      throw conflict('This Idempotency-Key was used with other parameters.')
    }
    if (verdict.kind === 'replay') {
      replay(reply, verdict.answer)
      await reply
      // A fault may break this answer too, which does not count as sent: the route must not run after it.
      reply.hijack()
      return reply
    }
    claims.set(request, claim)
    // A caller that hangs up before it is answered frees its key.
    reply.raw.once('close', () => release(request))
    return undefined
  })

  scope.addHook('onSend', async (request, reply, payload) => {
    const claim = claims.get(request)
    if (!claim) return
    if (typeof payload !== 'string' || !isKept(reply.statusCode) || request.isFaulted) {
      release(request)
      return
    }
    claims.delete(request)
    world.answers.keep({
      ...claim,
      status: reply.statusCode,
      body: payload,
      at: world.clock.now(),
    })
  })
}

/** Answers about the content are final; those about key, conflict and load are not. */
function isKept(status: number): boolean {
  return status < 500 && status !== 401 && status !== 409 && status !== 429
}

function replay(reply: FastifyReply, answer: { readonly status: number; readonly body: string }) {
  return reply
    .code(answer.status)
    .header('Idempotency-Replayed', 'true')
    .type('application/json; charset=utf-8')
    .send(answer.body)
}

function conflict(message: string): ApiError {
  return new ApiError(
    { status: 409, type: 'idempotency_error', code: 'idempotency_conflict' },
    message,
    { headers: { 'Retry-After': '1' } },
  )
}

import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { World } from '../world.ts'
import { unauthorized } from './api-error.ts'
import { addFaultHooks } from './fault-hooks.ts'
import { addIdempotency } from './idempotency.ts'
import { createRateLimiter } from './rate-limit.ts'

/** Gives every route of this scope the merchant's key, the rate limit, idempotency and injected faults, in that order. */
export function guardWithSecretKey(scope: FastifyInstance, world: World): void {
  const limiter = createRateLimiter(world.settings.rateLimit)
  scope.addHook('onRequest', async (request) => {
    authenticate(request, world.settings.secretKey)
    limiter.admit(world.settings.secretKey)
  })
  addIdempotency(scope, world)
  addFaultHooks(scope, world)
}

function authenticate(request: FastifyRequest, secretKey: string): void {
  const given = request.headers['x-spacepay-secret-key']
  if (typeof given === 'string' && isSameText(given, secretKey)) return
  if (given !== undefined) throw unauthorized('The secret key is not valid.')
  throw unauthorized(
    request.headers.authorization?.startsWith('Bearer sk_')
      ? 'Send the secret key in the X-SpacePay-Secret-Key header; Authorization: Bearer is for dashboard sessions.'
      : 'The X-SpacePay-Secret-Key header is missing.',
  )
}

/** Compares without telling by its time how much was right. */
export function isSameText(given: string, wanted: string): boolean {
  return timingSafeEqual(sha256(given), sha256(wanted))
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { mainMerchant, type Merchant, otherMerchant } from '../registry/merchant.ts'
import type { World } from '../world.ts'
import { unauthorized } from './api-error.ts'
import { addFaultHooks } from './fault-hooks.ts'
import { addIdempotency } from './idempotency.ts'
import { createRateLimiter } from './rate-limit.ts'

declare module 'fastify' {
  interface FastifyRequest {
    merchant: Merchant | null
  }
}

/** Gives every route of this scope the merchant's key, the rate limit, idempotency and injected faults, in that order. */
export function guardWithSecretKey(scope: FastifyInstance, world: World): void {
  const limiter = createRateLimiter(world.settings.rateLimit)
  const keys = [
    { secretKey: world.settings.secretKey, merchant: mainMerchant },
    { secretKey: world.settings.otherSecretKey, merchant: otherMerchant },
  ]
  scope.decorateRequest('merchant', null)
  scope.addHook('onRequest', async (request) => {
    const merchant = authenticate(request, keys)
    request.merchant = merchant
    limiter.admit(merchant.id)
  })
  addIdempotency(scope, world)
  addFaultHooks(scope, world)
}

/** Whose key the request came with; only within `guardWithSecretKey`. */
export function merchantBehind(request: FastifyRequest): Merchant {
  if (!request.merchant) throw new Error('This route is not guarded by a secret key.')
  return request.merchant
}

interface MerchantKey {
  readonly secretKey: string
  readonly merchant: Merchant
}

function authenticate(request: FastifyRequest, keys: readonly MerchantKey[]): Merchant {
  const given = request.headers['x-spacepay-secret-key']
  const known = keys.find(
    ({ secretKey }) => typeof given === 'string' && isSameText(given, secretKey),
  )
  if (known) return known.merchant
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

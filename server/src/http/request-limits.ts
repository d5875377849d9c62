import { TRPCError } from '@trpc/server'
import type { FastifyInstance } from 'fastify'
import type { RequestAllowance } from '../identity/request-allowance.ts'
import { TooManyRequests } from '../kernel/too-many-requests.ts'

/**
 * Counts requests at the sign-in door by address. Those of `/trpc`, `/exports` and
 * `/attachments` are counted where their person is looked up; webhooks, probes and files are not counted. Register before the routes.
 */
export function limitSignInRequests(http: FastifyInstance, allowance: RequestAllowance): void {
  http.addHook('onRequest', async (request) => {
    if (!request.routeOptions.url?.startsWith('/api/')) return
    await allowance.countAddress({ address: request.ip, requestId: request.id })
  })
}

/** Before any procedure runs tRPC knows errors of its own only. */
export async function refusedAsTrpc<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof TooManyRequests)) throw error
    throw new TRPCError({ code: 'TOO_MANY_REQUESTS', message: error.message, cause: error })
  }
}

/** Headers of every tRPC answer: kept in no cache, and with the seconds to wait where there were too many. */
export function trpcHeaders(errors: readonly TRPCError[]): Headers {
  const headers = new Headers({ 'cache-control': 'no-store' })
  const refused = errors.map(({ cause }) => cause).find((cause) => cause instanceof TooManyRequests)
  if (refused) headers.set('retry-after', String(refused.retryAfterSeconds))
  return headers
}

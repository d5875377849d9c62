import type { FastifyInstance, FastifyRequest } from 'fastify'
import { webhookPath } from '@desk/shared/webhooks/webhook-path'

const apiPrefixes = ['/trpc', '/api/', '/exports', '/attachments']

/**
 * Only our own pages may change anything, or have a browser ask for anybody's data. The webhook is the
 * one exception: machines call it, send no cookie and are checked by signature. Judged by the route that
 * matched, since one path can be spelled in many ways.
 */
export function refuseForeignRequests(http: FastifyInstance, origins: ReadonlySet<string>): void {
  http.addHook('onRequest', async (request, reply) => {
    const route = request.routeOptions.url
    if (route === webhookPath) return
    const isSafe = request.method === 'GET' || request.method === 'HEAD'
    const isOwn = isSafe
      ? isOwnRead(request, route)
      : origins.has(request.headers.origin ?? '') && isFromOwnPage(request)
    if (isOwn) return
    await reply
      .status(403)
      .send({ message: 'This request did not come from Desk.', requestId: request.id })
  })
}

/** Whoever types an address or follows a link navigates; what another page embeds or fetches does not. */
function isOwnRead(request: FastifyRequest, route: string | undefined): boolean {
  const isApi = apiPrefixes.some((prefix) => route?.startsWith(prefix))
  return !isApi || isFromOwnPage(request) || request.headers['sec-fetch-mode'] === 'navigate'
}

/** Programs and old browsers do not send this header; browsers let no page write it. */
function isFromOwnPage(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'] ?? 'same-origin'
  const isTyped = site === 'none' && (request.method === 'GET' || request.method === 'HEAD')
  return site === 'same-origin' || isTyped
}

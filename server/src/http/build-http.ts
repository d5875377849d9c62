import { randomUUID } from 'node:crypto'
import helmet from '@fastify/helmet'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { ownOrigins } from '../kernel/own-origins.ts'
import { webhookPath } from './webhook-route.ts'

const apiBodyBytesMax = 256 * 1024
const closingRoundMs = 50

export interface HttpOptions {
  readonly log: FastifyBaseLogger
  readonly publicUrl: URL
}

/** The server before any route: limits, request ids, strict headers, and answers without stack traces. */
export async function buildHttp({ log, publicUrl }: HttpOptions): Promise<FastifyInstance> {
  const http = Fastify({
    loggerInstance: log,
    // One line per request would bury what matters; a proxy in front can keep such a log.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: apiBodyBytesMax,
    requestTimeout: 30_000,
    keepAliveTimeout: 72_000,
    routerOptions: { maxParamLength: 5_000 },
    forceCloseConnections: 'idle',
  })
  const isHttps = publicUrl.protocol === 'https:'
  await http.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(isHttps && { upgradeInsecureRequests: [] }),
      },
    },
    strictTransportSecurity: isHttps ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'no-referrer' },
  })
  http.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  refuseForeignOrigins(http, ownOrigins(publicUrl))
  closeOnceIdle(http)
  http.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
    const status = error.statusCode ?? 500
    if (status >= 500) request.log.error({ err: error, requestId: request.id }, 'request failed')
    const message = status >= 500 ? 'internal error' : error.message
    return reply.status(status).send({ message, requestId: request.id })
  })
  return http
}

/**
 * A connection that was busy when closing began would be kept alive after its answer, and closing would
 * wait for it as long as it may stay idle.
 */
function closeOnceIdle(http: FastifyInstance): void {
  http.addHook('preClose', async () => {
    const closing = setInterval(() => http.server.closeIdleConnections(), closingRoundMs)
    http.server.once('close', () => clearInterval(closing))
    closing.unref()
  })
}

/**
 * Only our own pages may change anything. The webhook is the one exception: machines call it, send no
 * cookie and are checked by signature. Judged by the route that matched, since one path can be spelled
 * in many ways.
 */
function refuseForeignOrigins(http: FastifyInstance, origins: ReadonlySet<string>): void {
  http.addHook('onRequest', async (request, reply) => {
    const isSafe = request.method === 'GET' || request.method === 'HEAD'
    const isForMachines = request.routeOptions.url === webhookPath
    if (isSafe || isForMachines || origins.has(request.headers.origin ?? '')) return
    await reply
      .status(403)
      .send({ message: 'This request did not come from Desk.', requestId: request.id })
  })
}

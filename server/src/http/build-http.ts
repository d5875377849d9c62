import { randomUUID } from 'node:crypto'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import { ownOrigins } from '../kernel/own-origins.ts'
import { TooManyRequests } from '../kernel/too-many-requests.ts'
import { refuseForeignRequests } from './own-requests.ts'
import { strictHeaders } from './strict-headers.ts'

const apiBodyBytesMax = 256 * 1024
const closingRoundMs = 50

export interface HttpOptions {
  readonly log: FastifyBaseLogger
  readonly publicUrl: URL
  /** Addresses or ranges whose word about the client's address is taken; nobody's where there are none. */
  readonly trustedProxies: readonly string[]
}

/** The server before any route: limits, request ids, strict headers, and answers without stack traces. */
export async function buildHttp(options: HttpOptions): Promise<FastifyInstance> {
  const { log, publicUrl, trustedProxies } = options
  const http = Fastify({
    loggerInstance: log,
    // One line per request would bury what matters; a proxy in front can keep such a log.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    bodyLimit: apiBodyBytesMax,
    requestTimeout: 30_000,
    keepAliveTimeout: 72_000,
    routerOptions: { maxParamLength: 5_000 },
    forceCloseConnections: 'idle',
    frameworkErrors: refuseAddress,
  })
  await strictHeaders(http, publicUrl)
  refuseForeignRequests(http, ownOrigins(publicUrl))
  closeOnceIdle(http)
  http.setErrorHandler<FastifyError>((error, request, reply) => answerError(error, request, reply))
  return http
}

/** In words, with the id under which the log has the rest. */
function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  const { id: requestId } = request
  if (error instanceof TooManyRequests) {
    const { message, code, retryAfterSeconds } = error
    return reply
      .status(429)
      .header('retry-after', String(retryAfterSeconds))
      .send({ message, code, requestId })
  }
  const status = error.statusCode ?? 500
  if (status >= 500) request.log.error({ err: error, requestId }, 'request failed')
  return reply
    .status(status)
    .send({ message: status >= 500 ? 'internal error' : error.message, requestId })
}

/** An address that cannot be decoded reaches no hook, so its answer brings its own headers. */
function refuseAddress(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const { id: requestId } = request
  void reply
    .status(error.statusCode ?? 400)
    .headers({
      'x-request-id': requestId,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    })
    .send({ message: 'This address cannot be read.', requestId })
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

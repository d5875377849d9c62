import { createHash, randomBytes } from 'node:crypto'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Operation } from '../control/operations.ts'
import type { RequestEntry } from '../control/request-log.ts'
import type { World } from '../world.ts'
import { ApiError, errorJson } from './api-error.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route's name for faults and the request log. */
    operation?: Operation
  }
  interface FastifyRequest {
    bodySha256: string | null
    logEntry: RequestEntry | null
  }
}

const BODY_BYTES_MAX = 1_000_000

/** An empty server that reads JSON by our own parser and refuses in the documented shape. */
export function createHttpServer(world: World): FastifyInstance {
  const app = fastify({
    logger: world.settings.logLevel === 'silent' ? false : { level: world.settings.logLevel },
    bodyLimit: BODY_BYTES_MAX,
    genReqId: () => `req_${randomBytes(6).toString('hex')}`,
    // A hanging caller must not keep a stopping sandbox alive.
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 300 },
  })
  app.decorateRequest('bodySha256', null)
  app.decorateRequest('logEntry', null)

  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, readJson)
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(body.toString())))
    },
  )

  app.addHook('onRequest', async (request, reply) => {
    reply.header('X-Request-Id', request.id)
    // Nobody reads a state that is already over.
    world.agenda.runDue()
    if (!request.url.startsWith('/v1')) return
    const key = request.headers['idempotency-key']
    request.logEntry = {
      requestId: request.id,
      at: new Date(world.clock.now()).toISOString(),
      method: request.method,
      path: request.url,
      operation: request.routeOptions.config.operation ?? null,
      idempotencyKey: typeof key === 'string' ? key : null,
      bodySha256: null,
      status: null,
    }
    world.requests.add(request.logEntry)
  })
  app.addHook('onResponse', async (request, reply) => {
    if (request.logEntry) request.logEntry.status = reply.statusCode
  })

  app.setErrorHandler((error, request, reply) => {
    const known = translate(error)
    if (!known) request.log.error({ err: error }, 'defect')
    return refuse(request, reply, known ?? defect)
  })
  app.setNotFoundHandler((request, reply) => refuse(request, reply, unknownRoute(request)))
  return app
}

const defect = new ApiError(
  { status: 500, type: 'api_error', code: 'server_error' },
  'Something went wrong inside the sandbox.',
)

function refuse(request: FastifyRequest, reply: FastifyReply, error: ApiError) {
  return reply.code(error.status).headers(error.headers).send(errorJson(error, request.id))
}

function readJson(
  request: FastifyRequest,
  body: string | Buffer,
  done: (error: Error | null, value?: unknown) => void,
): void {
  const bodySha256 = createHash('sha256').update(body).digest('hex')
  request.bodySha256 = bodySha256
  if (request.logEntry) request.logEntry.bodySha256 = bodySha256
  try {
    const value: unknown = JSON.parse(body.toString())
    done(null, value)
  } catch {
    // JSON.parse throws nothing but its one complaint.
    done(
      new ApiError(
        { status: 400, type: 'invalid_request_error', code: 'parameter_invalid' },
        'The request body is not valid JSON.',
      ),
    )
  }
}

const frameworkFaults: Readonly<Record<string, string>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'request_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'parameter_invalid',
  FST_ERR_BAD_URL: 'parameter_invalid',
}

/** What the caller did wrong, or null when the fault is ours. */
function translate(error: unknown): ApiError | null {
  if (error instanceof ApiError) return error
  if (!(error instanceof Error) || !('code' in error) || !('statusCode' in error)) return null
  const code = frameworkFaults[String(error.code)]
  if (code === undefined) return null
  return new ApiError(
    { status: Number(error.statusCode), type: 'invalid_request_error', code },
    error.message,
  )
}

function unknownRoute(request: FastifyRequest): ApiError {
  const isShortPath = /^\/v1\/(payments|withdrawals)(\/|\?|$)/.test(request.url)
  return new ApiError(
    { status: 404, type: 'not_found_error', code: 'route_not_found' },
    isShortPath
      ? 'There is no such route. Use the full path, such as POST /v1/external/secretkey-auth/payments.'
      : `There is no route ${request.method} ${request.url.split('?')[0] ?? ''}.`,
  )
}

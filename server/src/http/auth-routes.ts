import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

export interface AuthHandler {
  handler(
    request: Request,
    client: { readonly address: string; readonly requestId: string },
  ): Promise<Response>
}

/** A passkey's answer is the longest thing that is ever sent here: a few kB. */
const bodyBytesMax = 16 * 1024

/** Hands `/api/auth/*` to the sign-in code, which speaks the web's own Request and Response. */
export function authRoutes(http: FastifyInstance, auth: AuthHandler): void {
  void http.register(async (scope) => {
    // The bytes go on as they came; the sign-in code parses them itself.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    )
    const handle = async (request: FastifyRequest, reply: FastifyReply) => {
      const response = await auth.handler(webRequest(request), {
        address: request.ip,
        requestId: request.id,
      })
      reply.status(response.status)
      response.headers.forEach((value, name) => {
        if (name !== 'set-cookie') reply.header(name, value)
      })
      const cookies = response.headers.getSetCookie()
      if (cookies.length > 0) reply.header('set-cookie', cookies)
      return reply.send(response.body === null ? null : await response.text())
    }
    scope.post('/api/auth/*', { bodyLimit: bodyBytesMax }, handle)
    // The two links of single sign-on; everything else is not found.
    scope.get('/api/auth/*', handle)
  })
}

function webRequest(request: FastifyRequest): Request {
  const body = typeof request.body === 'string' ? request.body : ''
  // Any base does: the sign-in code reads the path only, and a client's Host need not even be a host.
  return new Request(new URL(request.url, 'http://desk.invalid'), {
    method: request.method,
    headers: webHeaders(request),
    ...(body !== '' && { body }),
  })
}

/** Node's header object as the web's. */
export function webHeaders(request: Pick<FastifyRequest, 'headers'>): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined) headers.append(name, one)
    }
  }
  return headers
}

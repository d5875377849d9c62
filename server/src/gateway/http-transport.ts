import { Agent, errors, type Dispatcher } from 'undici'

export interface HttpRequest {
  readonly method: 'GET' | 'POST'
  /** Path and query below the base URL, starting with a slash. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  /** JSON text. */
  readonly body?: string
  /** The whole exchange, from connecting to the last byte. */
  readonly timeoutMs: number
}

export interface HttpAnswer {
  readonly status: number
  readonly contentType: string | null
  readonly retryAfter: string | null
  readonly requestId: string | null
  readonly text: string
}

export interface HttpTransport {
  /** One exchange, never repeated, no redirect followed. Throws TransportFault. */
  send(request: HttpRequest): Promise<HttpAnswer>
  /** Cancels what is under way and closes every socket. */
  close(): Promise<void>
}

export interface TransportOptions {
  readonly baseUrl: string
  readonly secretKey: string
  readonly answerBytesMax: number
  readonly connectTimeoutMs: number
  /** Sockets kept for reads; more requests than that wait their turn. */
  readonly connectionsMax: number
}

/** Why an exchange gave no answer. Made of words only, so nothing of the request can leak with it. */
export class TransportFault extends Error {
  override readonly name = 'TransportFault'
  readonly problem: 'timeout' | 'connection' | 'too_large' | 'closed'
  readonly code: string
  /** False when the request certainly never left: name lookup, connecting. */
  readonly mayHaveArrived: boolean

  constructor(problem: TransportFault['problem'], code: string, mayHaveArrived: boolean) {
    super(`${problem} (${code})`)
    this.problem = problem
    this.code = code
    this.mayHaveArrived = mayHaveArrived
  }
}

/** Speaks HTTP/1.1 to one host and to no other; the secret key stays inside. */
export function createHttpTransport(options: TransportOptions): HttpTransport {
  const base = new URL(options.baseUrl)
  const basePath = base.pathname.replace(/\/+$/, '')
  const agentOptions = {
    // HTTP/2 may replay a request it believes unprocessed; a write must go out exactly once.
    allowH2: false,
    maxResponseSize: options.answerBytesMax,
    connect: { timeout: options.connectTimeoutMs },
  } as const
  const reads = new Agent({ ...agentOptions, connections: options.connectionsMax })
  // A write takes a fresh connection: on a reused one the host may just have hung up, and then
  // nobody can tell whether the write arrived.
  const writes = new Agent({ ...agentOptions, pipelining: 0 })
  const headers = {
    accept: 'application/json',
    'user-agent': 'spacepay-desk',
    'x-spacepay-secret-key': options.secretKey,
  }

  return {
    send: (request) =>
      withTimeout(request.timeoutMs, async (signal) => {
        const agent = request.method === 'GET' ? reads : writes
        return readAnswer(
          await agent.request({
            origin: base.origin,
            path: basePath + request.path,
            method: request.method,
            headers: {
              ...headers,
              ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
              ...request.headers,
            },
            body: request.body ?? null,
            headersTimeout: request.timeoutMs,
            bodyTimeout: request.timeoutMs,
            signal,
          }),
        )
      }),
    close: async () => {
      await Promise.all([reads.destroy(), writes.destroy()])
    },
  }
}

async function readAnswer(response: Dispatcher.ResponseData): Promise<HttpAnswer> {
  const text = await response.body.text()
  const header = (name: string) => [response.headers[name] ?? []].flat()[0] ?? null
  return {
    status: response.statusCode,
    contentType: header('content-type'),
    retryAfter: header('retry-after'),
    requestId: header('x-request-id'),
    text,
  }
}

async function withTimeout<T>(
  timeoutMs: number,
  exchange: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  const timer = setTimeout(
    () => controller.abort(new TransportFault('timeout', 'timeout', true)),
    timeoutMs,
  )
  try {
    return await exchange(controller.signal)
  } catch (error) {
    throw faultOf(error)
  } finally {
    clearTimeout(timer)
  }
}

function faultOf(error: unknown): TransportFault {
  if (error instanceof TransportFault) return error
  if (!(error instanceof Error)) return new TransportFault('connection', 'unknown', true)
  const code = codeOf(error) ?? error.name
  if (error instanceof errors.ResponseExceededMaxSizeError) {
    return new TransportFault('too_large', code, true)
  }
  if (error instanceof errors.ClientDestroyedError || error instanceof errors.ClientClosedError) {
    return new TransportFault('closed', 'closed', true)
  }
  if (error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError) {
    return new TransportFault('timeout', code, true)
  }
  return new TransportFault('connection', code, !neverConnected(error))
}

function neverConnected(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(neverConnected)
  if (error instanceof errors.ConnectTimeoutError) return true
  if (!(error instanceof Error)) return false
  if ('syscall' in error && (error.syscall === 'connect' || error.syscall === 'getaddrinfo')) {
    return true
  }
  return certificateFaults.has(codeOf(error) ?? '')
}

/** The connection ended before a byte of the request could be written. */
const certificateFaults: ReadonlySet<string> = new Set([
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

function codeOf(error: Error): string | null {
  return 'code' in error && typeof error.code === 'string' ? error.code : null
}

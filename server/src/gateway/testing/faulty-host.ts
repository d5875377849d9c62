import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { text } from 'node:stream/consumers'

/** How the host treats one request, after having read it whole. */
export type Behaviour = (response: ServerResponse, socket: Socket) => void

export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
  /** Virtual milliseconds, if the test keeps such a clock. */
  readonly atMs: number
}

export interface FaultyHost extends AsyncDisposable {
  readonly url: string
  readonly requests: readonly SeenRequest[]
  /** The next requests meet these in turn; the last one stays. */
  readonly behave: (...behaviours: readonly Behaviour[]) => void
  readonly openSockets: () => number
}

/** A real HTTP server that misbehaves on command. */
export async function startFaultyHost(now = () => new Date()): Promise<FaultyHost> {
  const requests: SeenRequest[] = []
  const sockets = new Set<Socket>()
  let queue: readonly Behaviour[] = [answer(200, {})]

  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request)
    const { method = '', url: path = '', headers, socket } = request
    requests.push({ method, path, headers, body, atMs: now().getTime() })
    const [behaviour, ...rest] = queue
    if (rest.length > 0) queue = rest
    behaviour?.(response, socket)
  }
  const server = createServer((request, response) => void respond(request, response))
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    requests,
    behave: (...behaviours) => {
      queue = behaviours
    },
    openSockets: () => sockets.size,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new TypeError('not a TCP server')
  return address.port
}

export function answer(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): Behaviour {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }
}

export const html: Behaviour = (response) => {
  response.writeHead(200, { 'content-type': 'text/html' })
  response.end('<!doctype html><title>Maintenance</title>')
}

/** Accepts the request and never says a word. */
export const hang: Behaviour = () => undefined

/** Sends headers and a byte, then nothing. */
export const stall: Behaviour = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.write('{')
}

/** Accepts the request, then resets the connection. */
export const reset: Behaviour = (_response, socket) => {
  socket.resetAndDestroy()
}

/** Announces more than it sends and hangs up. */
export const halfABody: Behaviour = (response, socket) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
  response.write('{"id":"pay_1","status":')
  setImmediate(() => socket.destroy())
}

export function redirect(location: string): Behaviour {
  return (response) => {
    response.writeHead(302, { location })
    response.end()
  }
}

/** Streams `bytes` of valid JSON; `onSent` hears how many bytes the host got rid of. */
export function flood(bytes: number, onSent: (sent: number) => void): Behaviour {
  return (response, socket) => {
    const chunk = Buffer.alloc(1024 * 1024, ' ')
    let sent = 0
    response.writeHead(200, { 'content-type': 'application/json' })
    const push = () => {
      while (sent < bytes && !socket.destroyed) {
        sent += chunk.length
        onSent(sent)
        if (!response.write(chunk)) {
          response.once('drain', push)
          return
        }
      }
      response.end('{}')
    }
    push()
  }
}

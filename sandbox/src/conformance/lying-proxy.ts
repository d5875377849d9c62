import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import * as z from 'zod'

/** A request or a webhook on its way. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface Told {
  readonly status: number
  readonly body: string
}

/** What the proxy does differently from the service behind it; what is left out stays true. */
export interface Lie {
  readonly ask?: (asked: Asked) => Asked
  readonly answer?: (told: Told, asked: Asked) => Told
  readonly webhook?: (asked: Asked) => Asked
  readonly webhookAnswer?: (told: Told) => Told
}

const hooksPath = '/lying-hooks/'

/** A service that is the one at `target` but for one lie, told to callers and to webhook receivers alike. */
export async function startLyingProxy(target: string, lie: Lie) {
  const server = createServer((request, response) => {
    void serve(request, response)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const asked = await read(request)
    const isHook = asked.path.startsWith(hooksPath)
    const told = isHook ? await tellReceiver(asked, lie) : await askService(asked)
    response.writeHead(told.status, { 'content-type': 'application/json' }).end(told.body)
  }
  const askService = async (asked: Asked): Promise<Told> => {
    const detoured = lie.webhook || lie.webhookAnswer ? detour(asked, url) : asked
    const told = await send(target, lie.ask ? lie.ask(detoured) : detoured)
    return lie.answer ? lie.answer(told, asked) : told
  }

  return {
    url,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}

/** Webhooks that are registered through the proxy come back through it. */
function detour(asked: Asked, url: string): Asked {
  if (asked.method !== 'POST' || asked.path !== '/__sandbox/webhooks') return asked
  const wish = z.looseObject({ url: z.string() }).parse(JSON.parse(asked.body))
  const body = { ...wish, url: `${url}${hooksPath}${encodeURIComponent(wish.url)}` }
  return { ...asked, body: JSON.stringify(body) }
}

async function tellReceiver(asked: Asked, lie: Lie): Promise<Told> {
  const told = await send('', {
    ...(lie.webhook ? lie.webhook(asked) : asked),
    path: decodeURIComponent(asked.path.slice(hooksPath.length)),
  })
  return lie.webhookAnswer ? lie.webhookAnswer(told) : told
}

async function send(base: string, asked: Asked): Promise<Told> {
  const response = await fetch(base + asked.path, {
    method: asked.method,
    headers: asked.headers,
    ...(asked.body !== '' && { body: asked.body }),
  })
  return { status: response.status, body: await response.text() }
}

async function read(request: IncomingMessage): Promise<Asked> {
  const passedOn = Object.entries(request.headers).flatMap(([name, value]) =>
    typeof value === 'string' && !ownHeaders.has(name) ? [[name, value] as const] : [],
  )
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: Object.fromEntries(passedOn),
    body: await text(request),
  }
}

/** Those that belong to one connection or one exact body. */
const ownHeaders = new Set(['host', 'connection', 'content-length', 'transfer-encoding'])

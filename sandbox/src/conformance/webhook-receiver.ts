import { createServer, type IncomingHttpHeaders } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { Failed, Skipped } from './verdict.ts'

const LOOK_MS = 25

export interface Delivery {
  readonly headers: IncomingHttpHeaders
  /** The bytes that were signed, as text. */
  readonly rawBody: string
}

export interface WebhookReceiver extends AsyncDisposable {
  readonly url: string
  readonly deliveries: readonly Delivery[]
  /** Answers 500 to the next delivery whose body holds `text`, and 200 to everything else. */
  readonly refuseOnce: (text: string) => void
  /** The deliveries that hold all of `texts`, once there are `count`; fails when they do not come. */
  readonly waitFor: (count: number, texts: readonly string[]) => Promise<readonly Delivery[]>
}

/** Listens on this machine only; 0 takes a free port. Waits at most `waitMs` for a delivery. */
export async function startReceiver(port: number, waitMs: number): Promise<WebhookReceiver> {
  const deliveries: Delivery[] = []
  const toRefuse = new Set<string>()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const rawBody = Buffer.concat(chunks).toString()
      deliveries.push({ headers: request.headers, rawBody })
      const refused = [...toRefuse].find((text) => rawBody.includes(text))
      if (refused !== undefined) toRefuse.delete(refused)
      response.writeHead(refused === undefined ? 200 : 500, { 'content-type': 'application/json' })
      response.end('{"received":true}')
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', () =>
      reject(new Skipped(`port ${port} is taken: give another --webhook-port`)),
    )
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  const listening = typeof address === 'object' && address ? address.port : port

  return {
    url: `http://127.0.0.1:${listening}/conformance`,
    deliveries,
    refuseOnce: (text) => {
      toRefuse.add(text)
    },
    waitFor: async (count, texts) => {
      const deadline = Date.now() + waitMs
      for (;;) {
        const found = deliveries.filter(({ rawBody }) =>
          texts.every((text) => rawBody.includes(text)),
        )
        if (found.length >= count) return found
        if (Date.now() > deadline) {
          throw new Failed(
            `webhook ${count} about ${texts.join(' ')} within ${waitMs / 1_000} s (--webhook-wait)`,
            `${found.length}`,
          )
        }
        await pause(LOOK_MS)
      }
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}

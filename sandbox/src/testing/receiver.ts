import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'

export interface Received {
  readonly headers: IncomingHttpHeaders
  readonly rawBody: string
  /** Null when the raw body is not JSON. */
  readonly body: unknown
  /** Recomputed here from the published rule, not by the sandbox's own code. */
  readonly isSigned: boolean
}

export interface Receiver extends AsyncDisposable {
  readonly url: string
  readonly received: readonly Received[]
  /** What to answer from now on, call by call; afterwards 200. */
  readonly answerNext: (answers: readonly { status: number; location?: string }[]) => void
}

/** A real webhook receiver on a free port that keeps everything it gets. */
export async function startReceiver(secret: string): Promise<Receiver> {
  const received: Received[] = []
  let answers: { status: number; location?: string }[] = []
  const server = createServer((request, response) => {
    let rawBody = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => {
      rawBody += chunk
    })
    request.on('end', () => {
      const { headers } = request
      const signed = createHmac('sha256', secret)
        .update(`${String(headers['x-spacepay-timestamp'])}.${rawBody}`)
        .digest('hex')
      const body = parsed(rawBody)
      received.push({
        headers,
        rawBody,
        body,
        isSigned: signed === headers['x-spacepay-signature'],
      })
      const answer = answers.shift() ?? { status: 200 }
      response.writeHead(answer.status, answer.location ? { location: answer.location } : {})
      response.end('{"received":true}')
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/webhooks/spacepay`,
    received,
    answerNext: (next) => {
      answers = [...next]
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // JSON.parse throws nothing but its one complaint.
    return null
  }
}

import autocannon from 'autocannon'
import { webhookPath } from '@desk/shared/webhooks/webhook-path'
import { headersOf, signedEvent } from './signed-events.ts'

export interface Sending {
  readonly connections: number
  readonly seconds: number
  /** A second; as fast as they are answered unless given. */
  readonly rate?: number
}

export interface Sent {
  /** Of those answered with 200, in milliseconds. */
  readonly times: readonly number[]
  /** Answered otherwise or not at all. */
  readonly failed: number
}

/** Signed webhooks over connections that stay open, each another event. */
export async function sendWebhooks(url: string, sending: Sending): Promise<Sent> {
  const times: number[] = []
  const ended = Promise.withResolvers<autocannon.Result>()
  const options: autocannon.Options = {
    url: new URL(webhookPath, url).href,
    connections: sending.connections,
    duration: sending.seconds,
    ...(sending.rate !== undefined && { overallRate: sending.rate }),
    requests: [
      {
        method: 'POST',
        setupRequest: (request) => {
          const event = signedEvent()
          return { ...request, headers: headersOf(event), body: event.body }
        },
      },
    ],
    setupClient: (client) => {
      client.on('response', (status, _bytes, milliseconds) => {
        if (status === 200) times.push(milliseconds)
      })
    },
  }
  autocannon(options, (error, result) => (error ? ended.reject(error) : ended.resolve(result)))
  const { non2xx, errors, timeouts } = await ended.promise
  return { times, failed: non2xx + errors + timeouts }
}

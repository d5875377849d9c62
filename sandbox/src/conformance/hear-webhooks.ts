import * as z from 'zod'
import type { Service } from './service.ts'
import { bodyOf, demandStatus, Skipped } from './verdict.ts'
import { startReceiver, type WebhookReceiver } from './webhook-receiver.ts'

export interface WebhookWish {
  /** The endpoint was registered by hand, for this port of this machine, and signs with this secret. */
  readonly registered: { readonly secret: string; readonly port: number } | null
  /** How long a webhook may take, retries included. */
  readonly waitMs: number
}

export interface HeardWebhooks extends WebhookReceiver {
  readonly secret: string
  /** The service is a sandbox, whose payers can be told what to do. */
  readonly isSandbox: boolean
}

const sandboxPath = '/__sandbox/webhooks'
const endpoint = z
  .looseObject({ id: z.string(), secretKeyOnlyOnce: z.string() })
  .describe('a webhook endpoint with its secret')

/** Starts a receiver; a sandbox on this machine is told about it, elsewhere somebody did so by hand. */
export async function hearWebhooks(
  service: Service,
  options: { readonly baseUrl: string; readonly webhooks: WebhookWish },
): Promise<HeardWebhooks> {
  const { registered, waitMs } = options.webhooks
  if (registered !== null) {
    const receiver = await startReceiver(registered.port, waitMs)
    return { ...receiver, secret: registered.secret, isSandbox: false }
  }
  const isHere = isLoopback(new URL(options.baseUrl).hostname)
  if (!isHere || (await service.get(sandboxPath)).status !== 200) {
    throw new Skipped(
      'register a URL that reaches this machine by hand, then give --webhook-secret and --webhook-port',
    )
  }
  await using opened = new AsyncDisposableStack()
  const receiver = opened.use(await startReceiver(0, waitMs))
  const answer = await service.post(sandboxPath, { url: receiver.url, name: 'Conformance' })
  demandStatus(answer, 201)
  const { id, secretKeyOnlyOnce } = bodyOf(answer, endpoint)
  // Taken back first, so that nothing is told to a receiver that is gone.
  opened.defer(async () => {
    await service.delete(`${sandboxPath}/${id}`)
  })
  const kept = opened.move()
  return {
    ...receiver,
    secret: secretKeyOnlyOnce,
    isSandbox: true,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

/** This machine, however it is spelt. */
export function isLoopback(hostname: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

import { expect } from 'vitest'
import * as z from 'zod'
import { type SandboxOptions, startSandbox } from '../start-sandbox.ts'
import { type Received, startReceiver } from './receiver.ts'
import { clientOf, paymentsPath } from './sandbox-client.ts'

export const MINUTE = 60_000
const secret = 'whsec_sandbox_desk'
const scenario = z.looseObject({
  name: z.string(),
  state: z.string(),
  endsAt: z.string().nullable(),
  tally: z.record(z.string(), z.number()),
})
const listed = z.object({ data: z.array(scenario) })
const payments = z.object({
  data: z.array(
    z.looseObject({
      id: z.string(),
      status: z.string(),
      orderId: z.string(),
      createdAt: z.string(),
      amountInCents: z.number(),
      customMetadata: z.string().nullable(),
      receipt: z.looseObject({ settledAmountAsset: z.string() }).nullable(),
      quotes: z.array(z.looseObject({ expectedAmountAsset: z.string() })),
    }),
  ),
  pagination: z.object({ total: z.number() }),
})
const webhook = z.looseObject({
  type: z.string(),
  data: z.object({ payment: z.looseObject({ id: z.string(), status: z.string() }) }),
})

export type Training = Awaited<ReturnType<typeof training>>

/** A sandbox whose clock stands still, with a receiver for its webhooks. */
export async function training(options: SandboxOptions = {}) {
  const receiver = await startReceiver(secret)
  // The same every time, since what happens in a scenario follows from when it began.
  const standing = Date.parse('2026-11-22T12:00:00.000Z')
  const sandbox = await startSandbox({
    webhookUrl: receiver.url,
    blockMs: 1_000,
    now: () => new Date(standing),
    ...options,
  })
  const client = clientOf(sandbox)
  return {
    sandbox,
    client,
    receiver,
    start: async (name: string, wish: Readonly<Record<string, unknown>> = {}) => {
      const { status, body } = await client.post(`/__sandbox/scenarios/${name}`, wish)
      expect([status, body]).toMatchObject([201, { name, state: 'running' }])
    },
    stop: (name: string) => client.call('DELETE', `/__sandbox/scenarios/${name}`),
    live: (ms: number) => client.post('/__sandbox/clock/advance', { ms }),
    state: async (name: string) => {
      const { data } = listed.parse((await client.get('/__sandbox/scenarios')).body)
      const found = data.find((one) => one.name === name)
      if (!found) throw new Error(`${name} is not listed.`)
      return found
    },
    /** Oldest first, in as many pages as it takes. */
    payments: async () => {
      const all: z.infer<typeof payments>['data'] = []
      for (;;) {
        const query = `limit=1000&offset=${all.length}&sortOrder=ASC`
        const page = payments.parse((await client.get(`${paymentsPath}?${query}`)).body)
        all.push(...page.data)
        if (all.length >= page.pagination.total) return all
      }
    },
    told: () => receiver.received.map((one) => ({ ...one, ...told(one) })),
    [Symbol.asyncDispose]: async () => {
      await sandbox.close()
      await receiver[Symbol.asyncDispose]()
    },
  }
}

function told(received: Received) {
  const { type, data } = webhook.parse(received.body)
  return { type, payment: data.payment, eventId: String(received.headers['x-spacepay-event-id']) }
}

/** How many there are of each key. */
export function countBy<T>(things: readonly T[], keyOf: (thing: T) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const thing of things) counts.set(keyOf(thing), (counts.get(keyOf(thing)) ?? 0) + 1)
  return counts
}

/** What the API answers right now; 0 when the call is cut off or left hanging. */
export async function statusOf({ sandbox }: Training): Promise<number> {
  const answer = fetch(sandbox.url + paymentsPath, {
    headers: { 'X-SpacePay-Secret-Key': sandbox.secretKey },
    signal: AbortSignal.timeout(150),
  })
  return answer.then(
    ({ status }) => status,
    () => 0,
  )
}

import * as z from 'zod'
import { type RunningSandbox, type SandboxOptions, startSandbox } from '../start-sandbox.ts'
import { type Receiver, startReceiver } from './receiver.ts'
import { type Answer, clientOf } from './sandbox-client.ts'

const hit = z.looseObject({
  faultId: z.string(),
  effect: z.string(),
  operation: z.string(),
  detail: z.string().nullable(),
})
const board = z.object({
  active: z.array(z.looseObject({ id: z.string(), left: z.number().nullable() })),
  log: z.array(hit),
})
export type Hit = z.infer<typeof hit>

export interface FaultScene extends AsyncDisposable {
  readonly sandbox: RunningSandbox
  readonly client: ReturnType<typeof clientOf>
  /** The default endpoint's receiver. */
  readonly receiver: Receiver
  readonly order: (order: Readonly<Record<string, unknown>>) => Promise<Answer>
  /** Adds a fault that must be accepted; answers its id. */
  readonly fault: (order: Readonly<Record<string, unknown>>) => Promise<string>
  /** What struck so far, by a query string or all of it. */
  readonly log: (query?: string) => Promise<Hit[]>
  readonly active: () => Promise<z.infer<typeof board>['active']>
}

/** A sandbox with a receiver, and faults to put on it. Repeats of webhooks follow within milliseconds. */
export async function faultScene(options: SandboxOptions = {}): Promise<FaultScene> {
  const receiver = await startReceiver('whsec_sandbox_desk')
  const sandbox = await startSandbox({
    webhookUrl: receiver.url,
    ...options,
    overrides: { retryDivisor: 100_000, ...options.overrides },
  })
  const client = clientOf(sandbox)
  const read = async (query: string) =>
    board.parse((await client.get(`/__sandbox/faults${query}`)).body)
  const order = (wish: Readonly<Record<string, unknown>>) => client.post('/__sandbox/faults', wish)
  return {
    sandbox,
    client,
    receiver,
    order,
    fault: async (wish) => {
      const { status, body } = await order(wish)
      if (status !== 201) throw new Error(`The fault was refused: ${JSON.stringify(body)}`)
      return z.looseObject({ id: z.string() }).parse(body).id
    },
    log: async (query = '') => (await read(query)).log,
    active: async () => (await read('')).active,
    [Symbol.asyncDispose]: async () => {
      await sandbox.close()
      await receiver[Symbol.asyncDispose]()
    },
  }
}

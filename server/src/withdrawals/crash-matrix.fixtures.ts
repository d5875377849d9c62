import { once } from 'node:events'
import { eventually } from '../testing/eventually.ts'
import { holdSending } from './sending-lock.ts'
import { type SendingWorld, sendingWorld } from './sending-world.fixtures.ts'

/** Where the sending Desk dies; `none` is a Desk that lives. */
export const crashPoints = [
  'none',
  'before_look_up',
  'before_commit',
  'after_commit',
  'during_call',
  'after_answer',
  'before_record',
  'after_record',
] as const

/** What SpacePay does with the call meanwhile: a fault of the sandbox, or none. */
export const upstreams = {
  accepts: null,
  'accepts, then resets': after({ kind: 'reset' }),
  'accepts, then 500': after({ kind: 'status', status: 500 }),
  'accepts, then 502': after({ kind: 'status', status: 502 }),
  'accepts, then 504': after({ kind: 'status', status: 504 }),
  'accepts, then hangs': after({ kind: 'hang' }),
  'accepts, then half a body': after({ kind: 'truncated' }),
  'accepts, then broken JSON': after({ kind: 'malformed' }),
  'accepts, then an HTML page': after({ kind: 'html' }),
  'answers another amount': after({ kind: 'other_content' }),
  'answers another address': after({ kind: 'other_content', field: 'recipientAddress' }),
  'accepts slowly': after({ kind: 'delay', ms: 300 }),
  'refuses with 400': before({ kind: 'status', status: 400 }),
  'refuses with 422': before({ kind: 'status', status: 422 }),
  'conflicts with 409': before({ kind: 'status', status: 409 }),
  'knows no key (401)': before({ kind: 'status', status: 401 }),
  'limits with 429': before({ kind: 'status', status: 429 }),
  'fails with 500': before({ kind: 'status', status: 500 }),
  'resets before': before({ kind: 'reset' }),
  'is down': { on: 'any', effect: { kind: 'reset' }, phase: 'before', percent: 100 },
} as const

export type Upstream = keyof typeof upstreams

function after(effect: object) {
  return { on: 'withdrawals.create', effect, phase: 'after', next: 1 } as const
}
function before(effect: object) {
  return { on: 'withdrawals.create', effect, phase: 'before', next: 1 } as const
}

export interface CrashCase {
  readonly point: (typeof crashPoints)[number]
  readonly upstream: Upstream
  /** Another Desk begins to send the same request at the same moment. */
  readonly isRaced: boolean
}

export interface CrashEnd {
  /** Withdrawals that the sandbox made for the request. */
  readonly made: number
  /** Calls that asked for it. */
  readonly calls: number
  /** The state once the dust has settled. */
  readonly state: string
}

/** A Desk that goes on by a clock that runs ahead of it whenever somebody waits. */
export async function crashWorld() {
  let aheadMs = 0
  const world = await sendingWorld({ now: () => new Date(Date.now() + aheadMs) })
  return {
    world,
    run: async ({ point, upstream, isRaced }: CrashCase): Promise<CrashEnd> => {
      const id = await world.approved()
      const before = (await world.calls()).length
      const fault = upstreams[upstream]
      if (fault !== null) await world.control('faults', fault)
      await Promise.all([
        sendElsewhere(world, { requestId: id, point }),
        ...(isRaced ? [sendElsewhere(world, { requestId: id, point: 'none' })] : []),
      ])
      await settle(world, id, () => (aheadMs += 15_000))
      const { state, orderId } = await world.stateOf(id)
      const entries = await world.ledger()
      return {
        made: entries.filter((entry) => entry.orderId === orderId).length,
        calls: (await world.calls()).length - before,
        state,
      }
    },
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  }
}

async function sendElsewhere(
  world: SendingWorld,
  told: { readonly requestId: string; readonly point: string },
): Promise<void> {
  await once(world.spawnDesk('crash-sender.fixtures.ts', told), 'exit')
}

/** A Desk that lives goes on with it until nothing changes any more. */
async function settle(world: SendingWorld, id: string, pass: () => void): Promise<void> {
  await world.clearFaults()
  await world.start()
  // Postgres lets go of what a dead process held within a moment, and not at once.
  await eventually(async () => {
    const isFree = await holdSending(world.database.db, id, () => Promise.resolve())
    if (!isFree) throw new Error('The dead Desk still holds it.')
    await world.resolve()
    if ((await world.stateOf(id)).state === 'sending') throw new Error('Somebody still sends it.')
  })
  for (let round = 0; round < 4; round += 1) {
    await world.resolve()
    await world.send(id)
    pass()
  }
}

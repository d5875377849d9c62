import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { permissionsOf } from '@desk/shared/identity/permissions'
import type { UserId } from '@desk/shared/identity/session'
import { amountCents } from '@desk/shared/money/amount-cents-schema'
import { actorWith } from '../kernel/context.fixtures.ts'
import { eventually } from '../testing/eventually.ts'
import { quietLog, syncSetup } from '../testing/sync-setup.ts'
import { draftRequest } from './draft-request.ts'
import { personNamed } from './request-rows.fixtures.ts'
import { resolveOnce } from './resolve-unclear.ts'
import { sendWithdrawal } from './send-withdrawal.ts'
import { submitRequest } from './submit-request.ts'
import { startWithdrawals } from './stop-all.ts'
import { approveRequest } from './vote-on-request.ts'

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
  'accepts slowly': after({ kind: 'delay', ms: 300 }),
  'refuses with 400': before({ kind: 'status', status: 400 }),
  'refuses with 422': before({ kind: 'status', status: 422 }),
  'conflicts with 409': before({ kind: 'status', status: 409 }),
  'knows no key (401)': before({ kind: 'status', status: 401 }),
  'limits with 429': before({ kind: 'status', status: 429 }),
  'fails with 500': before({ kind: 'status', status: 500 }),
  'resets before': before({ kind: 'reset' }),
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
  /** The state once the dust has settled. */
  readonly state: string
}

const ledger = z.object({ entries: z.array(z.object({ orderId: z.nullable(z.string()) })) })

/** A sandbox, a database, and people who ask and approve; each case is one request in it. */
export async function crashWorld() {
  const setup = await syncSetup({ historyCount: 0, pageLimit: 100 })
  const { database, gateway, spacepay, control, clearFaults } = setup
  const { db, owner } = database
  const finn = await personNamed(owner, 'Finn', ['finance'])
  const ana = await personNamed(owner, 'Ana', ['approver'])
  await owner
    .insertInto('destination')
    .values({
      id: 'supplier',
      network: 'eip155:84532',
      address: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
      label: 'Supplier',
      state: 'active',
      proposed_by: finn,
      proposed_at: '2026-01-01T00:00:00Z',
      approved_by: ana,
      approved_at: '2026-01-02T00:00:00Z',
      usable_from: '2026-01-03T00:00:00Z',
      state_at: '2026-01-02T00:00:00Z',
    })
    .execute()
  const by = (id: UserId, role: 'finance' | 'approver' | 'admin') => ({
    actor: { ...actorWith([role]), userId: id, permissions: permissionsOf([role]) },
    address: null,
    requestId: null,
    at: new Date(),
  })

  /** Asked for and approved; nothing has sent it yet. */
  const approved = async (): Promise<string> => {
    const asking = { db, by: by(finn, 'finance'), zone: 'Europe/London' }
    const { id } = await draftRequest(asking, {
      attempt: randomUUID(),
      amountCents: amountCents.parse(100),
      network: 'eip155:84532',
      destination: { kind: 'book', id: 'supplier' },
      reason: 'Invoice 17',
    })
    const { fingerprint } = await submitRequest(asking, { id, revision: 1 })
    const voting = { db, by: by(ana, 'approver'), provedAt: new Date() }
    await approveRequest(voting, { id, revision: 1, fingerprint, onBehalfOf: null })
    return id
  }

  const sendInAnotherProcess = async (requestId: string, point: string): Promise<void> => {
    const child = spawn(
      process.execPath,
      [
        fileURLToPath(new URL('crash-sender.fixtures.ts', import.meta.url)),
        JSON.stringify({
          databaseUrl: database.url,
          sandboxUrl: spacepay.url,
          secretKey: spacepay.secretKey,
          requestId,
          point,
        }),
      ],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    )
    await once(child, 'exit')
  }

  const stateOf = async (id: string) =>
    db
      .selectFrom('withdrawal_request')
      .select(['state', 'order_id as orderId'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()

  /** A Desk that lives goes on with it, by a clock that runs ahead, until nothing changes any more. */
  const settle = async (id: string): Promise<void> => {
    await clearFaults()
    const { is_stopped: isStopped } = await db
      .selectFrom('withdrawal_stop')
      .select('is_stopped')
      .executeTakeFirstOrThrow()
    if (isStopped) await startWithdrawals(db, by(ana, 'admin'), 'The key is right again.')
    // Postgres lets go of what a dead process held within a moment, and not at once.
    await eventually(async () => {
      await resolveOnce({ db, gateway, now: () => new Date(), log: quietLog })
      if ((await stateOf(id)).state === 'sending') throw new Error('Somebody still sends it.')
    })
    for (let round = 0; round < 4; round++) {
      const now = () => new Date(Date.now() + round * 20 * 60_000)
      await resolveOnce({ db, gateway, now, log: quietLog })
      await sendWithdrawal({ db, gateway, now: () => new Date(), zone: 'Europe/London' }, id)
    }
  }

  return {
    database,
    control,
    gateway,
    approved,
    stateOf,
    settle,
    sendInAnotherProcess,
    run: async ({ point, upstream, isRaced }: CrashCase): Promise<CrashEnd> => {
      const id = await approved()
      const fault = upstreams[upstream]
      if (fault !== null) await control('faults', fault)
      await Promise.all([
        sendInAnotherProcess(id, point),
        ...(isRaced ? [sendInAnotherProcess(id, 'none')] : []),
      ])
      await settle(id)
      const { state, orderId } = await stateOf(id)
      const { entries } = ledger.parse(await control('ledger'))
      return { made: entries.filter((entry) => entry.orderId === orderId).length, state }
    },
    [Symbol.asyncDispose]: () => setup[Symbol.asyncDispose](),
  }
}

import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { permissionsOf } from '@desk/shared/identity/permissions'
import type { Role } from '@desk/shared/identity/roles'
import type { UserId } from '@desk/shared/identity/session'
import { amountCents } from '@desk/shared/money/amount-cents-schema'
import type { WithdrawalPolicy } from '@desk/shared/withdrawals/policy'
import type { Db } from '../database.ts'
import { actorWith } from '../kernel/context.fixtures.ts'
import { quietLog, syncSetup } from '../testing/sync-setup.ts'
import { draftRequest } from './draft-request.ts'
import { learnWithdrawals } from './learn-withdrawals.ts'
import { personNamed } from './request-rows.fixtures.ts'
import { resolveOnce } from './resolve-unclear.ts'
import { sendWithdrawal } from './send-withdrawal.ts'
import { startWithdrawals } from './stop-all.ts'
import { submitRequest } from './submit-request.ts'
import { approveRequest } from './vote-on-request.ts'
import { withdrawalAnswer } from './withdrawal-observations.ts'

const zone = 'Europe/London'
const network = 'eip155:84532'

const ledger = z.object({
  entries: z.array(
    z.object({
      withdrawalId: z.string(),
      orderId: z.string(),
      amountInCents: z.number(),
      idempotencyKey: z.string(),
      bodySha256: z.string(),
      acceptedAt: z.string(),
    }),
  ),
})
const calls = z.object({
  data: z.array(
    z.object({ idempotencyKey: z.nullable(z.string()), bodySha256: z.nullable(z.string()) }),
  ),
})

interface Person {
  readonly id: UserId
  readonly roles: readonly Role[]
}

/**
 * A sandbox that judges by its ledger and its log of calls, a database, and people who ask and approve. The
 * clock is Desk's and SpacePay's.
 */
export async function sendingWorld({ now = () => new Date() }: { now?: () => Date } = {}) {
  const setup = await syncSetup({ historyCount: 0, pageLimit: 100, now, isSharedClock: true })
  const { database, gateway, spacepay, control, clearFaults } = setup
  const { db, owner } = database
  const join = async (name: string, ...roles: Role[]) => ({
    id: await personNamed(owner, name, roles),
    roles,
  })
  const finn = await join('Finn', 'finance', 'approver')
  const [ana, ben] = [await join('Ana', 'approver'), await join('Ben', 'approver')]
  const cleo = await join('Cleo', 'admin')
  await owner
    .insertInto('destination')
    .values({
      id: 'supplier',
      network,
      address: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
      label: 'Supplier',
      state: 'active',
      proposed_by: finn.id,
      proposed_at: '2026-01-01T00:00:00Z',
      approved_by: ana.id,
      approved_at: '2026-01-02T00:00:00Z',
      usable_from: '2026-01-03T00:00:00Z',
      state_at: '2026-01-02T00:00:00Z',
    })
    .execute()
  const by = ({ id, roles }: Person) => ({
    actor: { ...actorWith(roles), userId: id, permissions: permissionsOf(roles) },
    address: null,
    requestId: null,
    at: now(),
  })

  const asked = async (cents = 100) => {
    const asking = { db, by: by(finn), zone }
    const { id } = await draftRequest(asking, {
      attempt: randomUUID(),
      amountCents: amountCents.parse(cents),
      network,
      destination: { kind: 'book', id: 'supplier' },
      reason: 'Invoice 17',
    })
    const { fingerprint } = await submitRequest(asking, { id, revision: 1 })
    return { id, fingerprint, revision: 1 }
  }
  const approve = async (
    page: Awaited<ReturnType<typeof asked>>,
    { voter = ana, on = db }: { readonly voter?: Person; readonly on?: Db } = {},
  ) => approveRequest({ db: on, by: by(voter), provedAt: now() }, { ...page, onBehalfOf: null })

  return {
    database,
    gateway,
    control,
    clearFaults,
    /** Finn asks and may approve what others ask for, Ana and Ben approve, Cleo is an admin. */
    people: { finn, ana, ben, cleo },
    asked,
    approve,
    /** Asked for and approved; nothing has sent it yet. */
    approved: async (): Promise<string> => {
      const page = await asked()
      await approve(page)
      return page.id
    },
    /** One try of a worker, on this database or a copy of it. */
    send: async (id: string, on: Db = db) => sendWithdrawal({ db: on, gateway, now, zone }, id),
    resolve: async (on: Db = db) => resolveOnce({ db: on, gateway, now, log: quietLog }),
    /** An admin lets withdrawals go again where they are stopped. */
    start: async (on: Db = db) => {
      const stop = await on.selectFrom('withdrawal_stop').select('is_stopped').executeTakeFirst()
      if (stop?.is_stopped === true) {
        await startWithdrawals(on, by(cleo), 'SpacePay was asked about it.')
      }
    },
    stopCause: async (on: Db = db) => {
      const stop = await on.selectFrom('withdrawal_stop').select('cause').executeTakeFirst()
      return stop?.cause ?? null
    },
    stateOf: async (id: string, on: Db = db) =>
      on
        .selectFrom('withdrawal_request')
        .select(['state', 'order_id as orderId', 'withdrawal_id as withdrawalId'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow(),
    changePolicy: async (change: Partial<WithdrawalPolicy>) => {
      const { content } = await owner
        .selectFrom('withdrawal_policy')
        .select('content')
        .executeTakeFirstOrThrow()
      const changed = JSON.stringify({ ...Object(content), ...change })
      await owner.updateTable('withdrawal_policy').set({ content: changed }).execute()
    },
    /** What the sync does again and again. */
    learnList: async (on: Db = db) => {
      const askedAt = now()
      const { rows } = await gateway.listWithdrawals()
      const learned = rows.map((row) => withdrawalAnswer({ ...row, askedAt, answeredAt: now() }))
      await on.transaction().execute((trx) => learnWithdrawals(trx, learned))
    },
    /** What SpacePay made, oldest first. */
    ledger: async () => ledger.parse(await control('ledger')).entries,
    /** Every call that asked SpacePay for a withdrawal, oldest first. */
    calls: async () => calls.parse(await control('requests?operation=withdrawals.create')).data,
    /** Another Desk, in a process of its own: one of these fixtures, with what it is told besides. */
    spawnDesk: (fixture: string, told: Readonly<Record<string, string>>) =>
      spawn(
        process.execPath,
        [
          fileURLToPath(new URL(fixture, import.meta.url)),
          JSON.stringify({
            databaseUrl: database.url,
            sandboxUrl: spacepay.url,
            secretKey: spacepay.secretKey,
            ...told,
          }),
        ],
        { stdio: ['ignore', 'ignore', 'inherit'] },
      ),
    [Symbol.asyncDispose]: () => setup[Symbol.asyncDispose](),
  }
}

export type SendingWorld = Awaited<ReturnType<typeof sendingWorld>>

/**
 * What of SpacePay's ledger nobody may find there: a second withdrawal for one request, and one without
 * enough approvals, of different people who did not ask for it, that were all given before it was made.
 */
export async function wrongEntries({ ledger: entriesOf, database }: SendingWorld) {
  const entries = await entriesOf()
  const rows = await database.owner
    .selectFrom('withdrawal_request as request')
    .leftJoin('withdrawal_vote as vote', (join) =>
      join
        .onRef('vote.request_id', '=', 'request.id')
        .onRef('vote.fingerprint', '=', 'request.fingerprint')
        .onRef('vote.voter', '!=', 'request.requested_by')
        .on('vote.decision', '=', 'approve')
        .on('vote.voided_at', 'is', null),
    )
    .select(['request.order_id as orderId', 'request.amount_cents as cents', 'voter', 'vote.at'])
    .execute()
  const unapproved = entries.filter(({ orderId, amountInCents, acceptedAt }) => {
    const own = rows.filter((row) => row.orderId === orderId && row.cents === amountInCents)
    const older = own.filter(({ at }) => at !== null && at.getTime() <= Date.parse(acceptedAt))
    return new Set(older.map(({ voter }) => voter)).size < (amountInCents <= 500_000 ? 1 : 2)
  })
  const doubles = entries.filter(
    (entry, index) => entries.findIndex(({ orderId }) => orderId === entry.orderId) !== index,
  )
  return { doubles, unapproved }
}

import { randomUUID } from 'node:crypto'
import { userId, type UserId } from '@desk/shared/identity/session'
import { amountCents } from '@desk/shared/money/amount-cents-schema'
import { sql } from 'kysely'
import type { Db } from '../database.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { advisoryLocks } from '../kernel/advisory-locks.ts'
import type { ByPerson } from './address-book.ts'
import { addDestination, approveDestination, decideOnDestination } from './change-destination.ts'
import { findPayees, madeAlike, madeUpAddress, type Payee, type PayeeLabel } from './demo-payees.ts'
import { draftRequest } from './draft-request.ts'
import { submitRequest } from './submit-request.ts'
import { approveRequest, rejectRequest } from './vote-on-request.ts'

const HOUR_MS = 60 * 60_000
const DAY_MS = 24 * HOUR_MS

export interface DemoSetting {
  readonly db: Db
  readonly gateway: Pick<Gateway, 'listWithdrawals'>
  readonly now: () => Date
  /** The business zone. */
  readonly zone: string
  /** Of the demo people. */
  readonly emails: { readonly finance: string; readonly approver: string }
}

/**
 * Gives a demo an address book and a few requests, by the same acts as people would do it, once: where there
 * is any entry already nothing is added. Only for demos.
 */
export async function seedDemoWithdrawals(setting: DemoSetting): Promise<void> {
  await setting.db.connection().execute(async (connection) => {
    const { rows } = await sql<{ isOurs: boolean }>`
      select pg_try_advisory_lock(${advisoryLocks.demoWithdrawals}::bigint) as "isOurs"`.execute(
      connection,
    )
    // Another Desk is at it.
    if (rows[0]?.isOurs !== true) return
    try {
      if (await isEmpty(setting.db)) await seed(setting)
    } finally {
      await sql`select pg_advisory_unlock(${advisoryLocks.demoWithdrawals}::bigint)`.execute(
        connection,
      )
    }
  })
}

async function isEmpty(db: Db): Promise<boolean> {
  const entry = await db.selectFrom('destination').select('id').limit(1).executeTakeFirst()
  const request = await db.selectFrom('withdrawal_request').select('id').limit(1).executeTakeFirst()
  return entry === undefined && request === undefined
}

async function seed(setting: DemoSetting): Promise<void> {
  const { db, now, zone, emails } = setting
  const finance = await findPerson(db, emails.finance)
  const approver = await findPerson(db, emails.approver)
  // Somebody removed them: then it is no demo for them to show anything in.
  if (finance === null || approver === null) return
  const start = now().getTime()
  const by = (person: DemoPerson, agoMs: number): ByPerson => ({
    actor: person,
    address: null,
    requestId: null,
    at: new Date(start - agoMs),
  })
  const payees = await findPayees(setting.gateway)
  const demo: Demo = { db, zone, finance, approver, by }
  const book = await seedBook(demo, payees)
  await seedRequests(demo, book)
}

interface DemoPerson {
  readonly userId: UserId
  readonly name: string
  readonly email: string
}

interface Demo {
  readonly db: Db
  readonly zone: string
  readonly finance: DemoPerson
  readonly approver: DemoPerson
  readonly by: (person: DemoPerson, agoMs: number) => ByPerson
}

async function findPerson(db: Db, email: string): Promise<DemoPerson | null> {
  const row = await db
    .selectFrom('person')
    .select(['id', 'name', 'email'])
    .where('email', '=', email)
    .where('removed_at', 'is', null)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  return row ? { userId: userId.parse(row.id), name: row.name, email: row.email } : null
}

/** An entry of the book that requests can name. */
interface Entry extends Payee {
  readonly id: string
}

/** Most of it in use, one that cools off, one frozen, one new, and one that looks like another. */
async function seedBook(
  demo: Demo,
  payees: Readonly<Record<PayeeLabel, Payee>>,
): Promise<Readonly<Record<'warehouse' | 'packaging' | 'courier' | 'treasury', Entry>>> {
  const { by, approver } = demo
  const warehouse = await addEntry(demo, 'Warehouse', { ...payees.warehouse, agoMs: 40 * DAY_MS })
  await approve(demo, warehouse, 39 * DAY_MS)
  const packaging = await addEntry(demo, 'Packaging', { ...payees.packaging, agoMs: 39 * DAY_MS })
  await approve(demo, packaging, 38 * DAY_MS)
  const treasury = await addEntry(demo, 'Treasury', { ...payees.treasury, agoMs: 30 * DAY_MS })
  await approve(demo, treasury, 29 * DAY_MS)
  const hosting = await addEntry(demo, 'Hosting', { ...payees.hosting, agoMs: 25 * DAY_MS })
  await approve(demo, hosting, 24 * DAY_MS)
  await decideOnDestination({ db: demo.db, by: by(approver, 2 * DAY_MS) }, 'freeze', {
    id: hosting.id,
    reason: 'Somebody read the supplier’s mail. Hold back until they confirm by phone.',
  })
  const courier = await addEntry(demo, 'Courier', { ...payees.courier, agoMs: 10 * HOUR_MS })
  await approve(demo, courier, 3 * HOUR_MS)
  await addEntry(demo, 'Affiliates agency', {
    network: payees.warehouse.network,
    address: madeUpAddress('affiliates agency'),
    agoMs: 2 * HOUR_MS,
  })
  await addEntry(demo, 'Warehouse, new account', {
    network: payees.warehouse.network,
    address: madeAlike(payees.warehouse.address),
    agoMs: HOUR_MS,
  })
  return { warehouse, packaging, courier, treasury }
}

async function addEntry(
  { db, by, finance }: Demo,
  label: string,
  { network, address, agoMs }: Payee & { readonly agoMs: number },
): Promise<Entry> {
  const call = { db, by: by(finance, agoMs) }
  const { id } = await addDestination(call, { network, address, label })
  return { id, network, address }
}

async function approve({ db, by, approver }: Demo, { id }: Entry, agoMs: number): Promise<void> {
  await approveDestination({ db, by: by(approver, agoMs) }, id)
}

/** One was rejected, one is approved and cools off, one waits for an approver, one is a draft. */
async function seedRequests(demo: Demo, book: Awaited<ReturnType<typeof seedBook>>): Promise<void> {
  const { db, by, approver } = demo
  const rejected = await submit(demo, book.packaging, {
    cents: 96_000,
    reason: 'Boxes for November, invoice 2107',
    agoMs: 26 * HOUR_MS,
  })
  const reason = 'The invoice says 690.00, not 960.00. Please look again.'
  await rejectRequest({ db, by: by(approver, 25 * HOUR_MS) }, { ...rejected, reason })
  const held = await submit(demo, book.courier, {
    cents: 158_000,
    reason: 'Deliveries of last week',
    agoMs: 2.5 * HOUR_MS,
  })
  const voting = by(approver, 2 * HOUR_MS)
  await approveRequest({ db, by: voting, provedAt: voting.at }, { ...held, onBehalfOf: null })
  await submit(demo, book.warehouse, {
    cents: 420_000,
    reason: 'Rent of the warehouse, December',
    agoMs: HOUR_MS,
  })
  await draft(demo, book.treasury, {
    cents: 2_500_000,
    reason: 'To the bank account, as every month',
    agoMs: HOUR_MS / 2,
  })
}

interface Asked {
  readonly cents: number
  readonly reason: string
  readonly agoMs: number
}

async function draft(
  { db, zone, by, finance }: Demo,
  { id, network }: Entry,
  { cents, reason, agoMs }: Asked,
): Promise<{ readonly id: string }> {
  return draftRequest(
    { db, zone, by: by(finance, agoMs) },
    {
      attempt: randomUUID(),
      amountCents: amountCents.parse(cents),
      network,
      destination: { kind: 'book', id },
      reason,
    },
  )
}

/** Resolves to what the page of an approver shows of it. */
async function submit(demo: Demo, entry: Entry, asked: Asked) {
  const { db, zone, by, finance } = demo
  const { id } = await draft(demo, entry, asked)
  const call = { db, zone, by: by(finance, asked.agoMs) }
  const { fingerprint } = await submitRequest(call, { id, revision: 1 })
  return { id, revision: 1, fingerprint }
}

import { afterEach, beforeEach, expect, test } from 'vitest'
import { userId } from '@desk/shared/identity/session'
import { isAmountCents } from '@desk/shared/money/amount-cents'
import { appRouter } from './app-router.ts'
import { verifyAudit } from './audit/verify-audit.ts'
import type { Gateway } from './gateway/gateway.ts'
import { demoEmails } from './identity/demo-people.ts'
import { actorWith, contextOf } from './kernel/context.fixtures.ts'
import { createCallerFactory } from './kernel/trpc.ts'
import { seedDemo } from './seed-demo.ts'
import { type TestDatabase, testDatabase } from './testing/test-database.ts'

const at = new Date('2026-11-23T12:00:00.000Z')
const warehouse = '0x52908400098527886e0f7030069857d2e4169ee7'

let database: TestDatabase
beforeEach(async () => {
  database = await testDatabase()
})
afterEach(() => database[Symbol.asyncDispose]())

function demo(listWithdrawals: Gateway['listWithdrawals'] = past) {
  const encryptionKey = Buffer.alloc(32, 7)
  return {
    db: database.db,
    gateway: { listWithdrawals },
    now: () => at,
    zone: 'Europe/London',
    encryptionKey,
  }
}

/** The sandbox's merchant paid its warehouse, and nobody else so far. */
const past: Gateway['listWithdrawals'] = async () => {
  const cents = 420_000
  if (!isAmountCents(cents)) throw new RangeError('no amount')
  const value = {
    extent: 'full',
    id: 'w_1',
    amountCents: cents,
    currency: 'USD',
    network: 'eip155:137',
    recipientAddress: warehouse,
    status: 'completed',
    rawStatus: 'completed',
    orderId: 'PAYOUT-1',
    customMetadata: '{"note":"warehouse"}',
    errorMessage: null,
    receipt: null,
    createdAt: null,
    updatedAt: null,
  } as const
  return { rows: [{ value, raw: {} }], rejected: [], total: 1, offset: 0, hasMore: false }
}

async function deskOf(role: keyof typeof demoEmails) {
  const { id, name } = await database.db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('email', '=', demoEmails[role])
    .executeTakeFirstOrThrow()
  const actor = { ...actorWith([role]), userId: userId.parse(id), name }
  return createCallerFactory(appRouter)({ ...contextOf(database.db, actor), now: () => at })
}

test('finance finds an address book in use, and an approver one request that waits for them', async () => {
  await seedDemo(demo())
  const desk = await deskOf('finance')
  const { rows } = await desk.destinations.page({})
  expect(rows.map(({ label, state, coolingOffUntil }) => [label, state, coolingOffUntil])).toEqual([
    ['Affiliates agency', 'proposed', null],
    ['Courier', 'active', '2026-11-24T09:00:00.000Z'],
    ['Hosting', 'frozen', null],
    ['Packaging', 'active', null],
    ['Treasury', 'active', null],
    ['Warehouse', 'active', null],
    ['Warehouse, new account', 'proposed', null],
  ])
  const known = rows.find(({ label }) => label === 'Warehouse')
  expect(known).toMatchObject({
    network: 'eip155:137',
    address: '0x52908400098527886E0F7030069857D2E4169EE7',
  })
  const approver = await deskOf('approver')
  const inbox = await approver.withdrawals.inbox()
  expect(inbox.map(({ destination, amountCents }) => [destination.label, amountCents])).toEqual([
    ['Warehouse', 420_000],
  ])
  const page = await desk.withdrawals.page({})
  expect(page.rows.map(({ state }) => state).toSorted()).toEqual([
    'approved',
    'draft',
    'pending_approval',
    'rejected',
  ])
})

test('one proposed address looks like another, and its passport says so', async () => {
  await seedDemo(demo())
  const desk = await deskOf('approver')
  const { rows } = await desk.destinations.page({ q: 'new account' })
  const { passport } = await desk.destinations.one({ id: rows[0]?.id ?? '' })
  expect(passport.lookAlike).toMatchObject({ label: 'Warehouse', seenIn: 'book' })
})

test('what is approved cools off, so nothing leaves a demo by itself', async () => {
  await seedDemo(demo())
  const desk = await deskOf('finance')
  const { rows } = await desk.withdrawals.page({ states: ['approved'] })
  const { heldBecause } = await desk.withdrawals.one({ id: rows[0]?.id ?? '' })
  expect(heldBecause).toContain('cools off')
})

test('the next start, and another Desk at the same moment, add nothing', async () => {
  await Promise.all([seedDemo(demo()), seedDemo(demo())])
  const count = async () => {
    const rows = await database.db.selectFrom('destination').select('id').execute()
    const requests = await database.db.selectFrom('withdrawal_request').select('id').execute()
    return [rows.length, requests.length]
  }
  expect(await count()).toEqual([7, 4])
  await seedDemo(demo())
  expect(await count()).toEqual([7, 4])
})

test('a sandbox without a past gives a book all the same, and the audit log proves itself', async () => {
  await seedDemo(
    demo(async () => ({ rows: [], rejected: [], total: 0, offset: 0, hasMore: false })),
  )
  const desk = await deskOf('finance')
  expect((await desk.destinations.page({})).rows).toHaveLength(7)
  expect(await verifyAudit(database.db, { anchor: null })).toMatchObject({ ok: true })
})

import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Db } from '../database.ts'
import { learn } from '../payments/apply-projection.ts'
import { apiAnswer, wirePayment, wireQuote, wireReceipt } from '../payments/observation.fixtures.ts'
import { generatePayments } from '../testing/generated-payments.ts'
import { testDatabase } from '../testing/test-database.ts'
import { confirmStepSeconds } from '@desk/shared/settlements/confirm-steps'
import { countOnce } from './rollups.ts'
import { verifyRollups } from './verify-rollups.ts'

const now = () => new Date('2026-11-22T12:00:00Z')

async function countAll(db: Db, zone = 'Europe/London'): Promise<void> {
  while (await countOnce({ db, now, zone }));
}

async function learnAll(db: Db, answers: Parameters<typeof learn>[1]): Promise<void> {
  await db.transaction().execute((trx) => learn(trx, answers))
}

const paid = {
  status: 'completed',
  receipt: wireReceipt({ settledAmountAsset: '151740000' }),
  quotes: [wireQuote({ status: 'used' })],
  merchantFeeCents: 100,
  swapFeeCents: 50,
}

test('a payment counts on the day it was made and on the day it was completed, and moves with its status', async () => {
  await using database = await testDatabase()
  const { db } = database
  await learnAll(db, [apiAnswer(10, wirePayment())])
  await countAll(db)
  const sums = () =>
    db
      .selectFrom('payment_rollup')
      .select(['basis', 'status', 'token', 'gross_cents', 'net_cents', 'merchant_fee_cents'])
      .select(['swap_fee_cents', 'slippage_cents', 'received_cents', 'payments'])
      .where('payments', '<>', 0)
      .orderBy('basis')
      .execute()
  expect(await sums()).toMatchObject([{ basis: 'created', status: 'pending', payments: 1 }])

  await learnAll(db, [apiAnswer(90, wirePayment(paid))])
  await countAll(db)
  const counted = {
    status: 'completed',
    token: 'USDC',
    payments: 1,
    gross_cents: 14_999,
    net_cents: 14_849,
    merchant_fee_cents: 100,
    swap_fee_cents: 50,
    received_cents: 15_074,
    slippage_cents: 100,
  }
  expect(await sums()).toEqual([
    { basis: 'created', ...counted },
    { basis: 'settled', ...counted },
  ])
  const confirmed = await db.selectFrom('payment_rollup_confirm').selectAll().executeTakeFirst()
  // From the chain to completion it took 20 seconds.
  expect(confirmed).toMatchObject({ step: confirmStepSeconds.indexOf(20), payments: 1 })
  expect((await verifyRollups(db)).ok).toBe(true)
})

test('whatever happens to payments in whatever order, the sums are what the payments add up to', async () => {
  await using database = await testDatabase()
  const { db } = database
  const change = fc.record({
    id: fc.integer({ min: 1, max: 6 }),
    second: fc.integer({ min: 1, max: 40 * 86_400 }),
    state: fc.constantFrom('pending', 'completed', 'failed', 'expired', 'made_up'),
    cents: fc.integer({ min: 1, max: 10 ** 9 }),
    received: fc.bigInt({ min: 0n, max: 10n ** 30n }),
    counts: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
      for (const { id, second, state, cents, received, counts } of changes) {
        const receipt = wireReceipt({ settledAmountAsset: received.toString() })
        const told = wirePayment({
          id: `payment-${id}`,
          status: state,
          amountInCents: cents,
          createdAt: new Date(Date.UTC(2026, 2, 20) + id * 7 * 3_600_000).toISOString(),
          ...(state === 'completed' && { ...paid, receipt }),
        })
        await learnAll(db, [apiAnswer(second, told)])
        if (counts) await countOnce({ db, now, zone: 'Europe/London' })
      }
      await countAll(db)
      expect(await verifyRollups(db)).toMatchObject({ ok: true })
    }),
    { numRuns: 25 },
  )
})

test('another zone is built beside the one in use, with all that changes meanwhile, and the old one goes', async () => {
  await using database = await testDatabase()
  const { db, owner } = database
  await generatePayments(owner, { rows: 6_000, until: '2026-11-20T00:00:00Z' })
  await countAll(db)
  expect(await verifyRollups(db)).toMatchObject({ ok: true })
  const inTotal = () =>
    db
      .selectFrom('payment_rollup')
      .innerJoin('business_day_rule as rule', 'rule.id', 'rule_id')
      .select((eb) => [
        'rule.zone',
        eb.fn.sum<number>('payments').as('payments'),
        eb.fn.sum<number>('gross_cents').as('cents'),
      ])
      .where('basis', '=', 'created')
      .where('rule.state', '=', 'active')
      .groupBy('rule.zone')
      .execute()
  const [before] = await inTotal()

  await db
    .insertInto('business_day_rule')
    .values({ zone: 'Asia/Kathmandu', cut_off: '05:00', state: 'building', set_at: now() })
    .execute()
  await countOnce({ db, now, zone: 'Europe/London' })
  expect(await inTotal()).toEqual([before])
  await learnAll(db, [apiAnswer(10, wirePayment({ id: '0-before-all-others' }))])
  await learnAll(db, [apiAnswer(10, wirePayment({ id: 'zz-behind-all-others' }))])
  await countAll(db)
  const [after] = await inTotal()
  expect(after?.zone).toBe('Asia/Kathmandu')
  expect(Number(after?.payments)).toBe(Number(before?.payments) + 2)
  expect(Number(after?.cents)).toBe(Number(before?.cents) + 2 * 14_999)
  expect(await verifyRollups(db)).toMatchObject({ ok: true })
  const left = await db.selectFrom('payment_share').select('rule_id').distinct().execute()
  expect(left).toHaveLength(1)
}, 60_000)

describe('a sum that is not what the payments add up to', () => {
  const columns = {
    payment_rollup: [
      'payments',
      'gross_cents',
      'merchant_fee_cents',
      'swap_fee_cents',
      'net_cents',
      'convenience_fee_cents',
      'received_cents',
      'slippage_cents',
      'underpaid',
      'overpaid',
      'late',
      'quoted',
      'seen',
    ],
    payment_rollup_hour: ['payments', 'gross_cents', 'slippage_cents'],
    payment_rollup_step: ['payments'],
    payment_rollup_confirm: ['payments'],
  }

  test('is named, in whichever table and column it stands', async () => {
    await using database = await testDatabase()
    const { db } = database
    await learnAll(db, [apiAnswer(10, wirePayment(paid))])
    expect((await verifyRollups(db)).ok).toBe(false)
    await countAll(db)
    for (const [table, names] of Object.entries(columns)) {
      for (const name of names) {
        const add = (count: number) =>
          sql`update ${sql.table(table)} set ${sql.ref(name)} = ${sql.ref(name)} + ${count}`.execute(
            db,
          )
        await add(-7)
        const { ok, text } = await verifyRollups(db)
        expect(ok).toBe(false)
        expect(text).toContain(`${table} `)
        expect(text).toContain(`(7 ${name.replaceAll('_', ' ')} too few)`)
        await add(7)
      }
    }
    expect(await verifyRollups(db)).toMatchObject({ ok: true })
  })

  test.each(Object.keys(columns))(
    'is missed where %s lacks it, or has one of nothing',
    async (table) => {
      await using database = await testDatabase()
      const { db } = database
      await learnAll(db, [apiAnswer(10, wirePayment(paid))])
      await countAll(db)
      await sql`update ${sql.table(table)} set day = day + 1`.execute(db)
      expect((await verifyRollups(db)).text).toMatch(/too few.*too few/)
      await sql`delete from ${sql.table(table)}`.execute(db)
      expect((await verifyRollups(db)).text).toContain(`${table} `)
    },
  )
})

test('what waits to be counted is no fault', async () => {
  await using database = await testDatabase()
  const { db } = database
  await learnAll(db, [apiAnswer(10, wirePayment())])
  await countAll(db)
  await learnAll(db, [apiAnswer(90, wirePayment(paid))])
  expect((await verifyRollups(db)).ok).toBe(true)
})

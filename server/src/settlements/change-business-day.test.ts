import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseSearch } from '@desk/shared/payments/parse-search'
import type { BusinessDayRule } from '@desk/shared/time/business-day'
import { createCallerFactory } from '../kernel/trpc.ts'
import { actorWith, contextOf } from '../kernel/context.fixtures.ts'
import type { Db } from '../database.ts'
import { learn } from '../payments/apply-projection.ts'
import { apiAnswer, wirePayment, wireReceipt } from '../payments/observation.fixtures.ts'
import { idsFound } from '../payments/payments.fixtures.ts'
import { paymentsRouter } from '../payments/payments.router.ts'
import { testDatabase, type TestDatabase } from '../testing/test-database.ts'
import { businessDayRouter } from './business-day.router.ts'
import { ruleInForce } from './rule-in-force.queries.ts'
import { countOnce } from './rollups.ts'

const createCaller = createCallerFactory(businessDayRouter)
const createPaymentsCaller = createCallerFactory(paymentsRouter)
const now = () => new Date('2026-11-22T14:30:00Z')

let database: TestDatabase
let db: Db
beforeAll(async () => {
  database = await testDatabase()
  db = database.db
  await db
    .insertInto('person')
    .values({ id: 'u_ada', name: 'Ada', email: 'ada@shop.example', created_at: now() })
    .execute()
})
afterAll(() => database[Symbol.asyncDispose]())

const admin = () => createCaller(contextOf(db, actorWith(['admin'])))
const countAll = async () => {
  while (await countOnce({ db, now, zone: 'Europe/London' }));
}
const actions = async () => {
  const rows = await db.selectFrom('audit_entry').select('action').orderBy('seq').execute()
  return rows.map(({ action }) => action)
}

test('days begin at another time once every payment is counted by it, and not before', async () => {
  const early = { zone: 'Europe/London', cutOff: '05:00' }
  const night = wireReceipt({
    txTimestamp: '2026-11-22T03:00:00Z',
    completedAt: '2026-11-22T03:00:20Z',
  })
  const paid = wirePayment({
    id: 'night',
    createdAt: '2026-11-22T02:59:00Z',
    status: 'completed',
    receipt: night,
  })
  await db.transaction().execute((trx) => learn(trx, [apiAnswer(0, paid)]))
  await expect(admin().change(early)).rejects.toMatchObject({ code: 'CONFLICT' })
  await countAll()

  const rule = ruleInForce(db, 'UTC').rule
  expect(await rule()).toEqual({ zone: 'Europe/London', cutOff: '00:00' })
  await admin().change(early)
  expect(await rule()).toEqual({ zone: 'Europe/London', cutOff: '00:00' })
  expect(await admin().read()).toMatchObject({
    inForce: { cutOff: '00:00', setBy: null },
    building: { cutOff: '05:00', setBy: 'Ada', counted: 0, payments: 1 },
  })
  await expect(admin().change({ zone: 'UTC', cutOff: '00:00' })).rejects.toThrow(
    'being rebuilt already',
  )

  await countAll()
  expect(await rule()).toEqual(early)
  expect(await admin().read()).toMatchObject({
    inForce: { ...early, setBy: 'Ada' },
    building: null,
  })
  const days = await db
    .selectFrom('payment_rollup')
    .select(sql<string>`day::text`.as('day'))
    .where('payments', '>', 0)
    .execute()
  expect(days.map(({ day }) => day)).toEqual(['2026-11-21', '2026-11-21'])
  expect(await actions()).toEqual(['business_day.change', 'business_day.in_force'])
})

test('what is stopped before it is whole never comes into force, and leaves nothing', async () => {
  const before = await ruleInForce(db, 'UTC').rule()
  await admin().change({ zone: 'Asia/Kathmandu', cutOff: '00:00' })
  const { building } = await admin().read()
  await admin().cancel({ id: building?.id ?? 0 })
  await countAll()
  expect(await ruleInForce(db, 'UTC').rule()).toEqual(before)
  await expect(admin().cancel({ id: building?.id ?? 0 })).rejects.toThrow('any more')
  const left = await db
    .selectFrom('payment_share')
    .select('rule_id')
    .where('rule_id', '=', building?.id ?? 0)
    .execute()
  expect(left).toEqual([])
})

test.each([
  [{ zone: 'Mars/Olympus', cutOff: '05:00' }, 'is no time zone'],
  [{ zone: '+05:00', cutOff: '05:00' }, 'must be a zone such as'],
  [{ zone: 'Europe/London', cutOff: '24:00' }, 'must be a time of day'],
  [{ zone: 'Europe/London', cutOff: '05:00' }, 'already'],
])('%o is refused', async (input, words) => {
  await expect(admin().change(input)).rejects.toThrow(words)
})

const zones = [
  'Asia/Kathmandu',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Europe/London',
]
const anyRule: fc.Arbitrary<BusinessDayRule> = fc.record({
  zone: fc.constantFrom(...zones),
  // Inside what clocks skip and show twice, and away from it.
  cutOff: fc.constantFrom('00:00', '00:01', '01:30', '02:15', '17:30'),
})
const changes = [
  '2026-03-29T01:00:00Z',
  '2026-04-04T15:00:00Z',
  '2026-10-25T01:00:00Z',
  '2026-11-01T04:30:00Z',
]
const nearChange = fc
  .tuple(fc.constantFrom(...changes), fc.integer({ min: -1_800, max: 1_800 }))
  .map(([at, minutes]) => new Date(Date.parse(at) + minutes * 60_000))

test('`created:` and `completed:` find on each day just the payments that its sums have, and no payment is on two', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyRule,
      fc.array(nearChange, { minLength: 1, maxLength: 6 }),
      async (rule, instants) => {
        await using own = await testDatabase()
        await own.db
          .insertInto('business_day_rule')
          .values({ zone: rule.zone, cut_off: rule.cutOff, state: 'building', set_at: now() })
          .execute()
        const told = instants.map((at, n) => settledAt(`payment-${n}`, at))
        await own.db.transaction().execute((trx) => learn(trx, told))
        while (await countOnce({ db: own.db, now, zone: 'UTC' }));
        const context = contextOf(own.db, actorWith(['support']))
        const businessDay = await ruleInForce(own.db, 'UTC').rule()
        expect(businessDay).toEqual(rule)
        const calls = createPaymentsCaller({
          ...context,
          greeting: { ...context.greeting, businessDay },
        })
        const sums = await own.db
          .selectFrom('payment_rollup')
          .select((eb) => [
            'basis',
            sql<string>`day::text`.as('day'),
            eb.fn.sum<string>('payments').as('payments'),
          ])
          .groupBy(['basis', 'day'])
          .execute()
        const found = new Map<string, string[]>([
          ['created', []],
          ['settled', []],
        ])
        for (const { basis, day, payments } of sums) {
          const word = basis === 'created' ? 'created' : 'completed'
          const ids = await idsFound(calls, parseSearch(`${word}:${day}`).query)
          expect([basis, day, ids.length]).toEqual([basis, day, Number(payments)])
          found.get(basis)?.push(...ids)
        }
        const all = told.map((_, n) => `payment-${n}`).toSorted()
        expect(found.get('created')?.toSorted()).toEqual(all)
        expect(found.get('settled')?.toSorted()).toEqual(all)
      },
    ),
    { numRuns: 6 },
  )
})

/** Made ten minutes before it was completed, so that the two may be on different days. */
function settledAt(id: string, at: Date) {
  const on = new Date(at.getTime() - 20_000).toISOString()
  const made = new Date(at.getTime() - 600_000).toISOString()
  const receipt = wireReceipt({ txTimestamp: on, completedAt: at.toISOString() })
  return apiAnswer(0, wirePayment({ id, createdAt: made, status: 'completed', receipt }))
}

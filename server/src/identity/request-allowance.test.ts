import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { userId } from '@desk/shared/identity/session'
import { TooManyRequests } from '../kernel/too-many-requests.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { createRequestAllowance, requestLimits } from './request-allowance.ts'

const ada = { userId: userId.parse('u_ada'), name: 'Ada', email: 'ada@shop.example' }
const limits = { perAccount: 20, perAddress: 40 }
/** The middle of a minute, so that a test's clock decides when the window ends. */
const midMinute = new Date('2026-11-23T10:00:30.000Z')

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

describe('the allowance of requests', () => {
  test('of one account is refused past its limit, in words that say how long', async () => {
    await using desk = await deskWith({ fresh: true })
    await desk.ask(20)
    const refused = await desk.refusal()
    expect(refused.retryAfterSeconds).toBe(30)
    expect(refused.message).toBe(
      'Too many requests from your account. Wait 30 seconds, then go on.',
    )
    expect(refused).toMatchObject({ kind: 'rate_limited', code: 'too_many_requests' })
  })

  test('is whole again in the next minute', async () => {
    await using desk = await deskWith({ fresh: true })
    await desk.ask(20)
    await desk.refusal()
    desk.clock.now = new Date('2026-11-23T10:01:00.000Z')
    await desk.ask(20)
    expect((await desk.refusal()).retryAfterSeconds).toBe(60)
  })

  test('is one for two Desks: what one gave away the other does not give again', async () => {
    await using one = await deskWith({ fresh: true })
    await using other = await deskWith({})
    await one.ask(15)
    await one.allowance.settled()
    await other.ask(1)
    await other.allowance.settled()
    await other.ask(4)
    await other.refusal()
    await other.allowance.settled()
    // A Desk hears of the others when it settles: until then it gives away what it knows of.
    await one.ask(1)
    await one.allowance.settled()
    expect(await one.refusal()).toBeInstanceOf(TooManyRequests)
  })

  test('of one address counts every account and visitor behind it', async () => {
    await using desk = await deskWith({ fresh: true })
    for (let i = 0; i < 40; i++) await desk.askFrom('203.0.113.9')
    await expect(desk.askFrom('203.0.113.9')).rejects.toBeInstanceOf(TooManyRequests)
    await desk.askFrom('203.0.113.10')
  })

  test('of an IPv6 address is that of its /64, and unreadable addresses share one', async () => {
    await using desk = await deskWith({ fresh: true })
    for (let i = 0; i < 40; i++) await desk.askFrom(`2001:db8:1:2::${i.toString(16)}`)
    await expect(desk.askFrom('2001:db8:1:2:ffff::1')).rejects.toBeInstanceOf(TooManyRequests)
    await desk.askFrom('2001:db8:1:3::1')
    for (let i = 0; i < 40; i++) await desk.askFrom(`${'x'.repeat(9_000)}${i}`)
    await expect(desk.askFrom('other nonsense')).rejects.toBeInstanceOf(TooManyRequests)
  })

  test('stands in the audit log once for account and minute, whichever Desks refused', async () => {
    await using one = await deskWith({ fresh: true })
    await using other = await deskWith({})
    for (const desk of [one, other]) {
      await desk.ask(20)
      for (let i = 0; i < 5; i++) await desk.refusal()
    }
    expect(await entries()).toEqual([
      {
        action: 'request.limit',
        outcome: 'refused',
        actor_id: ada.userId,
        reason: 'more than 20 requests in a minute from one account',
        address: '203.0.113.7',
        request_id: 'req-1',
      },
    ])
    one.clock.now = new Date('2026-11-23T10:01:30.000Z')
    await one.ask(20)
    await one.refusal()
    expect(await entries()).toHaveLength(2)
  })

  test('costs no statement per request, whoever asks', async () => {
    await using desk = await deskWith({ fresh: true, limits: requestLimits })
    await desk.allowance.settled()
    const before = desk.statements()
    await desk.ask(1_000)
    await desk.allowance.settled()
    // One for each tenth of an allowance, and one for each second that passed.
    expect(desk.statements() - before).toBeLessThan(30)
    expect(await shared('requests-account:u_ada')).toBe(1_000)
  })

  test('leaves nothing behind that no Desk counts any more', async () => {
    await using desk = await deskWith({ fresh: true })
    await desk.ask(1)
    await desk.allowance.settled()
    desk.clock.now = new Date('2026-11-23T10:03:00.000Z')
    await desk.allowance.settled()
    expect(await shared('requests-account:u_ada')).toBeUndefined()
  })
})

async function deskWith(options: { readonly fresh?: boolean; readonly limits?: typeof limits }) {
  if (options.fresh) {
    await database.owner.deleteFrom('rate_limit').execute()
    await database.owner.deleteFrom('audit_entry').execute()
  }
  const clock = { now: midMinute }
  let statements = 0
  const db = database.db.withPlugin({
    transformQuery: ({ node }) => {
      statements++
      return node
    },
    transformResult: async ({ result }) => result,
  })
  const allowance = createRequestAllowance({
    db,
    now: () => clock.now,
    log: pino({ level: 'silent' }),
    limits: options.limits ?? limits,
  })
  const from = { address: '203.0.113.7', requestId: 'req-1' }
  const ask = async (times: number) => {
    for (let i = 0; i < times; i++) await allowance.countAccount(ada, from)
  }
  return {
    allowance,
    clock,
    statements: () => statements,
    ask,
    askFrom: (address: string) => allowance.countAddress({ ...from, address }),
    refusal: async (): Promise<TooManyRequests> => {
      const outcome = await ask(1).catch((error: unknown) => error)
      if (outcome instanceof TooManyRequests) return outcome
      throw new Error('was let through', { cause: outcome })
    },
    [Symbol.asyncDispose]: () => allowance.stop(),
  }
}

async function entries() {
  return database.owner
    .selectFrom('audit_entry')
    .select(['action', 'outcome', 'actor_id', 'reason', 'address', 'request_id'])
    .execute()
}

async function shared(key: string): Promise<number | undefined> {
  const row = await database.owner
    .selectFrom('rate_limit')
    .select('count')
    .where('key', '=', key)
    .executeTakeFirst()
  return row?.count
}

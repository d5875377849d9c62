import { describe, expect, test, vi } from 'vitest'
import { testDatabase } from '../testing/test-database.ts'
import { cookieOf, doorOf, hire, knock } from './identity.fixtures.ts'
import { forgiveAttempt, networkOf, takeAttempt } from './rate-limits.ts'
import { attemptBuckets } from './sign-in-limits.ts'

// Password hashing is slow by design, and slower on a busy machine.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

const EMAIL = 'mira@shop.example'
const wrong = { email: EMAIL, password: 'a wrong password' }
const minutes = (n: number) => n * 60_000

describe('guessing passwords', () => {
  test('ten wrong passwords from one network hold it back on every Desk, whatever the headers claim', async () => {
    await using database = await testDatabase()
    await hire(database.db, EMAIL, ['support'])
    const desks = [doorOf(database.db), doorOf(database.db), doorOf(database.db)]
    const statuses: number[] = []
    for (let i = 0; i < 24; i += 1) {
      const desk = desks[i % desks.length]
      if (!desk) throw new Error('no Desk')
      const headers = {
        'x-forwarded-for': `198.51.100.${i}`,
        'x-desk-client-address': `10.0.0.${i}`,
      }
      statuses.push((await knock(desk.auth, { ...wrong, headers })).status)
    }
    expect(statuses).toEqual([...Array(10).fill(401), ...Array(14).fill(429)])
  })

  test('guesses sent at the same moment do not slip past the limit', async () => {
    await using database = await testDatabase()
    await hire(database.db, EMAIL, ['support'])
    const desks = [doorOf(database.db).auth, doorOf(database.db).auth]
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) => knock(desks[i % 2] ?? doorOf(database.db).auth, wrong)),
    )
    expect(answers.filter((answer) => answer.status === 401)).toHaveLength(10)
  })

  test('the right password does not help while it is held back, and does afterwards', async () => {
    await using database = await testDatabase()
    await hire(database.db, EMAIL, ['support'])
    const { auth, clock } = doorOf(database.db)
    for (let i = 0; i < 11; i += 1) await knock(auth, wrong)

    const held = await knock(auth, { email: EMAIL })
    expect(held.status).toBe(429)
    expect(Number(held.headers.get('retry-after'))).toBeGreaterThan(890)
    expect(await held.json()).toEqual({
      code: 'held_back',
      message: 'Too many attempts. Try again in 15 minutes.',
    })

    clock.now = new Date(clock.now.getTime() + minutes(15))
    expect((await knock(auth, { email: EMAIL })).status).toBe(204)
  })

  test('an unknown account is held back like a known one', async () => {
    await using database = await testDatabase()
    const { auth } = doorOf(database.db)
    for (let i = 0; i < 10; i += 1) await knock(auth, wrong)
    expect((await knock(auth, wrong)).status).toBe(429)
  })

  test('strangers in a thousand networks cannot keep the owner out of a browser they used before', async () => {
    await using database = await testDatabase()
    const { db } = database
    await hire(db, EMAIL, ['support'])
    const { auth } = doorOf(db)
    const own = await cookieOf(auth, { email: EMAIL })
    for (let i = 0; i < 60; i += 1) {
      const stranger = { account: EMAIL, device: null, address: `198.51.${i}.1` }
      await takeAttempt(db, attemptBuckets('sign-in', stranger), new Date())
    }
    expect((await knock(auth, { email: EMAIL, address: '192.0.2.1' })).status).toBe(429)
    expect(
      (await knock(auth, { email: EMAIL, address: '192.0.2.1', headers: { cookie: own } })).status,
    ).toBe(204)
  })

  test('a strange network is not held back for what happens in another', async () => {
    await using database = await testDatabase()
    await hire(database.db, EMAIL, ['support'])
    const { auth } = doorOf(database.db)
    for (let i = 0; i < 20; i += 1) await knock(auth, { ...wrong, address: '198.51.100.9' })
    expect((await knock(auth, { email: EMAIL, address: '192.0.2.1' })).status).toBe(204)
  })

  test('a browser known for one person is a stranger for every other', async () => {
    await using database = await testDatabase()
    const { db } = database
    await hire(db, EMAIL, ['support'])
    await hire(db, 'other@shop.example', ['support'])
    const { auth } = doorOf(db)
    const own = await cookieOf(auth, { email: EMAIL })
    const statuses: number[] = []
    for (let i = 0; i < 11; i += 1) {
      const guess = { email: 'other@shop.example', password: 'wrong', headers: { cookie: own } }
      statuses.push((await knock(auth, guess)).status)
    }
    expect(statuses.at(-1)).toBe(429)
  })

  test('a flood that is held back is ten entries in the audit log, not one a request', async () => {
    await using database = await testDatabase()
    const { auth } = doorOf(database.db)
    for (let i = 0; i < 40; i += 1) await knock(auth, wrong)
    const { count } = await database.db
      .selectFrom('audit_entry')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('reason', '=', 'too many attempts')
      .executeTakeFirstOrThrow()
    expect(count).toBe(10)
  })

  test('what was typed as an e-mail address is not stored', async () => {
    await using database = await testDatabase()
    const { auth } = doorOf(database.db)
    await knock(auth, { email: 'my-password@in-the-wrong.field' })
    const kept = await Promise.all([
      database.db.selectFrom('rate_limit').selectAll().execute(),
      database.db.selectFrom('audit_entry').selectAll().execute(),
    ])
    expect(JSON.stringify(kept)).not.toContain('my-password')
  })
})

describe('a limit', () => {
  const bucket = { kind: 'test', of: 'one', max: 3, onSuccess: 'clear' } as const

  test('doubles its wait each time in a row, up to an hour, and forgets after a quiet day', async () => {
    await using database = await testDatabase()
    const { db } = database
    let at = new Date()
    const waits: (number | null)[] = []
    for (let round = 0; round < 5; round += 1) {
      for (let i = 0; i < 3; i += 1) expect(await takeAttempt(db, [bucket], at)).toBeNull()
      const wait = await takeAttempt(db, [bucket], at)
      waits.push(wait)
      at = new Date(at.getTime() + (wait ?? 0) * 1_000)
    }
    expect(waits).toEqual([900, 1_800, 3_600, 3_600, 3_600])

    at = new Date(at.getTime() + minutes(24 * 60) + 1)
    for (let i = 0; i < 3; i += 1) await takeAttempt(db, [bucket], at)
    expect(await takeAttempt(db, [bucket], at)).toBe(900)
  })

  test('is not made longer by knocking meanwhile', async () => {
    await using database = await testDatabase()
    const { db } = database
    const at = new Date()
    for (let i = 0; i < 4; i += 1) await takeAttempt(db, [bucket], at)
    const later = new Date(at.getTime() + minutes(10))
    for (let i = 0; i < 20; i += 1) {
      expect(await takeAttempt(db, [bucket], later)).toBe(300)
    }
  })

  test('starts anew after a right answer; where others share the count only that attempt is returned', async () => {
    await using database = await testDatabase()
    const { db } = database
    const shared = { ...bucket, kind: 'shared', onSuccess: 'return' } as const
    const at = new Date()
    for (let i = 0; i < 60; i += 1) {
      expect(await takeAttempt(db, [bucket, shared], at)).toBeNull()
      await forgiveAttempt(db, [bucket, shared], at)
    }
    expect(await db.selectFrom('rate_limit').select('count').execute()).toEqual([{ count: 0 }])
  })

  test('counts one network as one: a /64 of IPv6, an IPv4 address however it arrives', () => {
    expect(networkOf('2001:db8:0:7::1')).toBe(networkOf('2001:0db8:0000:0007:aaaa:bbbb:cccc:1'))
    expect(networkOf('2001:db8:0:8::1')).not.toBe(networkOf('2001:db8:0:7::1'))
    expect(networkOf('::ffff:203.0.113.7')).toBe(networkOf('203.0.113.7'))
  })

  test('holds for buckets that are taken together in any order, at the same moment', async () => {
    await using database = await testDatabase()
    const { db } = database
    const other = { ...bucket, of: 'two' }
    const taken = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        takeAttempt(db, i % 2 === 0 ? [bucket, other] : [other, bucket], new Date()),
      ),
    )
    expect(taken.filter((wait) => wait === null)).toHaveLength(3)
  })
})

import { describe, expect, test, vi } from 'vitest'
import { testDatabase } from '../testing/test-database.ts'
import { doorOf, hire, knock } from './identity.fixtures.ts'
import { forgiveAttempt, takeAttempt } from './rate-limits.ts'
import { attemptBuckets } from './sign-in-limits.ts'

// Password hashing is slow by design, and slower on a busy machine.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

const EMAIL = 'mira@shop.example'
const wrong = { email: EMAIL, password: 'a wrong password' }

describe('guessing passwords', () => {
  test('ten wrong passwords hold an account back on every Desk, whatever the headers claim', async () => {
    await using database = await testDatabase()
    await hire(database.db, EMAIL, ['support'])
    const desks = [doorOf(database.db), doorOf(database.db), doorOf(database.db)]
    const statuses: number[] = []
    for (let i = 0; i < 24; i += 1) {
      const desk = desks[i % desks.length]
      if (!desk) throw new Error('no Desk')
      const spoofed = {
        'x-forwarded-for': `198.51.100.${i}`,
        'x-desk-client-address': `10.0.0.${i}`,
      }
      const response = await knock(desk.auth, {
        ...wrong,
        address: `203.0.113.${i}`,
        headers: spoofed,
      })
      statuses.push(response.status)
    }
    expect(statuses).toEqual([...Array(10).fill(401), ...Array(14).fill(429)])
  })

  test('guesses sent at the same moment do not slip past the limit', async () => {
    await using database = await testDatabase()
    await hire(database.db, EMAIL, ['support'])
    const desks = [doorOf(database.db).auth, doorOf(database.db).auth]
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, i) => knock(desks[i % 2] ?? doorOf(database.db).auth, wrong)),
    )
    expect(answers.filter((answer) => answer.status === 401)).toHaveLength(10)
  })

  test('the right password does not help while the account is held back, and does afterwards', async () => {
    await using database = await testDatabase()
    await hire(database.db, EMAIL, ['support'])
    const { auth, clock } = doorOf(database.db)
    for (let i = 0; i < 10; i += 1) await knock(auth, wrong)

    const held = await knock(auth, { email: EMAIL })
    expect(held.status).toBe(429)
    expect(Number(held.headers.get('retry-after'))).toBeGreaterThan(890)
    expect(await held.json()).toEqual({ message: 'Too many attempts. Try again in 15 minutes.' })

    clock.now = new Date(clock.now.getTime() + 15 * 60_000)
    expect((await knock(auth, { email: EMAIL })).status).toBe(204)
  })

  test('an unknown account is held back like a known one', async () => {
    await using database = await testDatabase()
    const { auth } = doorOf(database.db)
    for (let i = 0; i < 10; i += 1) await knock(auth, wrong)
    expect((await knock(auth, wrong)).status).toBe(429)
  })

  test('one address trying many accounts is held back, its /64 counted as one', async () => {
    await using database = await testDatabase()
    const { db } = database
    const at = new Date()
    const waits: (number | null)[] = []
    for (let i = 0; i < 52; i += 1) {
      const address = i % 2 === 0 ? `2001:db8:0:7::${i}` : `2001:0db8:0000:0007:aaaa:bbbb:cccc:${i}`
      waits.push(await takeSignInAttempt(db, { email: `guess${i}@shop.example`, address }, at))
    }
    expect(waits).toEqual([...Array(50).fill(null), 900, 900])
    const neighbour = { email: 'other@shop.example', address: '2001:db8:0:8::1' }
    expect(await takeSignInAttempt(db, neighbour, at)).toBeNull()
  })

  test('an IPv4 address is the same one when it arrives over IPv6', async () => {
    await using database = await testDatabase()
    const { db } = database
    for (const address of ['203.0.113.7', '::ffff:203.0.113.7']) {
      await takeSignInAttempt(db, { email: EMAIL, address }, new Date())
    }
    const keys = await db.selectFrom('rate_limit').select(['key', 'count']).execute()
    expect(keys).toContainEqual({ key: 'address:203.0.113.7', count: 2 })
  })

  test('people who sign in rightly all day are never held back', async () => {
    await using database = await testDatabase()
    const { db } = database
    const attempt = { email: EMAIL, address: '203.0.113.7' }
    for (let i = 0; i < 60; i += 1) {
      expect(await takeSignInAttempt(db, attempt, new Date())).toBeNull()
      await forgiveSignInAttempt(db, attempt, new Date())
    }
    expect(await db.selectFrom('rate_limit').select(['key', 'count']).execute()).toEqual([
      { key: 'address:203.0.113.7', count: 0 },
    ])
  })

  test('what was typed as an e-mail address is not stored', async () => {
    await using database = await testDatabase()
    const { auth } = doorOf(database.db)
    await knock(auth, { email: 'my-password@in-the-wrong.field' })
    const rows = await database.db.selectFrom('rate_limit').select('key').execute()
    expect(JSON.stringify(rows)).not.toContain('my-password')
  })
})

import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import {
  actorBehind,
  asCookieHeader,
  cookieOf,
  doorOf,
  entriesIn,
  hire,
  knock,
  PASSWORD,
  post,
  PUBLIC_URL,
  signOut,
} from './identity.fixtures.ts'

// Password hashing is slow by design, and slower on a busy machine.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

const EMAIL = 'mira@shop.example'

describe('signing in', () => {
  test('the right password opens a session that carries name, e-mail, roles and permissions', async () => {
    await using database = await testDatabase()
    await hire(database.db, EMAIL, ['support', 'finance'])
    const { auth } = doorOf(database.db)

    const actor = await actorBehind(auth, await cookieOf(auth, { email: EMAIL }))

    expect(actor).toMatchObject({ email: EMAIL, name: EMAIL, roles: ['finance', 'support'] })
    expect([...(actor?.permissions ?? [])]).toContain('payments:refresh')
    expect([...(actor?.permissions ?? [])]).not.toContain('team:write')
  })

  test('roles, person and factor sent along change nothing', async () => {
    await using database = await testDatabase()
    await hire(database.db, EMAIL, ['support'])
    const { auth } = doorOf(database.db)
    const body = {
      email: EMAIL,
      password: PASSWORD,
      role: 'admin',
      roles: ['admin'],
      userId: 'somebody',
      method: 'demo',
      factor: 'passkey',
    }
    const answer = await post(auth, '/sign-in/email', { body })
    const actor = await actorBehind(auth, asCookieHeader(answer))
    expect(actor).toMatchObject({ email: EMAIL, roles: ['support'] })
    const sessions = database.db.selectFrom('session').select(['method', 'factor'])
    expect(await sessions.execute()).toEqual([{ method: 'password', factor: null }])
  })

  test('is refused in words of its own where passwords are off, right or wrong, and written down', async () => {
    await using database = await testDatabase()
    await hire(database.db, EMAIL, ['support'])
    const { auth } = doorOf(database.db, { passwordSignIn: false })
    for (const email of [EMAIL, 'nobody@shop.example']) {
      const answer = await knock(auth, { email })
      expect(answer.status).toBe(403)
      expect(await answer.json()).toMatchObject({ code: 'password_sign_in_off' })
      expect(answer.headers.getSetCookie()).toEqual([])
    }
    expect(await entriesIn(database.db)).toEqual(
      Array(2).fill('session.sign_in refused: passwords are off'),
    )
  })

  test('an e-mail address is the same person in any case', async () => {
    await using database = await testDatabase()
    await hire(database.db, EMAIL, ['support'])
    const { auth } = doorOf(database.db)
    expect(await cookieOf(auth, { email: EMAIL.toUpperCase() })).not.toBe('')
  })

  test('a wrong password and an unknown person get the same answer, byte for byte', async () => {
    await using database = await testDatabase()
    await hire(database.db, EMAIL, ['support'])
    const { auth } = doorOf(database.db)

    const wrong = await knock(auth, { email: EMAIL, password: 'not her password' })
    const unknown = await knock(auth, { email: 'nobody@shop.example' })

    expect(wrong.status).toBe(401)
    expect(unknown.status).toBe(401)
    expect(await unknown.text()).toBe(await wrong.text())
    expect([...unknown.headers]).toEqual([...wrong.headers])
  })

  test('an unknown person costs the same password hashing as a known one', async () => {
    await using database = await testDatabase()
    const { auth } = doorOf(database.db)
    await hire(database.db, EMAIL, ['support'])
    const cost = { known: [] as number[], unknown: [] as number[] }
    for (let round = 0; round < 9; round += 1) {
      cost.known.push(await cpuOf(() => knock(auth, { email: EMAIL, password: 'wrong password' })))
      cost.unknown.push(await cpuOf(() => knock(auth, { email: 'nobody@shop.example' })))
    }
    // Without the hash the unknown person costs a tenth; the bound only has to tell these apart.
    const ratio = median(cost.unknown) / median(cost.known)
    expect(ratio).toBeGreaterThan(0.5)
    expect(ratio).toBeLessThan(2)
  })

  test('behind https the cookie is __Host-, Secure, HttpOnly, SameSite=Lax, for the whole site and no subdomain', async () => {
    await using database = await testDatabase()
    await hire(database.db, EMAIL, ['support'])
    const { auth } = doorOf(database.db)

    const cookies = (await knock(auth, { email: EMAIL })).headers.getSetCookie()

    expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual([
      '__Host-desk_session',
      '__Host-desk_device',
    ])
    const [pair = '', ...attributes] = (cookies[0] ?? '').split('; ')
    expect(pair).toMatch(/^__Host-desk_session=/)
    expect(attributes.sort()).toEqual([
      'HttpOnly',
      'Max-Age=43200',
      'Path=/',
      'SameSite=Lax',
      'Secure',
    ])
  })

  test('on plain http loopback the cookie has a name browsers accept there', async () => {
    await using database = await testDatabase()
    await hire(database.db, EMAIL, ['support'])
    const { auth } = doorOf(database.db, { publicUrl: new URL('http://localhost:3000') })

    const response = await knock(auth, {
      email: EMAIL,
      headers: { origin: 'http://127.0.0.1:3000' },
    })

    expect(response.headers.getSetCookie()[0]).toMatch(/^desk_session=.*HttpOnly; SameSite=Lax$/)
    expect(response.headers.getSetCookie()[0]).not.toContain('Secure')
  })

  test('every sign-in makes a new session and ends the one this browser had', async () => {
    await using database = await testDatabase()
    await hire(database.db, EMAIL, ['support'])
    const { auth } = doorOf(database.db)
    const first = await cookieOf(auth, { email: EMAIL })

    const second = await cookieOf(auth, { email: EMAIL, headers: { cookie: first } })

    expect(second).not.toBe(first)
    expect(await actorBehind(auth, first)).toBeNull()
    expect(await actorBehind(auth, second)).not.toBeNull()
  })

  test('a planted session id is refused, and signing in over it does not adopt it', async () => {
    await using database = await testDatabase()
    await hire(database.db, EMAIL, ['support'])
    const { auth } = doorOf(database.db)
    const forged = createHmac('sha256', 'guessed').update('planted').digest('base64')
    for (const value of ['planted', `planted.${encodeURIComponent(forged)}`, '%E0%A4%A', '.', '']) {
      const planted = `__Host-desk_session=${value}`
      expect(await actorBehind(auth, planted)).toBeNull()
      const issued = await cookieOf(auth, { email: EMAIL, headers: { cookie: planted } })
      expect(issued).not.toContain('planted')
    }
  })

  test('a session token read out of the database opens nothing without the key', async () => {
    await using database = await testDatabase()
    await hire(database.db, EMAIL, ['support'])
    const { auth } = doorOf(database.db)
    await cookieOf(auth, { email: EMAIL })
    const { token } = await database.db
      .selectFrom('session')
      .select('token')
      .executeTakeFirstOrThrow()
    expect(await actorBehind(auth, `__Host-desk_session=${token}`)).toBeNull()
    const other = doorOf(database.db, { encryptionKey: 'another key' })
    const elsewhere = await cookieOf(other.auth, { email: EMAIL })
    expect(await actorBehind(auth, elsewhere)).toBeNull()
  })

  test('the answer to a sign-in carries no session token outside the cookie', async () => {
    await using database = await testDatabase()
    await hire(database.db, EMAIL, ['support'])
    const { auth } = doorOf(database.db)
    const response = await knock(auth, { email: EMAIL })
    expect(response.status).toBe(204)
    expect(await response.text()).toBe('')
  })
})

describe('signing out', () => {
  test('ends the session on the server, not only in the browser', async () => {
    await using database = await testDatabase()
    await hire(database.db, EMAIL, ['support'])
    const here = doorOf(database.db)
    const otherDesk = doorOf(database.db)
    const cookie = await cookieOf(here.auth, { email: EMAIL })
    expect(await actorBehind(otherDesk.auth, cookie)).not.toBeNull()

    const response = await signOut(here.auth, cookie)

    expect(response.status).toBe(204)
    expect(response.headers.getSetCookie().join()).toMatch(/__Host-desk_session=; Max-Age=0/)
    expect(await actorBehind(otherDesk.auth, cookie)).toBeNull()
    expect(await database.db.selectFrom('session').select('ended_because').execute()).toEqual([
      { ended_because: 'signed_out' },
    ])
  })
})

describe('sessions', () => {
  test('end after two idle hours and live on while used', async () => {
    await using database = await testDatabase()
    await hire(database.db, EMAIL, ['support'])
    const { auth, clock } = doorOf(database.db)
    const start = clock.now.getTime()
    const hours = (n: number) => new Date(start + n * 3_600_000)
    const cookie = await cookieOf(auth, { email: EMAIL })

    clock.now = hours(1.9)
    expect(await actorBehind(auth, cookie)).not.toBeNull()
    clock.now = hours(3.8)
    expect(await actorBehind(auth, cookie)).not.toBeNull()
    clock.now = hours(5.9)
    expect(await actorBehind(auth, cookie)).toBeNull()
  })

  test('end after twelve hours however busy', async () => {
    await using database = await testDatabase()
    await hire(database.db, EMAIL, ['support'])
    const { auth, clock } = doorOf(database.db)
    const start = clock.now.getTime()
    const cookie = await cookieOf(auth, { email: EMAIL })
    for (let hour = 1; hour < 12; hour += 1) {
      clock.now = new Date(start + hour * 3_600_000)
      expect(await actorBehind(auth, cookie)).not.toBeNull()
    }
    clock.now = new Date(start + 12 * 3_600_000 + 5_000)
    expect(await actorBehind(auth, cookie)).toBeNull()
  })

  test('show a change of roles on every Desk at the next request', async () => {
    await using database = await testDatabase()
    const { db } = database
    await hire(db, EMAIL, ['finance'])
    const desks = [doorOf(db).auth, doorOf(db).auth, doorOf(db).auth]
    const cookie = await cookieOf(doorOf(db).auth, { email: EMAIL })
    for (const desk of desks) expect((await actorBehind(desk, cookie))?.roles).toEqual(['finance'])

    await db.updateTable('person_role').set({ role: 'auditor' }).execute()
    for (const desk of desks) {
      const actor = await actorBehind(desk, cookie)
      expect(actor?.roles).toEqual(['auditor'])
      expect(actor?.permissions.has('payments:refresh')).toBe(false)
    }

    await db.deleteFrom('person_role').execute()
    for (const desk of desks) {
      expect((await actorBehind(desk, cookie))?.permissions.has('session:read')).toBe(false)
    }
  })

  test('end with their person', async () => {
    await using database = await testDatabase()
    await hire(database.db, EMAIL, ['finance'])
    const { auth } = doorOf(database.db)
    const cookie = await cookieOf(auth, { email: EMAIL })
    await database.db.updateTable('person').set({ disabled_at: new Date() }).execute()
    expect(await actorBehind(auth, cookie)).toBeNull()
    expect((await knock(auth, { email: EMAIL })).status).toBe(401)
  })
})

describe('the sign-in door', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await testDatabase()
    await hire(database.db, EMAIL, ['support'])
  })
  afterAll(() => database[Symbol.asyncDispose]())

  test.each([
    ['a foreign origin', { origin: 'https://evil.example' }, 403],
    ['a look-alike origin', { origin: 'https://desk.example.evil.example' }, 403],
    ['an opaque origin', { origin: 'null' }, 403],
    ['another port', { origin: 'https://desk.example:8443' }, 403],
    ['a form post', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['a text body', { 'content-type': 'text/plain' }, 415],
  ])('refuses %s', async (_case, headers, status) => {
    const response = await knock(doorOf(database.db).auth, { email: EMAIL, headers })
    expect(response.status).toBe(status)
    expect(response.headers.getSetCookie()).toEqual([])
  })

  test('refuses a request without an origin', async () => {
    const { auth } = doorOf(database.db)
    const request = new Request(new URL('/api/auth/sign-out', PUBLIC_URL), { method: 'POST' })
    expect(
      (await auth.handler(request, { address: '203.0.113.7', requestId: 'req-9' })).status,
    ).toBe(403)
  })

  test.each([
    ['GET', '/api/auth/get-session'],
    ['POST', '/api/auth/sign-up/email'],
    ['POST', '/api/auth/update-user'],
    ['POST', '/api/auth/request-password-reset'],
    ['POST', '/api/auth/sign-in/social'],
    ['GET', '/api/auth/error'],
    ['GET', '/api/auth/sign-in/email'],
    ['POST', '/api/auth/sign-in/email/'],
  ])('has nothing at %s %s', async (method, path) => {
    const { auth } = doorOf(database.db)
    const response = await auth.handler(
      new Request(new URL(path, PUBLIC_URL), { method, headers: { origin: PUBLIC_URL.origin } }),
      { address: '203.0.113.7', requestId: 'req-9' },
    )
    expect(response.status).toBe(404)
  })

  test.each(['', '{', '[]', 'null', '{"email":1,"password":2}', '{"email":"x","password":"y"}'])(
    'answers the body %j with 400',
    async (body) => {
      const { auth } = doorOf(database.db)
      const response = await auth.handler(
        new Request(new URL('/api/auth/sign-in/email', PUBLIC_URL), {
          method: 'POST',
          headers: { origin: PUBLIC_URL.origin, 'content-type': 'application/json' },
          body,
        }),
        { address: '203.0.113.7', requestId: 'req-9' },
      )
      expect(response.status).toBe(400)
    },
  )

  test('writes no password and no session token into the log', async () => {
    const { auth, lines } = doorOf(database.db)
    await knock(auth, { email: EMAIL, password: 'canary password' })
    const cookie = await cookieOf(auth, { email: EMAIL })
    await signOut(auth, cookie)
    const token = cookie.split('=')[1]?.split('.')[0] ?? ''
    expect(token).toHaveLength(43)
    expect(lines.join('')).toContain('sign-in refused')
    for (const secret of ['canary password', PASSWORD, token]) {
      expect(lines.join('')).not.toContain(secret)
    }
  })
})

async function cpuOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return user + system
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

import { describe, expect, test, vi } from 'vitest'
import type { Db } from '../database.ts'
import { testDatabase } from '../testing/test-database.ts'
import { authenticatorCode } from './authenticator.ts'
import {
  actorBehind,
  asCookieHeader,
  doorOf,
  giveAuthenticator,
  hire,
  knock,
  post,
} from './identity.fixtures.ts'

// Password hashing is slow by design, and slower on a busy machine.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

const EMAIL = 'ines@shop.example'
const step = 30_000

describe('the second step of signing in', () => {
  test('a right password alone opens nothing for a person with a second factor', async () => {
    await using place = await halfWay()
    const { answer, cookie, auth, database } = place
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ next: 'second_factor', ways: ['authenticator'] })
    expect(cookie).toMatch(/^__Host-desk_sign_in=/)
    expect(await actorBehind(auth, cookie)).toBeNull()
    expect(await database.db.selectFrom('session').select('id').execute()).toEqual([])
  })

  test('the code opens the session, once', async () => {
    await using place = await halfWay()
    const { auth, cookie, code } = place
    const first = await post(auth, '/sign-in/code', { cookie, body: { code: code(0) } })
    expect(first.status).toBe(204)
    expect((await actorBehind(auth, asCookieHeader(first)))?.email).toBe(EMAIL)

    const again = await post(auth, '/sign-in/code', { cookie, body: { code: code(1) } })
    expect(again.status).toBe(401)
    expect(await again.json()).toMatchObject({ code: 'sign_in_expired' })
  })

  test('of two browsers that answer with the same code one gets in', async () => {
    await using place = await halfWay()
    const { auth, cookie, code } = place
    const other = asCookieHeader(await knock(auth, { email: EMAIL }))
    const answers = await Promise.all(
      [cookie, other].map((from) =>
        post(auth, '/sign-in/code', { cookie: from, body: { code: code(0) } }),
      ),
    )
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 401])
    const sessions = await place.database.db.selectFrom('session').select('id').execute()
    expect(sessions).toHaveLength(1)
  })

  test.each([
    [-2, 401],
    [-1, 204],
    [0, 204],
    [1, 204],
    [2, 401],
  ])('a clock that is off by %i steps gets %i', async (steps, status) => {
    await using place = await halfWay()
    const { auth, cookie, code } = place
    const answer = await post(auth, '/sign-in/code', { cookie, body: { code: code(steps) } })
    expect(answer.status).toBe(status)
  })

  test('a code that was used is refused for the next sign-in, in words of its own', async () => {
    await using place = await halfWay()
    const { auth, cookie, code } = place
    await post(auth, '/sign-in/code', { cookie, body: { code: code(0) } })
    const next = asCookieHeader(await knock(auth, { email: EMAIL }))
    const answer = await post(auth, '/sign-in/code', { cookie: next, body: { code: code(0) } })
    expect(answer.status).toBe(401)
    expect(await answer.json()).toEqual({
      code: 'code_used',
      message: 'This code was used already. Wait for the next one.',
    })
  })

  test('ends after five wrong answers, and after ten minutes', async () => {
    await using place = await halfWay()
    const { auth, cookie, code, clock } = place
    for (let i = 0; i < 5; i += 1) {
      const wrong = await post(auth, '/sign-in/code', { cookie, body: { code: '000000' } })
      expect(await wrong.json()).toMatchObject({ code: 'code_wrong' })
    }
    const right = await post(auth, '/sign-in/code', { cookie, body: { code: code(0) } })
    expect(await right.json()).toMatchObject({ code: 'sign_in_expired' })

    const later = asCookieHeader(await knock(auth, { email: EMAIL }))
    clock.now = new Date(clock.now.getTime() + 10 * 60_000)
    const late = await post(auth, '/sign-in/code', { cookie: later, body: { code: code(0) } })
    expect(await late.json()).toMatchObject({ code: 'sign_in_expired' })
  })

  test('guesses are counted over sign-ins, on every Desk', async () => {
    await using place = await halfWay()
    const { database, clock } = place
    const statuses: number[] = []
    for (let i = 0; i < 4; i += 1) {
      const desk = doorOf(database.db)
      desk.clock.now = clock.now
      const cookie = asCookieHeader(await knock(desk.auth, { email: EMAIL }))
      for (let j = 0; j < 3; j += 1) {
        const body = { code: '000000' }
        statuses.push((await post(desk.auth, '/sign-in/code', { cookie, body })).status)
      }
    }
    expect(statuses).toEqual([...Array(10).fill(401), 429, 429])
  })

  test.each([
    ['no cookie', ''],
    ['a forged cookie', '__Host-desk_sign_in=planted.c2ln'],
  ])('with %s there is nothing to answer', async (_case, cookie) => {
    await using place = await halfWay()
    const body = { code: place.code(0) }
    const answer = await post(place.auth, '/sign-in/code', { cookie, body })
    expect(answer.status).toBe(401)
  })

  test('roles and person sent along change nothing', async () => {
    await using place = await halfWay()
    const { auth, cookie, code } = place
    const body = { code: code(0), roles: ['admin'], userId: 'somebody', role: 'admin' }
    const actor = await actorBehind(
      auth,
      asCookieHeader(await post(auth, '/sign-in/code', { cookie, body })),
    )
    expect(actor).toMatchObject({ email: EMAIL, roles: ['approver'] })
  })

  test('every step stands in the audit log', async () => {
    await using place = await halfWay()
    const { auth, cookie, code, database } = place
    await knock(auth, { email: EMAIL, password: 'wrong' })
    await post(auth, '/sign-in/code', { cookie, body: { code: '000000' } })
    await post(auth, '/sign-in/code', { cookie, body: { code: code(0) } })
    const next = asCookieHeader(await knock(auth, { email: EMAIL }))
    await post(auth, '/sign-in/code', { cookie: next, body: { code: code(0) } })
    expect(await entriesIn(database.db)).toEqual([
      'session.sign_in refused: wrong e-mail or password',
      'session.second_factor refused: wrong code',
      'session.sign_in done',
      'session.second_factor refused: code already used',
    ])
  })
})

describe('a step-up', () => {
  test('makes the proof fresh and changes the token; calls under way still arrive for ten seconds', async () => {
    await using place = await signedIn()
    const { auth, cookie, code, clock } = place
    clock.now = new Date(clock.now.getTime() + 6 * 60_000)
    const before = await actorBehind(auth, cookie)

    const answer = await post(auth, '/step-up/code', { cookie, body: { code: code(0) } })

    expect(answer.status).toBe(204)
    const fresh = asCookieHeader(answer)
    expect(fresh).not.toBe(cookie)
    const after = await actorBehind(auth, fresh)
    expect(after?.sessionId).toBe(before?.sessionId)
    expect(after?.provedAt).toEqual(clock.now)
    expect(await actorBehind(auth, cookie)).not.toBeNull()
    clock.now = new Date(clock.now.getTime() + 10_001)
    expect(await actorBehind(auth, cookie)).toBeNull()
    expect(await actorBehind(auth, fresh)).not.toBeNull()
  })

  test('a password does not stand in for a second factor', async () => {
    await using place = await signedIn()
    const { auth, cookie } = place
    const body = { password: 'correct horse battery' }
    expect((await post(auth, '/step-up/password', { cookie, body })).status).toBe(401)
  })

  test('ten wrong answers end the session, and its browser is told why', async () => {
    await using place = await signedIn()
    const { auth, cookie } = place
    for (let i = 0; i < 10; i += 1) {
      await post(auth, '/step-up/code', { cookie, body: { code: '000000' } })
    }
    const visitor = { headers: new Headers({ cookie }), address: '203.0.113.7', requestId: 'r' }
    expect(await auth.presenceOf(visitor)).toEqual({ actor: null, sessionEnd: 'too_many_answers' })
  })

  test('without a session there is nothing to confirm', async () => {
    await using place = await signedIn()
    const answer = await post(place.auth, '/step-up/code', { body: { code: place.code(0) } })
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ code: 'signed_out' })
  })
})

describe('a session that is not valid', () => {
  test('of a disabled person is told why, and audited once', async () => {
    await using place = await signedIn()
    const { auth, cookie, database } = place
    await database.db
      .updateTable('session')
      .set({ ended_at: new Date(), ended_because: 'disabled' })
      .execute()
    const visitor = { headers: new Headers({ cookie }), address: '203.0.113.7', requestId: 'r' }
    for (let i = 0; i < 3; i += 1) {
      expect((await auth.presenceOf(visitor)).sessionEnd).toBe('disabled')
    }
    const entries = await entriesIn(database.db)
    expect(entries.filter((entry) => entry.startsWith('session.presented'))).toEqual([
      'session.presented refused: disabled',
    ])
  })

  test('that another key signed is audited once per network and quarter of an hour', async () => {
    await using place = await signedIn()
    const { database, cookie } = place
    const elsewhere = doorOf(database.db, { encryptionKey: 'the key of another Desk' })
    for (let i = 0; i < 5; i += 1) expect(await actorBehind(elsewhere.auth, cookie)).toBeNull()
    const entries = await entriesIn(database.db)
    expect(entries.filter((entry) => entry.startsWith('session.presented'))).toEqual([
      'session.presented refused: not signed by this Desk',
    ])
  })
})

describe('the demo', () => {
  test('is entered by one click, and there only', async () => {
    await using database = await testDatabase()
    const { auth } = doorOf(database.db)
    const answer = await post(auth, '/sign-in/demo', { body: { email: 'admin@desk.test' } })
    expect(answer.status).toBe(404)

    await hire(database.db, EMAIL, ['admin'])
    const demo = doorOf(database.db, { demo: true })
    const other = await post(demo.auth, '/sign-in/demo', { body: { email: EMAIL } })
    expect(other.status).toBe(401)
  })
})

/** An approver with an authenticator app, after the right password. */
async function halfWay() {
  const database = await testDatabase()
  await hire(database.db, EMAIL, ['approver'])
  const secret = await giveAuthenticator(database.db, EMAIL)
  const { auth, clock } = doorOf(database.db)
  const answer = await knock(auth, { email: EMAIL })
  return {
    database,
    auth,
    clock,
    answer,
    cookie: asCookieHeader(answer),
    code: (steps: number) =>
      authenticatorCode(secret, new Date(clock.now.getTime() + steps * step)),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  }
}

async function signedIn() {
  const place = await halfWay()
  const { auth, cookie, code } = place
  const answer = await post(auth, '/sign-in/code', { cookie, body: { code: code(0) } })
  return { ...place, cookie: asCookieHeader(answer) }
}

async function entriesIn(db: Db): Promise<string[]> {
  const entries = await db
    .selectFrom('audit_entry')
    .select(['action', 'outcome', 'reason'])
    .orderBy('seq')
    .execute()
  return entries.map(
    ({ action, outcome, reason }) => `${action} ${outcome}${reason === null ? '' : `: ${reason}`}`,
  )
}

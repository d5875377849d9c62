import { describe, expect, test, vi } from 'vitest'
import { raceForRow, raceIntoChange } from '../testing/race.ts'
import { testDatabase } from '../testing/test-database.ts'
import {
  actorBehind,
  asCookieHeader,
  doorOf,
  entriesIn,
  givePasskey,
  halfWay,
  hire,
  INES as EMAIL,
  knock,
  optionsIn,
  post,
} from './identity.fixtures.ts'

// Password hashing is slow by design, and slower on a busy machine.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

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

  test('of two right answers to one question one opens a session', async () => {
    await using place = await halfWay()
    const { auth, cookie, code } = place
    const { db } = place.database
    const { id } = await db.selectFrom('pending_sign_in').select('id').executeTakeFirstOrThrow()
    const answers = await raceForRow(
      db,
      { table: 'pending_sign_in', id },
      [0, 1].map((steps) => async () => {
        const answer = await post(auth, '/sign-in/code', { cookie, body: { code: code(steps) } })
        return answer.status
      }),
    )
    const statuses = answers.map((answer) => answer.status === 'fulfilled' && answer.value)
    expect(statuses.toSorted((a, b) => Number(a) - Number(b))).toEqual([204, 401])
    expect(await db.selectFrom('session').select('id').execute()).toHaveLength(1)
    expect(await entriesIn(db)).toEqual([
      'session.sign_in done',
      'session.second_factor refused: sign-in over meanwhile',
    ])
  })

  test('a passkey that is shown once opens the session once', async () => {
    await using place = await halfWay()
    const { auth, database } = place
    const passkey = await givePasskey(database.db, EMAIL)
    const first = await knock(auth, { email: EMAIL })
    expect(await first.json()).toMatchObject({ ways: ['passkey', 'authenticator'] })
    const cookie = asCookieHeader(first)
    const asked = await post(auth, '/sign-in/passkey/options', { cookie, body: {} })
    const response = passkey.get(await optionsIn(asked))

    const answer = await post(auth, '/sign-in/passkey', { cookie, body: { response } })

    expect(answer.status).toBe(204)
    expect((await actorBehind(auth, asCookieHeader(answer)))?.email).toBe(EMAIL)
    const sessions = database.db.selectFrom('session').select(['method', 'factor'])
    expect(await sessions.execute()).toEqual([{ method: 'password', factor: 'passkey' }])

    const next = asCookieHeader(await knock(auth, { email: EMAIL }))
    const again = await post(auth, '/sign-in/passkey', { cookie: next, body: { response } })
    expect(again.status).toBe(401)
    expect(await again.json()).toMatchObject({ code: 'passkey_wrong' })
  })

  test('a planted cookie is told once, and the fifth wrong answer says that it was the last', async () => {
    await using place = await halfWay()
    const { auth, cookie, database } = place
    const body = { code: '000000' }
    for (let i = 0; i < 3; i += 1) {
      await post(auth, '/sign-in/code', { cookie: '__Host-desk_sign_in=planted.c2ln', body })
    }
    for (let i = 0; i < 6; i += 1) await post(auth, '/sign-in/code', { cookie, body })
    expect(await entriesIn(database.db)).toEqual([
      'session.second_factor refused: not signed by this Desk',
      ...Array(5).fill('session.second_factor refused: wrong code'),
      'session.second_factor refused: sign-in expired',
    ])
    const ended = database.db.selectFrom('audit_entry').select('seq').where('after', 'is not', null)
    expect(await ended.execute()).toEqual([{ seq: 6 }])
  })
})

describe('whoever is changed while they sign in', () => {
  test('is not let in once they are disabled, not even when they are enabled again', async () => {
    await using database = await testDatabase()
    const { db } = database
    await hire(db, EMAIL, ['support'])
    const { auth } = doorOf(db)

    const answer = await raceIntoChange(
      db,
      (trx) => trx.updateTable('person').set({ disabled_at: new Date() }).execute(),
      () => knock(auth, { email: EMAIL }),
    )

    expect(answer.status).toBe(401)
    expect(answer.headers.getSetCookie()).toEqual([])
    expect(await db.selectFrom('session').select('id').execute()).toEqual([])
    expect(await entriesIn(db)).toEqual(['session.sign_in refused: account changed meanwhile'])
  })

  test('is not let in with the password they had', async () => {
    await using database = await testDatabase()
    const { db } = database
    await hire(db, EMAIL, ['support'])
    const { auth } = doorOf(db)

    const answer = await raceIntoChange(
      db,
      async (trx) => {
        await trx.selectFrom('person').select('id').forNoKeyUpdate().execute()
        await trx.updateTable('password').set({ hash: 'another' }).execute()
      },
      () => knock(auth, { email: EMAIL }),
    )

    expect(answer.status).toBe(401)
    expect(await db.selectFrom('session').select('id').execute()).toEqual([])
  })

  test('is not let in by a code once they are disabled', async () => {
    await using place = await halfWay()
    const { auth, cookie, code } = place
    const { db } = place.database

    const answer = await raceIntoChange(
      db,
      (trx) => trx.updateTable('person').set({ disabled_at: new Date() }).execute(),
      () => post(auth, '/sign-in/code', { cookie, body: { code: code(0) } }),
    )

    expect(answer.status).toBe(401)
    expect(await db.selectFrom('session').select('id').execute()).toEqual([])
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
    expect(await entriesIn(database.db)).toEqual(['session.sign_in refused: nobody of the demo'])
  })
})

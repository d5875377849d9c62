import { describe, expect, test, vi } from 'vitest'
import { raceIntoChange } from '../testing/race.ts'
import { testDatabase } from '../testing/test-database.ts'
import {
  actorBehind,
  asCookieHeader,
  cookieOf,
  doorOf,
  entriesIn,
  givePasskey,
  hire,
  INES,
  optionsIn,
  PASSWORD,
  post,
  signedIn,
} from './identity.fixtures.ts'

// Password hashing is slow by design, and slower on a busy machine.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

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
    const body = { password: PASSWORD }
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

  test('of somebody disabled says so, stands in the audit log and keeps the session shut', async () => {
    await using place = await signedIn()
    const { auth, cookie, code, database } = place
    const end = { ended_at: new Date(), ended_because: 'disabled' } as const
    await database.db.updateTable('session').set(end).execute()
    const answer = await post(auth, '/step-up/code', { cookie, body: { code: code(1) } })
    expect(answer.status).toBe(401)
    expect(await answer.json()).toEqual({
      code: 'signed_out',
      message: 'An admin disabled your account. Ask them if this is a mistake.',
    })
    expect((await entriesIn(database.db)).at(-1)).toBe('session.presented refused: disabled')
  })

  test('right or wrong stands in the audit log, and a right one starts the count anew', async () => {
    await using place = await signedIn()
    const { auth, cookie, code, database } = place
    const wrong = { cookie, body: { code: '000000' } }
    for (let i = 0; i < 9; i += 1) await post(auth, '/step-up/code', wrong)
    const right = await post(auth, '/step-up/code', { cookie, body: { code: code(1) } })
    expect(right.status).toBe(204)
    expect((await entriesIn(database.db)).slice(-2)).toEqual([
      'session.step_up refused: wrong code',
      'session.step_up done',
    ])
    const fresh = { ...wrong, cookie: asCookieHeader(right) }
    for (let i = 0; i < 9; i += 1) {
      expect((await post(auth, '/step-up/code', fresh)).status).toBe(401)
    }
    expect(await actorBehind(auth, fresh.cookie)).not.toBeNull()
  })

  test('does not take the code that signed in', async () => {
    await using place = await signedIn()
    const { auth, cookie, code } = place
    const answer = await post(auth, '/step-up/code', { cookie, body: { code: code(0) } })
    expect(await answer.json()).toMatchObject({ code: 'code_used' })
  })

  test('works by passkey, for the session that was asked', async () => {
    await using place = await signedIn()
    const { auth, cookie, clock, database } = place
    const passkey = await givePasskey(database.db, INES)
    clock.now = new Date(clock.now.getTime() + 6 * 60_000)
    const asked = await post(auth, '/step-up/passkey/options', { cookie, body: {} })
    const body = { response: passkey.get(await optionsIn(asked)) }

    const answer = await post(auth, '/step-up/passkey', { cookie, body })

    expect(answer.status).toBe(204)
    const fresh = asCookieHeader(answer)
    expect((await actorBehind(auth, fresh))?.provedAt).toEqual(clock.now)
    const again = await post(auth, '/step-up/passkey', { cookie: fresh, body })
    expect(await again.json()).toMatchObject({ code: 'passkey_wrong' })
  })

  test('of a session that is ended meanwhile is none', async () => {
    await using place = await signedIn()
    const { auth, cookie, code } = place
    const { db } = place.database
    const end = { ended_at: new Date(), ended_because: 'ended_by_owner' } as const

    const answer = await raceIntoChange(
      db,
      (trx) => trx.updateTable('session').set(end).execute(),
      () => post(auth, '/step-up/code', { cookie, body: { code: code(1) } }),
    )

    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ code: 'signed_out' })
    expect(await entriesIn(db)).not.toContain('session.step_up done')
  })
})

describe('a step-up by password', () => {
  test('is for people who have nothing else', async () => {
    await using database = await testDatabase()
    await hire(database.db, INES, ['support'])
    const { auth, clock } = doorOf(database.db)
    const cookie = await cookieOf(auth, { email: INES })
    clock.now = new Date(clock.now.getTime() + 6 * 60_000)
    expect((await actorBehind(auth, cookie))?.stepUpWays).toEqual(['password'])

    const wrong = await post(auth, '/step-up/password', { cookie, body: { password: 'wrong' } })
    expect(await wrong.json()).toMatchObject({ code: 'password_wrong' })
    const right = await post(auth, '/step-up/password', { cookie, body: { password: PASSWORD } })

    expect(right.status).toBe(204)
    expect((await actorBehind(auth, asCookieHeader(right)))?.provedAt).toEqual(clock.now)
  })

  test('is refused where passwords are off', async () => {
    await using database = await testDatabase()
    await hire(database.db, INES, ['support'])
    const cookie = await cookieOf(doorOf(database.db).auth, { email: INES })
    const { auth } = doorOf(database.db, { passwordSignIn: false })
    expect((await actorBehind(auth, cookie))?.stepUpWays).toEqual(['sign_in'])
    const answer = await post(auth, '/step-up/password', { cookie, body: { password: PASSWORD } })
    expect(answer.status).toBe(403)
    expect((await entriesIn(database.db)).at(-1)).toBe('session.step_up refused: passwords are off')
  })
})

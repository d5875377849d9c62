import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { raceForRow } from '../testing/race.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { authenticatorCode } from './authenticator.ts'
import { auditOf, profilesOf, type Session } from './profile.fixtures.ts'
import { judgeCode } from './second-factors.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

describe('adding an app', () => {
  test('takes a secret that is told once, then a first code, and answers ten recovery codes', async () => {
    const desk = profilesOf(database.db)
    const { session } = await desk.join('ada+1@shop.example')
    const profile = await session.profile()

    const { secret, uri } = await profile.startAuthenticator()
    expect(secret).toMatch(/^[A-Z2-7]{32}$/)
    expect(uri).toBe(
      `otpauth://totp/SpacePay%20Desk:ada%2B1%40shop.example?issuer=SpacePay%20Desk&secret=${secret}&algorithm=SHA1&digits=6&period=30`,
    )
    expect(await profile.read()).toMatchObject({ authenticator: null, recoveryCodes: null })

    const code = authenticatorCode(secret, desk.clock.now)
    const { recoveryCodes } = await profile.confirmAuthenticator({ code })
    expect(recoveryCodes).toHaveLength(10)
    const at = desk.clock.now.toISOString()
    const told = await profile.read()
    expect(told).toMatchObject({
      authenticator: { addedAt: at },
      recoveryCodes: { left: 10, madeAt: at },
    })
    expect(JSON.stringify(told)).not.toContain(secret)
  })

  test('keeps the secret sealed, and out of the audit log', async () => {
    await using own = await testDatabase()
    const desk = profilesOf(own.db)
    const { session } = await desk.join('sealed@shop.example')
    const { secret, recoveryCodes } = await enrol(session, desk.clock)
    const rows = await Promise.all([
      own.db.selectFrom('authenticator').selectAll().execute(),
      own.db.selectFrom('recovery_code').selectAll().execute(),
      own.db.selectFrom('audit_entry').selectAll().execute(),
    ])
    const stored = JSON.stringify(rows)
    for (const told of [secret, ...(recoveryCodes ?? [])]) expect(stored).not.toContain(told)
    expect(await auditOf(own.db)).toEqual([
      ['factor.add_authenticator', 'done', null],
      ['factor.make_recovery_codes', 'done', null],
    ])
  })

  test('refuses a wrong code and leaves the other sessions and the log of changes as they were', async () => {
    await using own = await testDatabase()
    const desk = profilesOf(own.db)
    const { userId, session } = await desk.join('wrong@shop.example')
    const other = await desk.signIn(userId)
    const profile = await session.profile()
    const { secret } = await profile.startAuthenticator()
    const tooOld = authenticatorCode(secret, new Date(desk.clock.now.getTime() - 90_000))

    await expect(profile.confirmAuthenticator({ code: tooOld })).rejects.toMatchObject({
      code: 'UNPROCESSABLE_CONTENT',
      cause: { code: 'code_wrong' },
    })

    expect(await other.presence()).toMatchObject({ actor: { userId } })
    expect(await profile.read()).toMatchObject({ authenticator: null })
    expect(await auditOf(own.db)).toEqual([
      ['call.refuse', 'refused', expect.stringContaining('not right')],
    ])
  })

  test('refuses a code where no app is being added', async () => {
    const { session } = await profilesOf(database.db).join('early@shop.example')
    await expect(
      (await session.profile()).confirmAuthenticator({ code: '123456' }),
    ).rejects.toMatchObject({ cause: { code: 'authenticator_not_started' } })
  })

  test('uses the first code up', async () => {
    const desk = profilesOf(database.db)
    const { userId, session } = await desk.join('firstcode@shop.example')
    const { secret } = await enrol(session, desk.clock)
    const code = authenticatorCode(secret, desk.clock.now)
    expect(
      await database.db
        .transaction()
        .execute((trx) => judgeCode(trx, desk.factorKeys, { userId, code, at: desk.clock.now })),
    ).toEqual({ ok: false, because: 'already_used' })
  })

  test('ends the other sessions and half-way sign-ins, and tells their browsers why', async () => {
    const desk = profilesOf(database.db)
    const { userId, session } = await desk.join('others@shop.example')
    const other = await desk.signIn(userId)
    await insertPending(userId, desk.clock.now)
    await enrol(session, desk.clock)

    expect(await other.presence()).toMatchObject({ actor: null, sessionEnd: 'factors_changed' })
    expect(await session.presence()).toMatchObject({ actor: { userId } })
    expect(await pendingOf(userId)).toEqual([])
    expect(await (await session.profile()).sessions()).toMatchObject([{ factor: 'authenticator' }])
  })

  test('in place of another keeps the old one in use until the new one showed a code', async () => {
    const desk = profilesOf(database.db)
    const { userId, session } = await desk.join('replace@shop.example', { roles: ['approver'] })
    const old = await enrol(session, desk.clock)
    desk.clock.now = later(desk.clock.now, 120_000)
    const profile = await session.profile()
    const { secret } = await profile.startAuthenticator()
    const judge = (held: string) =>
      database.db.transaction().execute((trx) =>
        judgeCode(trx, desk.factorKeys, {
          userId,
          code: authenticatorCode(held, desk.clock.now),
          at: desk.clock.now,
        }),
      )
    expect(await judge(old.secret)).toMatchObject({ ok: true })
    expect(await judge(secret)).toMatchObject({ ok: false, because: 'wrong' })

    const code = authenticatorCode(secret, desk.clock.now)
    expect(await profile.confirmAuthenticator({ code })).toEqual({ recoveryCodes: null })
    desk.clock.now = later(desk.clock.now, 60_000)
    expect(await judge(old.secret)).toMatchObject({ ok: false, because: 'wrong' })
    expect(await judge(secret)).toMatchObject({ ok: true })
  })

  test('asks for a proof of the last five minutes', async () => {
    const desk = profilesOf(database.db)
    const { session } = await desk.join('stale@shop.example')
    desk.clock.now = later(desk.clock.now, 5 * 60_000 + 1)
    const profile = await session.profile()
    for (const call of [
      profile.startAuthenticator(),
      profile.confirmAuthenticator({ code: '123456' }),
      profile.removeAuthenticator(),
      profile.passkeyOptions(),
      profile.addPasskey({ name: 'Key', response: {} }),
      profile.removePasskey({ id: 'x' }),
      profile.makeRecoveryCodes(),
    ]) {
      await expect(call).rejects.toMatchObject({ cause: { code: 'step_up_required' } })
    }
  })
})

describe('removing the app', () => {
  test('takes the recovery codes along, and is written down', async () => {
    await using own = await testDatabase()
    const desk = profilesOf(own.db)
    const { session } = await desk.join('remove@shop.example')
    await enrol(session, desk.clock)
    const profile = await session.profile()
    await profile.removeAuthenticator()
    expect(await profile.read()).toMatchObject({ authenticator: null, recoveryCodes: null })
    expect((await auditOf(own.db)).at(-1)).toEqual(['factor.remove_authenticator', 'done', null])
    await expect(profile.removeAuthenticator()).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('is refused where an approver or an admin would be left without a factor', async () => {
    const desk = profilesOf(database.db)
    for (const role of ['approver', 'admin'] as const) {
      const { session } = await desk.join(`${role}@forced.example`, { roles: ['support', role] })
      await enrol(session, desk.clock)
      const profile = await session.profile()
      await expect(profile.removeAuthenticator()).rejects.toMatchObject({
        code: 'CONFLICT',
        cause: { code: 'last_factor' },
      })
      expect(await profile.read()).toMatchObject({
        isFactorForced: true,
        authenticator: { addedAt: expect.any(String) },
        recoveryCodes: { left: 10 },
      })
    }
  })

  test('by two at once, with a passkey beside it, leaves an approver one factor', async () => {
    const desk = profilesOf(database.db)
    const { userId, session } = await desk.join('race@forced.example', { roles: ['approver'] })
    await enrol(session, desk.clock)
    const passkey = { id: 'cGFzc2tleQ', user_id: userId, name: 'Key', public_key: Buffer.alloc(1) }
    await database.db
      .insertInto('passkey')
      .values({
        ...passkey,
        sign_count: 0,
        transports: [],
        backed_up: false,
        created_at: new Date(),
      })
      .execute()
    const profile = await session.profile()

    const outcomes = await raceForRow(database.db, { table: 'person', id: userId }, [
      () => profile.removeAuthenticator(),
      () => profile.removePasskey({ id: passkey.id }),
    ])

    expect(outcomes.filter(({ status }) => status === 'rejected')).toMatchObject([
      { reason: { cause: { code: 'last_factor' } } },
    ])
  })
})

describe('new recovery codes', () => {
  test('void the old ones', async () => {
    const desk = profilesOf(database.db)
    const { userId, session } = await desk.join('codes@shop.example')
    const { recoveryCodes: old } = await enrol(session, desk.clock)
    const { recoveryCodes } = await (await session.profile()).makeRecoveryCodes()
    const judge = (code = '') =>
      database.db
        .transaction()
        .execute((trx) => judgeCode(trx, desk.factorKeys, { userId, code, at: desk.clock.now }))
    expect(await judge(old?.[0])).toMatchObject({ ok: false })
    expect(await judge(recoveryCodes[0])).toEqual({ ok: true, factor: 'recovery_code' })
    expect(await (await session.profile()).read()).toMatchObject({ recoveryCodes: { left: 9 } })
  })

  test('are not made for people without a factor', async () => {
    const { session } = await profilesOf(database.db).join('nofactor@shop.example')
    await expect((await session.profile()).makeRecoveryCodes()).rejects.toMatchObject({
      cause: { code: 'no_factor' },
    })
  })
})

async function enrol(session: Session, clock: { readonly now: Date }) {
  const profile = await session.profile()
  const { secret } = await profile.startAuthenticator()
  const code = authenticatorCode(secret, clock.now)
  return { secret, ...(await profile.confirmAuthenticator({ code })) }
}

function later(from: Date, ms: number): Date {
  return new Date(from.getTime() + ms)
}

async function insertPending(userId: string, at: Date): Promise<void> {
  const pending = { id: userId, token: userId, user_id: userId, method: 'password' } as const
  await database.db
    .insertInto('pending_sign_in')
    .values({ ...pending, created_at: at, expires_at: later(at, 60_000) })
    .execute()
}

async function pendingOf(userId: string) {
  return database.db
    .selectFrom('pending_sign_in')
    .select('id')
    .where('user_id', '=', userId)
    .execute()
}

import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { raceForRow } from '../testing/race.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { findPasswordHash } from './people.queries.ts'
import { auditOf, profilesOf } from './profile.fixtures.ts'

// Password hashing is slow by design, and slower on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const current = 'correct horse battery'
const next = 'staple of unrelated words'

let database: TestDatabase
let passwordHash: string
beforeAll(async () => {
  database = await testDatabase()
  passwordHash = await hashPassword(current)
})
afterAll(() => database[Symbol.asyncDispose]())

describe('changing the password', () => {
  test('ends the other sessions and half-way sign-ins, and keeps this one', async () => {
    await using own = await testDatabase()
    const desk = profilesOf(own.db)
    const { userId, session } = await desk.join('ada@shop.example', { passwordHash })
    const other = await desk.signIn(userId)

    await (await session.profile()).changePassword({ current, next })

    const hash = (await findPasswordHash(own.db, userId)) ?? ''
    expect(await verifyPassword({ hash, password: next })).toBe(true)
    expect(await other.presence()).toMatchObject({ actor: null, sessionEnd: 'password_changed' })
    expect(await session.presence()).toMatchObject({ actor: { userId } })
    expect(await auditOf(own.db)).toEqual([['person.change_password', 'done', null]])
    const log = await own.db.selectFrom('audit_entry').selectAll().execute()
    expect(JSON.stringify(log)).not.toMatch(/staple|battery|scrypt/)
  })

  test.each([
    ['the wrong current one', { current: 'not my password', next }, 'password_wrong'],
    ['the same again', { current, next: current }, 'password_same'],
    ['a short one', { current, next: 'short' }, 'password_weak'],
    ['one everybody tries', { current, next: 'password1234' }, 'password_weak'],
    ['their own address', { current, next: 'weak-shop-example' }, 'password_weak'],
  ])('is refused with %s, in words, and written down', async (_, input, code) => {
    await using own = await testDatabase()
    const desk = profilesOf(own.db)
    const { userId, session } = await desk.join('weak@shop.example', { passwordHash })
    const other = await desk.signIn(userId)
    const call = (await session.profile()).changePassword(input)
    await expect(call).rejects.toMatchObject({
      code: 'UNPROCESSABLE_CONTENT',
      cause: { code },
    })
    expect(await findPasswordHash(own.db, userId)).toBe(passwordHash)
    expect(await other.presence()).toMatchObject({ actor: { userId } })
    expect(await auditOf(own.db)).toMatchObject([['call.refuse', 'refused', expect.any(String)]])
    const log = await own.db.selectFrom('audit_entry').selectAll().execute()
    expect(JSON.stringify(log)).not.toContain(input.next)
  })

  test('is held back after five wrong ones in this session, and not in another', async () => {
    const desk = profilesOf(database.db)
    const { userId, session } = await desk.join('guess@shop.example', { passwordHash })
    const other = await desk.signIn(userId)
    const guess = async (from: typeof session) =>
      (await from.profile()).changePassword({ current: 'a wrong password', next })
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      await expect(guess(session)).rejects.toMatchObject({ cause: { code: 'password_wrong' } })
    }
    await expect((await session.profile()).changePassword({ current, next })).rejects.toMatchObject(
      { code: 'TOO_MANY_REQUESTS', cause: { code: 'held_back' } },
    )
    await (await other.profile()).changePassword({ current, next })
  })

  test('is refused for people who have none', async () => {
    const { session } = await profilesOf(database.db).join('sso@shop.example')
    await expect((await session.profile()).changePassword({ current, next })).rejects.toMatchObject(
      { code: 'CONFLICT', cause: { code: 'no_password' } },
    )
  })

  test.each([
    ['two sessions', { isSame: false, code: 'session_over' }],
    ['two tabs of one session', { isSame: true, code: 'password_changed' }],
  ])('from %s at once is done by one of them', async (name, { isSame, code }) => {
    const desk = profilesOf(database.db)
    const email = `${name.replaceAll(' ', '-')}@shop.example`
    const { userId, session } = await desk.join(email, { passwordHash })
    const other = isSame ? session : await desk.signIn(userId)
    const profiles = [await session.profile(), await other.profile()]

    const outcomes = await raceForRow(
      database.db,
      { table: 'person', id: userId },
      profiles.map(
        (profile, index) => () => profile.changePassword({ current, next: `${next} ${index}` }),
      ),
    )

    expect(outcomes.filter(({ status }) => status === 'rejected')).toMatchObject([
      { reason: { code: 'CONFLICT', cause: { code } } },
    ])
  })
})

describe('changing the name', () => {
  test('shows at once, and the log has both', async () => {
    await using own = await testDatabase()
    const { session } = await profilesOf(own.db).join('name@shop.example')
    await (await session.profile()).changeName({ name: ' Ada Lovelace ' })
    expect(await (await session.profile()).read()).toMatchObject({ name: 'Ada Lovelace' })
    await (await session.profile()).changeName({ name: 'Ada Lovelace' })
    const log = await own.db
      .selectFrom('audit_entry')
      .select(['action', 'before', 'after', 'subject_kind', 'subject_label'])
      .execute()
    expect(log).toEqual([
      {
        action: 'person.change_name',
        before: '{"name":"Grace Hopper"}',
        after: '{"name":"Ada Lovelace"}',
        subject_kind: 'person',
        subject_label: 'name@shop.example',
      },
    ])
  })

  test.each(['', '   ', 'x'.repeat(61), 'a\0b'])('to %j is refused', async (name) => {
    await using own = await testDatabase()
    const { session } = await profilesOf(own.db).join('noname@shop.example')
    await expect((await session.profile()).changeName({ name })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { type Bent, softPasskey } from './passkey.fixtures.ts'
import { profilesOf, type Session } from './profile.fixtures.ts'

const here = { origin: 'https://desk.example', rpId: 'desk.example' }

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

describe('adding a passkey', () => {
  test('keeps it under its name, with recovery codes at the first one only', async () => {
    const desk = profilesOf(database.db)
    const { session } = await desk.join('first@shop.example')
    const first = await add(session, { name: '  Laptop ' })
    expect(first.recoveryCodes).toHaveLength(10)
    desk.clock.now = new Date(desk.clock.now.getTime() + 60_000)
    const second = await add(session, { name: 'Key' })
    expect(second.recoveryCodes).toBeNull()

    const { passkeys, recoveryCodes } = await (await session.profile()).read()
    expect(passkeys).toMatchObject([
      { name: 'Laptop', lastUsedAt: null, isBackedUp: false },
      { name: 'Key', lastUsedAt: null },
    ])
    expect(recoveryCodes).toMatchObject({ left: 10 })
  })

  test('asks for one that is new, verified and bound to this Desk', async () => {
    const { session, userId } = await profilesOf(database.db).join('asked@shop.example')
    await add(session)
    const [held] = (await (await session.profile()).read()).passkeys
    const { options } = await (await session.profile()).passkeyOptions()
    expect(options).toMatchObject({
      rp: { id: 'desk.example', name: 'SpacePay Desk' },
      user: { id: Buffer.from(userId).toString('base64url'), name: 'asked@shop.example' },
      authenticatorSelection: { userVerification: 'required' },
      attestation: 'none',
      excludeCredentials: [{ id: held?.id }],
    })
  })

  test.each<[string, Bent]>([
    ['for another origin', { origin: 'https://evil.example' }],
    ['for another site', { rpId: 'evil.example' }],
    ['for another question', { challenge: 'b3RoZXI' }],
    ['without verifying who holds it', { isUserVerified: false }],
    ['by signing in instead', { type: 'webauthn.get' }],
  ])('made %s is refused, and its question is used up', async (name, bent) => {
    const { session } = await profilesOf(database.db).join(`${name.replaceAll(' ', '-')}@x.example`)
    const profile = await session.profile()
    const passkey = softPasskey(here)
    const { options } = await profile.passkeyOptions()
    const attempt = (how: Bent) =>
      profile.addPasskey({ name: 'Key', response: passkey.create(options, how) })

    await expect(attempt(bent)).rejects.toMatchObject({ cause: { code: 'passkey_wrong' } })
    await expect(attempt({})).rejects.toThrow(/not asked for/)
    expect((await profile.read()).passkeys).toEqual([])
  })

  test('that belongs to somebody, oneself or another, is refused', async () => {
    const desk = profilesOf(database.db)
    const [ada, eve] = [await desk.join('ada@shop.example'), await desk.join('eve@shop.example')]
    const passkey = softPasskey(here)
    await add(ada.session, { passkey })
    for (const { session } of [ada, eve]) {
      await expect(add(session, { passkey })).rejects.toMatchObject({
        code: 'CONFLICT',
        cause: { code: 'passkey_known' },
      })
    }
    expect((await (await eve.session.profile()).read()).recoveryCodes).toBeNull()
  })

  test('answers only the session that asked', async () => {
    const desk = profilesOf(database.db)
    const { userId, session } = await desk.join('two@shop.example')
    const other = await desk.signIn(userId)
    const { options } = await (await session.profile()).passkeyOptions()
    const response = softPasskey(here).create(options)
    await expect(
      (await other.profile()).addPasskey({ name: 'Key', response }),
    ).rejects.toMatchObject({ cause: { code: 'passkey_wrong' } })
  })

  test('with an answer of a megabyte, or none at all, is refused in words', async () => {
    const { session } = await profilesOf(database.db).join('junk@shop.example')
    const profile = await session.profile()
    for (const response of [undefined, null, 'x'.repeat(1_000_000), { id: 'x' }]) {
      await profile.passkeyOptions()
      await expect(profile.addPasskey({ name: 'Key', response })).rejects.toMatchObject({
        code: 'UNPROCESSABLE_CONTENT',
      })
    }
  })

  test('ends the other sessions, tells them why, and counts in this one', async () => {
    const desk = profilesOf(database.db)
    const { userId, session } = await desk.join('ends@shop.example')
    const other = await desk.signIn(userId)
    await add(session)
    expect(await other.presence()).toMatchObject({ actor: null, sessionEnd: 'factors_changed' })
    expect(await (await session.profile()).sessions()).toMatchObject([
      { isThis: true, factor: 'passkey' },
    ])
  })
})

describe('removing a passkey', () => {
  test('takes the recovery codes along with the last factor', async () => {
    const { session } = await profilesOf(database.db).join('removes@shop.example')
    await add(session)
    const profile = await session.profile()
    const [passkey] = (await profile.read()).passkeys
    await profile.removePasskey({ id: passkey?.id ?? '' })
    expect(await profile.read()).toMatchObject({ passkeys: [], recoveryCodes: null })
  })

  test('of somebody else is refused as unknown', async () => {
    const desk = profilesOf(database.db)
    const { session } = await desk.join('owner@shop.example')
    await add(session)
    const [passkey] = (await (await session.profile()).read()).passkeys
    const eve = await desk.join('thief@shop.example')
    await expect(
      (await eve.session.profile()).removePasskey({ id: passkey?.id ?? '' }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND', cause: { code: 'passkey_unknown' } })
    expect((await (await session.profile()).read()).passkeys).toHaveLength(1)
  })

  test('is refused where it is the last factor of an approver', async () => {
    const roles = ['approver'] as const
    const { session } = await profilesOf(database.db).join('last@shop.example', { roles })
    await add(session)
    await add(session)
    const profile = await session.profile()
    const [one, two] = (await profile.read()).passkeys
    await profile.removePasskey({ id: one?.id ?? '' })
    await expect(profile.removePasskey({ id: two?.id ?? '' })).rejects.toMatchObject({
      code: 'CONFLICT',
      cause: { code: 'last_factor' },
    })
    expect(await profile.read()).toMatchObject({
      isFactorForced: true,
      passkeys: [{ id: two?.id }],
      recoveryCodes: { left: 10 },
    })
  })
})

async function add(
  session: Session,
  { name = 'Key', passkey = softPasskey(here) } = {},
): Promise<{ recoveryCodes: string[] | null }> {
  const profile = await session.profile()
  const { options } = await profile.passkeyOptions()
  return profile.addPasskey({ name, response: passkey.create(options) })
}

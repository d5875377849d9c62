import { describe, expect, test, vi } from 'vitest'
import { roles } from '@desk/shared/identity/roles'
import type { Db } from '../database.ts'
import { testDatabase } from '../testing/test-database.ts'
import { authenticatorCode, newAuthenticatorSecret } from './authenticator.ts'
import { demoAuthenticatorSecret } from './demo-factors.ts'
import { DEMO_PASSWORD, demoPeople, seedDemoPeople } from './demo-people.ts'
import { greetingOf } from './greeting.ts'
import { actorBehind, asCookieHeader, doorOf, knock, post } from './identity.fixtures.ts'
import { factorKeys } from './second-factors.ts'

// Password hashing is slow by design, and slower on a busy machine.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

const encryptionKey = 'test encryption key'
const seeding = { now: () => new Date(), encryptionKey }

describe('demo people', () => {
  test('are five, one per role, and each signs in with exactly that role and a second factor', async () => {
    await using database = await testDatabase()
    await seedDemoPeople(database.db, true, seeding)
    const { auth, clock } = doorOf(database.db, { demo: true })
    expect(demoPeople.map((person) => person.email)).toEqual([
      'support@desk.test',
      'finance@desk.test',
      'approver@desk.test',
      'admin@desk.test',
      'auditor@desk.test',
    ])
    for (const { email, role, name } of demoPeople) {
      const first = await knock(auth, { email, password: DEMO_PASSWORD })
      expect(await first.json()).toEqual({ next: 'second_factor', ways: ['authenticator'] })
      const second = await post(auth, '/sign-in/code', {
        cookie: asCookieHeader(first),
        body: { code: authenticatorCode(demoAuthenticatorSecret(email), clock.now) },
      })
      expect(second.status).toBe(204)
      expect(await actorBehind(auth, asCookieHeader(second))).toMatchObject({
        email,
        name,
        roles: [role],
        mustEnrol: false,
      })
    }
  })

  test('are seeded once, by two Desks at once and again at every start', async () => {
    await using database = await testDatabase()
    const { db } = database
    await Promise.all([seedDemoPeople(db, true, seeding), seedDemoPeople(db, true, seeding)])
    await seedDemoPeople(db, true, seeding)
    expect(await db.selectFrom('person').select('email').execute()).toHaveLength(roles.length)
    expect(await db.selectFrom('password').select('hash').execute()).toHaveLength(roles.length)
    expect(await db.selectFrom('person_role').select('role').execute()).toHaveLength(roles.length)
    expect(await db.selectFrom('authenticator').select('user_id').execute()).toHaveLength(
      roles.length,
    )
  })

  test('of a demo without second factors get theirs at the next start', async () => {
    await using database = await testDatabase()
    const { db } = database
    await seedDemoPeople(db, true, seeding)
    await db.deleteFrom('authenticator').execute()
    await seedDemoPeople(db, true, seeding)
    expect(await secretsHeld(db)).toEqual(
      demoPeople.map(({ email }) => [email, demoAuthenticatorSecret(email)]),
    )
  })

  test('who put an app of their own into use keep it', async () => {
    await using database = await testDatabase()
    const { db } = database
    await seedDemoPeople(db, true, seeding)
    const { id } = await db
      .selectFrom('person')
      .select('id')
      .where('email', '=', 'admin@desk.test')
      .executeTakeFirstOrThrow()
    const own = newAuthenticatorSecret()
    await db
      .updateTable('authenticator')
      .set({ sealed_secret: factorKeys(encryptionKey).sealer.seal(own, id) })
      .where('user_id', '=', id)
      .execute()
    await seedDemoPeople(db, true, seeding)
    expect(new Map(await secretsHeld(db)).get('admin@desk.test')).toBe(own)
  })

  test('have secrets that differ, and nobody else has one that is known', () => {
    const secrets = demoPeople.map(({ email }) => demoAuthenticatorSecret(email))
    expect(new Set(secrets).size).toBe(roles.length)
    expect(() => demoAuthenticatorSecret('admin@shop.example')).toThrow(/Only demo people/)
  })

  test('cannot be seeded where the demo is off', async () => {
    await using database = await testDatabase()
    await expect(seedDemoPeople(database.db, false, seeding)).rejects.toThrow(/own sandbox/)
    expect(await database.db.selectFrom('person').select('id').execute()).toEqual([])
  })

  test('are locked out of a database that once was a demo, sessions included', async () => {
    await using database = await testDatabase()
    await seedDemoPeople(database.db, true, seeding)
    const demo = doorOf(database.db, { demo: true })
    const entered = await post(demo.auth, '/sign-in/demo', { body: { email: 'admin@desk.test' } })
    expect(entered.status).toBe(204)
    const cookie = asCookieHeader(entered)

    const live = doorOf(database.db, { demo: false })

    expect(await actorBehind(live.auth, cookie)).toBeNull()
    for (const email of ['admin@desk.test', 'ADMIN@Desk.Test']) {
      const response = await knock(live.auth, { email, password: DEMO_PASSWORD })
      expect(response.status).toBe(401)
      expect(await response.json()).toMatchObject({ message: 'E-mail or password is wrong.' })
    }
  })
})

/** Whose app holds which secret, in the order of the roles. */
async function secretsHeld(db: Db): Promise<[string, string][]> {
  const held = await db
    .selectFrom('authenticator')
    .innerJoin('person', 'person.id', 'authenticator.user_id')
    .select(['person.id', 'person.email', 'authenticator.sealed_secret as sealed'])
    .execute()
  const { sealer } = factorKeys(encryptionKey)
  return demoPeople.flatMap(({ email }) =>
    held
      .filter((row) => row.email === email)
      .map(({ id, sealed }): [string, string] => [email, sealer.open(sealed, id)]),
  )
}

describe('the greeting', () => {
  const surroundings = {
    demo: false,
    spacepayBaseUrl: new URL('https://api.spacepay.example'),
    spacepaySecretKey: 'sk_live_canary',
    signIn: { password: true, singleSignOn: null },
    sandboxUrl: null,
  }

  test('offers the demo sign-ins only where the demo is on', () => {
    const sandboxUrl = new URL('http://127.0.0.1:4010')
    expect(greetingOf({ ...surroundings, demo: true, sandboxUrl }).demo).toMatchObject({
      people: [{ email: 'support@desk.test', role: 'support' }, {}, {}, {}, {}],
    })
    const live = greetingOf({ ...surroundings, sandboxUrl })
    expect(live.demo).toBeNull()
    expect(JSON.stringify(live)).not.toMatch(/desk-demo|desk\.test|4010/)
  })

  test('never says anything of the secret key', () => {
    expect(JSON.stringify(greetingOf(surroundings))).not.toContain('canary')
  })

  test.each([
    ['https://api.spacepay.example', 'sk_live_x', 'live'],
    ['https://api.spacepay.example', 'whatever', 'live'],
    ['https://api.testnet.spacepay.example', 'sk_live_x', 'testnet'],
    ['https://api.spacepay.example', 'sk_test_x', 'testnet'],
    ['https://api.spacepay.example/testnet', 'sk_live_x', 'live'],
  ])('%s with key %s is %s', (url, spacepaySecretKey, environment) => {
    const spacepayBaseUrl = new URL(url)
    expect(greetingOf({ ...surroundings, spacepayBaseUrl, spacepaySecretKey }).environment).toBe(
      environment,
    )
  })
})

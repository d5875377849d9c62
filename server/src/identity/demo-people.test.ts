import { describe, expect, test, vi } from 'vitest'
import { roles } from '@desk/shared/identity/roles'
import { testDatabase } from '../testing/test-database.ts'
import { DEMO_PASSWORD, demoPeople, seedDemoPeople } from './demo-people.ts'
import { greetingOf } from './greeting.ts'
import { actorBehind, cookieOf, doorOf, knock } from './identity.fixtures.ts'

// Password hashing is slow by design, and slower on a busy machine.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

const now = () => new Date()

describe('demo people', () => {
  test('are five, one per role, and each signs in with exactly that role', async () => {
    await using database = await testDatabase()
    await seedDemoPeople(database.db, true, { now })
    const { auth } = doorOf(database.db, { demo: true })
    expect(demoPeople.map((person) => person.email)).toEqual([
      'support@desk.test',
      'finance@desk.test',
      'approver@desk.test',
      'admin@desk.test',
      'auditor@desk.test',
    ])
    for (const { email, role, name } of demoPeople) {
      const cookie = await cookieOf(auth, { email, password: DEMO_PASSWORD })
      expect(await actorBehind(auth, cookie)).toMatchObject({ email, name, roles: [role] })
    }
  })

  test('are seeded once, by two Desks at once and again at every start', async () => {
    await using database = await testDatabase()
    const { db } = database
    await Promise.all([seedDemoPeople(db, true, { now }), seedDemoPeople(db, true, { now })])
    await seedDemoPeople(db, true, { now })
    expect(await db.selectFrom('person').select('email').execute()).toHaveLength(roles.length)
    expect(await db.selectFrom('password').select('id').execute()).toHaveLength(roles.length)
    expect(await db.selectFrom('person_role').select('role').execute()).toHaveLength(roles.length)
  })

  test('cannot be seeded where the demo is off', async () => {
    await using database = await testDatabase()
    await expect(seedDemoPeople(database.db, false, { now })).rejects.toThrow(/own sandbox/)
    expect(await database.db.selectFrom('person').select('id').execute()).toEqual([])
  })

  test('are locked out of a database that once was a demo, sessions included', async () => {
    await using database = await testDatabase()
    await seedDemoPeople(database.db, true, { now })
    const demo = doorOf(database.db, { demo: true })
    const cookie = await cookieOf(demo.auth, { email: 'admin@desk.test', password: DEMO_PASSWORD })

    const live = doorOf(database.db, { demo: false })

    expect(await actorBehind(live.auth, cookie)).toBeNull()
    for (const email of ['admin@desk.test', 'ADMIN@Desk.Test']) {
      const response = await knock(live.auth, { email, password: DEMO_PASSWORD })
      expect(response.status).toBe(401)
      expect(await response.json()).toEqual({ message: 'E-mail or password is wrong.' })
    }
  })
})

describe('the greeting', () => {
  const surroundings = {
    demo: false,
    spacepayBaseUrl: new URL('https://api.spacepay.example'),
    spacepaySecretKey: 'sk_live_canary',
    businessZone: 'Europe/London',
    sandboxUrl: null,
  }

  test('offers the demo sign-ins only where the demo is on', () => {
    const sandboxUrl = new URL('http://127.0.0.1:4010')
    expect(greetingOf({ ...surroundings, demo: true, sandboxUrl }).demo).toMatchObject({
      password: DEMO_PASSWORD,
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

import { type KyselyPlugin } from 'kysely'
import { describe, expect, test, vi } from 'vitest'
import { actorBehind, doorOf, entriesIn, signedIn } from './identity.fixtures.ts'

// Password hashing is slow by design, and slower on a busy machine.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

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

  test('that its person ended themselves by signing out is nothing to write down', async () => {
    await using place = await signedIn()
    const { auth, cookie, database } = place
    const end = { ended_at: new Date(), ended_because: 'signed_out' } as const
    await database.db.updateTable('session').set(end).execute()
    expect(await actorBehind(auth, cookie)).toBeNull()
    expect(await entriesIn(database.db)).toEqual(['session.sign_in done'])
  })
})

describe('a session that is valid', () => {
  test('costs one statement a request', async () => {
    await using place = await signedIn()
    const { cookie, database } = place
    let statements = 0
    const counting: KyselyPlugin = {
      transformQuery: ({ node }) => {
        statements += 1
        return node
      },
      transformResult: async ({ result }) => result,
    }
    const { auth, clock } = doorOf(database.db.withPlugin(counting))
    clock.now = place.clock.now
    expect(await actorBehind(auth, cookie)).not.toBeNull()
    expect(statements).toBe(1)
  })
})

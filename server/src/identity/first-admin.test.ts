import { describe, expect, test, vi } from 'vitest'
import type { Db } from '../database.ts'
import { testDatabase } from '../testing/test-database.ts'
import type { Auth } from './auth.ts'
import { firstAdminLink } from './first-admin.ts'
import { actorBehind, asCookieHeader, doorOf, hire, post, PASSWORD } from './identity.fixtures.ts'

// Password hashing is slow by design, and slower on a busy machine.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

const EMAIL = 'noor@shop.example'
const accepting = { name: 'Noor', password: PASSWORD }
const hours = (n: number) => n * 3_600_000

describe('the first admin', () => {
  test('is made by one link, the same for every Desk and start until it is used', async () => {
    await using database = await testDatabase()
    const desks = [doorOf(database.db), doorOf(database.db)] as const
    const made = await Promise.all(
      [...desks, ...desks].map(({ auth, clock }) => linkOf(database.db, auth, clock.now)),
    )
    expect(new Set(made).size).toBe(1)
    const { auth } = desks[0]
    const token = tokenIn(made[0] ?? '')
    const body = { ...accepting, token, email: EMAIL }
    const joined = await post(auth, '/invitation/accept', { body })
    expect(await actorBehind(auth, asCookieHeader(joined))).toMatchObject({
      roles: ['admin'],
      mustEnrol: true,
    })
    expect(await linkOf(database.db, auth, new Date())).toBeNull()
    expect((await post(auth, '/invitation/accept', { body })).status).toBe(410)
  })

  test('is not made a second time by a link of before', async () => {
    await using database = await testDatabase()
    const { auth, clock } = doorOf(database.db)
    const link = await linkOf(database.db, auth, clock.now)
    await hire(database.db, 'boss@shop.example', ['admin'])
    const body = { ...accepting, token: tokenIn(link ?? ''), email: EMAIL }
    const answer = await post(auth, '/invitation/accept', { body })
    expect(answer.status).toBe(410)
    expect(await answer.json()).toMatchObject({ code: 'set_up_already' })
  })

  test('gets a new link when a day went by', async () => {
    await using database = await testDatabase()
    const { auth, clock } = doorOf(database.db)
    const first = await linkOf(database.db, auth, clock.now)
    const later = new Date(clock.now.getTime() + hours(24))
    expect(await linkOf(database.db, auth, later)).not.toBe(first)
  })

  test('is asked for anew where single sign-on is gone and the only admin came by it alone', async () => {
    await using database = await testDatabase()
    const { db } = database
    const { auth, clock } = doorOf(db)
    await hire(db, 'boss@shop.example', ['admin'])
    expect(await linkOf(db, auth, clock.now)).toBeNull()

    await db.deleteFrom('password').execute()
    const links = auth.invitationLinks
    expect(await firstAdminLink(db, { links, hasSingleSignOn: true }, clock.now)).toBeNull()
    const link = await linkOf(db, auth, clock.now)
    const body = { ...accepting, token: tokenIn(link ?? ''), email: EMAIL }
    expect((await post(auth, '/invitation/accept', { body })).status).toBe(204)
    expect(await linkOf(db, auth, clock.now)).toBeNull()
  })

  test('has to say an e-mail address', async () => {
    await using database = await testDatabase()
    const { auth, clock } = doorOf(database.db)
    const link = await linkOf(database.db, auth, clock.now)
    const body = { ...accepting, token: tokenIn(link ?? '') }
    const answer = await post(auth, '/invitation/accept', { body })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ field: 'email' })
  })
})

function linkOf(db: Db, { invitationLinks }: Auth, at: Date): Promise<string | null> {
  return firstAdminLink(db, { links: invitationLinks, hasSingleSignOn: false }, at)
}

function tokenIn(link: string): string {
  return new URL(link).hash.slice(1)
}

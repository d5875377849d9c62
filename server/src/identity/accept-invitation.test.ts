import { describe, expect, test, vi } from 'vitest'
import type { Role } from '@desk/shared/identity/roles'
import type { Db } from '../database.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { actorBehind, asCookieHeader, doorOf, post, PASSWORD } from './identity.fixtures.ts'
import { insertInvitation, voidInvitation } from './invitations.queries.ts'

// Password hashing is slow by design, and slower on a busy machine.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

const EMAIL = 'noor@shop.example'
const accepting = { name: 'Noor', password: PASSWORD }
const hours = (n: number) => n * 3_600_000

describe('an invitation', () => {
  test('shows whom it invites as what, and makes them that, once', async () => {
    await using place = await invited(['finance', 'approver'])
    const { auth, token } = place
    const seen = await post(auth, '/invitation/look', { body: { token } })
    expect(seen.status).toBe(200)
    expect(await seen.json()).toMatchObject({ email: EMAIL, roles: ['finance', 'approver'] })

    const joined = await post(auth, '/invitation/accept', { body: { ...accepting, token } })
    expect(joined.status).toBe(204)
    expect(await actorBehind(auth, asCookieHeader(joined))).toMatchObject({
      name: 'Noor',
      email: EMAIL,
      roles: ['approver', 'finance'],
      mustEnrol: true,
    })

    const again = await post(auth, '/invitation/accept', { body: { ...accepting, token } })
    expect(again.status).toBe(410)
    expect(await again.json()).toMatchObject({ code: 'invitation_used' })
    expect((await post(auth, '/invitation/look', { body: { token } })).status).toBe(410)
  })

  test('of two browsers that accept at once makes one person', async () => {
    await using place = await invited(['support'])
    const { auth, token, database } = place
    const other = doorOf(database.db).auth
    const answers = await Promise.all(
      [auth, other, auth, other].map((desk) =>
        post(desk, '/invitation/accept', { body: { ...accepting, token } }),
      ),
    )
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      204, 410, 410, 410,
    ])
    const people = await database.db.selectFrom('person').select('email').execute()
    expect(people.filter(({ email }) => email === EMAIL)).toHaveLength(1)
  })

  test('gives the roles it was made with, whatever the request says', async () => {
    await using place = await invited(['support'])
    const { auth, token } = place
    const body = {
      ...accepting,
      token,
      roles: ['admin'],
      email: 'boss@shop.example',
      kind: 'setup',
    }
    const joined = await post(auth, '/invitation/accept', { body })
    expect(await actorBehind(auth, asCookieHeader(joined))).toMatchObject({
      email: EMAIL,
      roles: ['support'],
    })
  })

  test.each([
    ['expired', 410, 'invitation_expired', (p: Invited) => p.wait(hours(72))],
    ['withdrawn', 410, 'invitation_void', (p: Invited) => p.withdraw()],
  ])('that is %s is refused in words, and audited', async (_case, status, code, happens) => {
    await using place = await invited(['support'])
    const { auth, token, database } = place
    await happens(place)
    for (const [path, action] of [
      ['/invitation/look', 'invitation.look'],
      ['/invitation/accept', 'person.join'],
    ] as const) {
      const answer = await post(auth, path, { body: { ...accepting, token } })
      expect(answer.status).toBe(status)
      expect(await answer.json()).toMatchObject({ code })
      expect(await refusals(database.db)).toContain(`${action}: ${code}`)
    }
    expect(await database.db.selectFrom('session').select('id').execute()).toEqual([])
  })

  test.each([
    ['a forged signature', (token: string) => `${token.split('.')[0]}.${'A'.repeat(43)}`],
    ['half of a link', (token: string) => token.slice(0, -5)],
    ['something added', (token: string) => `${token}.more`],
    ['signs that decoding skips', (token: string) => `${token}==`],
    ['the id alone', (token: string) => token.split('.')[0] ?? ''],
    ['nonsense', () => 'x'],
  ])('with %s is unknown', async (_case, bend) => {
    await using place = await invited(['support'])
    const body = { ...accepting, token: bend(place.token) }
    const answer = await post(place.auth, '/invitation/accept', { body })
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ code: 'invitation_unknown' })
    expect(await refusals(place.database.db)).toEqual(['person.join: invitation_unknown'])
  })

  test('of another Desk is unknown here', async () => {
    await using place = await invited(['support'])
    const elsewhere = doorOf(place.database.db, { encryptionKey: 'another key' })
    const answer = await post(elsewhere.auth, '/invitation/look', { body: { token: place.token } })
    expect(answer.status).toBe(404)
  })

  test.each([
    ['short', { password: 'too short' }, 'password'],
    ['common', { password: 'password1234' }, 'password'],
    ['no name', { name: ' ' }, 'name'],
  ])('with %s is asked for something better, and stays open', async (_case, change, field) => {
    await using place = await invited(['support'])
    const { auth, token } = place
    const body = { ...accepting, token, ...change }
    const answer = await post(auth, '/invitation/accept', { body })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ field })
    expect((await post(auth, '/invitation/look', { body: { token } })).status).toBe(200)
  })

  test('where passwords are off says so before anything is typed, and stays open', async () => {
    await using place = await invited(['support'])
    const { auth } = doorOf(place.database.db, { passwordSignIn: false })
    const body = { ...accepting, token: place.token }
    for (const path of ['/invitation/look', '/invitation/accept']) {
      const answer = await post(auth, path, { body })
      expect(answer.status).toBe(403)
      expect(await answer.json()).toMatchObject({ code: 'password_sign_in_off' })
    }
    expect(await refusals(place.database.db)).toEqual([
      'invitation.look: passwords are off',
      'person.join: passwords are off',
    ])
    expect((await post(place.auth, '/invitation/look', { body })).status).toBe(200)
  })

  test('cannot be guessed at without end', async () => {
    await using place = await invited(['support'])
    const statuses: number[] = []
    for (let i = 0; i < 52; i += 1) {
      statuses.push(
        (await post(place.auth, '/invitation/look', { body: { token: `x${i}` } })).status,
      )
    }
    expect(statuses.slice(-2)).toEqual([429, 429])
    expect((await refusals(place.database.db)).slice(-2)).toEqual([
      'invitation.look: too many attempts',
      'invitation.look: too many attempts',
    ])
  })
})

type Invited = Awaited<ReturnType<typeof invited>>

async function invited(roles: readonly Role[]) {
  const database: TestDatabase = await testDatabase()
  const { auth, clock } = doorOf(database.db)
  const at = clock.now
  const id = await database.db.transaction().execute((trx) =>
    insertInvitation(trx, {
      kind: 'invitation',
      email: EMAIL,
      name: 'Noor',
      roles,
      invitedBy: null,
      at,
      expiresAt: new Date(at.getTime() + hours(72)),
    }),
  )
  if (id === null) throw new Error('not invited')
  return {
    database,
    auth,
    token: tokenIn(auth.invitationLinks.linkOf(id)),
    wait: async (milliseconds: number) => {
      clock.now = new Date(at.getTime() + milliseconds)
    },
    withdraw: async () => {
      await database.db
        .transaction()
        .execute((trx) => voidInvitation(trx, id, { because: 'withdrawn', at }))
    },
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  }
}

function tokenIn(link: string): string {
  return new URL(link).hash.slice(1)
}

async function refusals(db: Db): Promise<string[]> {
  const entries = await db
    .selectFrom('audit_entry')
    .select(['action', 'reason'])
    .where('outcome', '=', 'refused')
    .orderBy('seq')
    .execute()
  return entries.map(({ action, reason }) => `${action}: ${reason}`)
}

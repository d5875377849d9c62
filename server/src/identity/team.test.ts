import { sql } from 'kysely'
import { describe, expect, test, vi } from 'vitest'
import { type Role, roles as everyRole } from '@desk/shared/identity/roles'
import type { UserId } from '@desk/shared/identity/session'
import { recordUnsuccessful } from '../audit/record-unsuccessful.ts'
import { appRouter } from '../app-router.ts'
import type { Db } from '../database.ts'
import type { Actor } from '../kernel/actor.ts'
import { actorWith, contextOf } from '../kernel/context.fixtures.ts'
import { startLiveEvents } from '../kernel/live-events.ts'
import { createCallerFactory } from '../kernel/trpc.ts'
import { raceForRow } from '../testing/race.ts'
import { testDatabase } from '../testing/test-database.ts'
import {
  actorBehind,
  cookieOf,
  doorOf,
  giveAuthenticator,
  hire,
  knock,
} from './identity.fixtures.ts'
import { invitationsSent } from './leaver.ts'
import { findSignInPerson } from './people.queries.ts'

// Password hashing is slow by design, and slower on a busy machine.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

const ADMIN = 'ada@shop.example'
const OTHER = 'bo@shop.example'
const callerOf = createCallerFactory(appRouter)

describe('inviting', () => {
  test('shows the link once where no mail goes out, and audits whom as what', async () => {
    await using place = await team()
    const { admin, db } = place
    const made = await admin.invite({ email: 'New@Shop.example', name: 'New', roles: ['support'] })
    expect(made).toMatchObject({ isMailed: false, link: expect.stringMatching(/\/invitation#/) })
    const { invitations } = await admin.list()
    expect(invitations).toMatchObject([{ email: 'new@shop.example', state: 'open' }])
    expect(JSON.stringify(invitations)).not.toContain('#')
    expect(await entries(db)).toContainEqual(
      expect.objectContaining({ action: 'person.invite', subject_label: 'new@shop.example' }),
    )
    expect(JSON.stringify(await entries(db))).not.toContain('invitation#')
  })

  test('somebody who is here, or invited already, is refused with the way out', async () => {
    await using place = await team()
    const { admin } = place
    const invite = (email: string) => admin.invite({ email, name: 'X', roles: ['support'] })
    await expect(invite(OTHER)).rejects.toThrow(/Change their roles instead/)
    await admin.disable({ userId: place.other })
    await expect(invite(OTHER)).rejects.toThrow(/Enable them instead/)
    await invite('new@shop.example')
    await expect(invite('new@shop.example')).rejects.toThrow(/Renew that invitation/)
  })

  test('renewing makes another link and stops the first', async () => {
    await using place = await team()
    const { admin } = place
    const first = await admin.invite({ email: 'n@shop.example', name: 'N', roles: ['support'] })
    const second = await admin.renewInvitation({ id: first.id })
    expect(second.link).not.toBe(first.link)
    await expect(admin.renewInvitation({ id: first.id })).rejects.toThrow(/meanwhile/)
    await admin.voidInvitation({ id: second.id })
    expect((await admin.list()).invitations).toEqual([])
  })
})

describe('a change of roles', () => {
  test('counts at the next call on another Desk, and its open browser hears of it', async () => {
    await using place = await team()
    const { db, admin, other, url } = place
    const elsewhere = doorOf(db)
    const cookie = await cookieOf(elsewhere.auth, { email: OTHER })
    const live = startLiveEvents({ connectionString: url, log: { warn: () => {} } })
    const stop = new AbortController()
    const heard = firstOf(live.subscribe(stop.signal))
    await listening(db)

    const at = performance.now()
    await admin.setRoles({ userId: other, roles: ['auditor'] })

    expect(await heard).toEqual({ kind: 'person.changed', userId: other })
    expect(performance.now() - at).toBeLessThan(1_000)
    const actor = await actorBehind(elsewhere.auth, cookie)
    expect(actor?.roles).toEqual(['auditor'])
    stop.abort()
    await live.stop()
  })

  test('that asks for a second factor leaves nothing but adding one until it is there', async () => {
    await using place = await team()
    const { db, admin, other } = place
    const { auth } = doorOf(db)
    const cookie = await cookieOf(auth, { email: OTHER })
    await admin.setRoles({ userId: other, roles: ['approver', 'finance'] })
    const before = await actorBehind(auth, cookie)
    expect(before?.mustEnrol).toBe(true)
    expect([...(before?.permissions ?? [])]).not.toContain('payments:read')
    await giveAuthenticator(db, OTHER)
    const after = await actorBehind(auth, cookie)
    expect(after?.mustEnrol).toBe(false)
    expect([...(after?.permissions ?? [])]).toContain('payments:read')
  })

  test('of oneself is refused and audited', async () => {
    await using place = await team()
    const { admin, db, adminId } = place
    await expect(admin.setRoles({ userId: adminId, roles: ['support'] })).rejects.toThrow(
      /your own account/,
    )
    const refused = (await entries(db)).filter(({ outcome }) => outcome === 'refused')
    expect(refused).toMatchObject([{ action: 'call.refuse', subject_id: adminId }])
  })
})

describe('a leaver', () => {
  test('is out at once on every Desk, told why, and what they had pending is voided and listed', async () => {
    await using place = await team()
    const { db, admin, other } = place
    await admin.setRoles({ userId: other, roles: ['admin'] })
    await giveAuthenticator(db, OTHER)
    const leaving = place.callerFor({ userId: other, email: OTHER, roles: ['admin'] })
    await leaving.invite({ email: 'friend@shop.example', name: 'Friend', roles: ['admin'] })
    const desks = [doorOf(db), doorOf(db)]
    const cookie = await sessionOf(db, OTHER)

    expect(await admin.leaving({ userId: other })).toEqual({
      sessions: 1,
      pending: [{ kind: 'invitation', label: 'friend@shop.example' }],
    })
    expect(await admin.remove({ userId: other })).toEqual({
      endedSessions: 1,
      voided: [{ kind: 'invitation', label: 'friend@shop.example' }],
    })

    for (const { auth } of desks) {
      const visitor = { headers: new Headers({ cookie }), address: '203.0.113.7', requestId: 'r' }
      expect(await auth.presenceOf(visitor)).toEqual({ actor: null, sessionEnd: 'removed' })
      expect((await knock(auth, { email: OTHER })).status).toBe(401)
    }
    expect((await admin.list()).invitations).toEqual([])
    expect((await entries(db)).find(({ action }) => action === 'person.remove')).toMatchObject({
      subject_label: OTHER,
      after: expect.stringContaining('friend@shop.example'),
    })
  })

  test('who was disabled comes back with their roles and without their sessions', async () => {
    await using place = await team()
    const { db, admin, other } = place
    const { auth } = doorOf(db)
    const cookie = await cookieOf(auth, { email: OTHER })
    await admin.disable({ userId: other })
    await expect(admin.disable({ userId: other })).rejects.toThrow(/already/)
    await admin.enable({ userId: other })
    expect(await actorBehind(auth, cookie)).toBeNull()
    const again = await cookieOf(auth, { email: OTHER })
    expect((await actorBehind(auth, again))?.roles).toEqual(['finance'])
  })

  test('who was removed leaves a free e-mail address and a name in the history', async () => {
    await using place = await team()
    const { db, admin, other } = place
    await admin.remove({ userId: other })
    const { people } = await admin.list()
    expect(people.find(({ userId }) => userId === other)).toMatchObject({
      state: 'removed',
      name: OTHER,
      roles: [],
    })
    await admin.invite({ email: OTHER, name: 'Again', roles: ['support'] })
    await expect(admin.enable({ userId: other })).rejects.toThrow(/nobody like this/)
    expect(
      await db.selectFrom('password').select('user_id').where('user_id', '=', other).execute(),
    ).toEqual([])
  })

  test('who removes an admin while that one removes them: one of the two stays', async () => {
    await using place = await team()
    const { db, admin, adminId } = place
    await hire(db, 'second@shop.example', ['admin'])
    const secondId = await idOf(db, 'second@shop.example')
    const second = place.callerFor({
      userId: secondId,
      email: 'second@shop.example',
      roles: ['admin'],
    })
    const outcomes = await raceForRow(db, { table: 'person', id: adminId }, [
      () => admin.remove({ userId: secondId }),
      () => second.remove({ userId: adminId }),
    ])
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const { count } = await db
      .selectFrom('person_role')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('role', '=', 'admin')
      .executeTakeFirstOrThrow()
    expect(count).toBe(1)
  })
})

test('reset factors end the sessions, and the person adds a new one', async () => {
  await using place = await team()
  const { db, admin, other } = place
  await admin.setRoles({ userId: other, roles: ['approver'] })
  await giveAuthenticator(db, OTHER)
  const cookie = await sessionOf(db, OTHER)
  await admin.resetFactors({ userId: other })
  const { auth } = doorOf(db)
  expect(await actorBehind(auth, cookie)).toBeNull()
  expect((await actorBehind(auth, await cookieOf(auth, { email: OTHER })))?.mustEnrol).toBe(true)
})

test('every change to the team wants a proof of at most five minutes', async () => {
  await using place = await team()
  const provedAt = new Date(Date.now() - 5 * 60_000 - 1_000)
  const stale = place.callerFor({ userId: place.adminId, email: ADMIN, roles: everyRole, provedAt })
  const userId = place.other
  for (const change of [
    () => stale.invite({ email: 'n@shop.example', name: 'N', roles: ['support'] }),
    () => stale.setRoles({ userId, roles: ['support'] }),
    () => stale.disable({ userId }),
    () => stale.enable({ userId }),
    () => stale.remove({ userId }),
    () => stale.resetFactors({ userId }),
  ]) {
    await expect(change()).rejects.toMatchObject({
      code: 'FORBIDDEN',
      cause: { code: 'step_up_required' },
    })
  }
})

async function team() {
  const database = await testDatabase()
  const { db } = database
  await hire(db, ADMIN, ['admin'])
  await hire(db, OTHER, ['finance'])
  const adminId = await idOf(db, ADMIN)
  const callerFor = (actor: Partial<Actor> & { readonly roles: readonly Role[] }) =>
    callerOf({
      ...contextOf(db, { ...actorWith(actor.roles), ...actor }),
      leaverDuties: [invitationsSent],
      audit: {
        unsuccessful: (call) => recordUnsuccessful({ db, log: { error: () => {} } }, call),
      },
    }).team
  return {
    db,
    url: database.url,
    adminId,
    other: await idOf(db, OTHER),
    callerFor,
    admin: callerFor({ userId: adminId, email: ADMIN, roles: ['admin'] }),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  }
}

async function idOf(db: Db, email: string): Promise<UserId> {
  const person = await findSignInPerson(db, email)
  if (!person) throw new Error(`${email} is nobody`)
  return person.userId
}

/** A signed-in browser of a person with a second factor, by the demo's way in. */
async function sessionOf(db: Db, email: string): Promise<string> {
  const { auth } = doorOf(db)
  const held = await db.selectFrom('authenticator').selectAll().execute()
  await db.deleteFrom('authenticator').execute()
  const cookie = await cookieOf(auth, { email })
  await db.insertInto('authenticator').values(held).execute()
  return cookie
}

async function entries(db: Db) {
  return db
    .selectFrom('audit_entry')
    .select(['action', 'outcome', 'subject_id', 'subject_label', 'after'])
    .orderBy('seq')
    .execute()
}

async function firstOf<T>(events: AsyncIterable<T>): Promise<T | undefined> {
  for await (const event of events) return event
  return undefined
}

/** The stream is told nothing of what was said before it listened. */
async function listening(db: Db): Promise<void> {
  await vi.waitFor(async () => {
    const { rows } = await sql`select from pg_stat_activity
      where application_name = 'desk-live' and (query like '%listen desk_live%' or query like 'select pg_notify%')
      and datname = current_database()`.execute(db)
    expect(rows).toHaveLength(1)
  })
}

describe('two accounts of one person', () => {
  test('are marked by somebody else, audited, and follow each other', async () => {
    await using place = await team()
    const { db, admin, other } = place
    for (const email of ['third@shop.example', 'fourth@shop.example']) {
      await hire(db, email, ['approver'])
    }
    const third = await idOf(db, 'third@shop.example')
    const fourth = await idOf(db, 'fourth@shop.example')
    await admin.markSamePerson({ userId: fourth, sameAs: third })
    await admin.markSamePerson({ userId: third, sameAs: other })
    const firstOfAll = async () =>
      Object.fromEntries(
        (await admin.list()).people.map(({ userId, sameAs }) => [userId, sameAs?.userId ?? null]),
      )
    expect(await firstOfAll()).toMatchObject({ [third]: other, [fourth]: other, [other]: null })
    await expect(admin.markSamePerson({ userId: other, sameAs: fourth })).rejects.toThrow(
      /one person already/,
    )
    await admin.markSamePerson({ userId: fourth, sameAs: null })
    expect(await firstOfAll()).toMatchObject({ [third]: other, [fourth]: null })
    const marked = (await entries(db)).filter(({ action }) => action === 'person.mark_same')
    expect(marked).toHaveLength(3)
  })

  test('cannot undo or change each other', async () => {
    await using place = await team()
    const { db, admin, adminId } = place
    await hire(db, 'mine@shop.example', ['finance'])
    const mine = await idOf(db, 'mine@shop.example')
    await admin.markSamePerson({ userId: mine, sameAs: adminId })
    const own = /another account of yours/
    await expect(admin.markSamePerson({ userId: mine, sameAs: null })).rejects.toThrow(own)
    await expect(admin.setRoles({ userId: mine, roles: ['approver'] })).rejects.toThrow(own)
    await expect(admin.markSamePerson({ userId: adminId, sameAs: null })).rejects.toThrow(
      /your own account/,
    )
  })
})

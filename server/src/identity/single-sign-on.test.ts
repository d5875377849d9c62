import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Role } from '@desk/shared/identity/roles'
import type { Db } from '../database.ts'
import { testDatabase } from '../testing/test-database.ts'
import { actorBehind, doorOf, giveAuthenticator, hire, knock } from './identity.fixtures.ts'
import { insertInvitation } from './invitations.queries.ts'
import { browserAt, type ProviderAccount, startProvider } from './single-sign-on.fixtures.ts'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

const EMAIL = 'noor@shop.example'
const noor: ProviderAccount = {
  email: EMAIL,
  email_verified: true,
  name: 'Noor',
  groups: ['clerks'],
}
const groupsGiveRoles = new Map<string, readonly Role[]>([
  ['clerks', ['support']],
  ['treasury', ['finance', 'approver']],
  ['bosses', ['admin']],
])

let provider: Awaited<ReturnType<typeof startProvider>>
beforeAll(async () => {
  provider = await startProvider()
})
afterAll(() => provider.stop())
beforeEach(() => {
  provider.accounts.clear()
  provider.accounts.set('sub-noor', noor)
  provider.seat.subject = 'sub-noor'
  provider.seat.refuses = false
})

describe('single sign-on', () => {
  test('lets somebody in who has the e-mail address of a person here, and knows them from then on', async () => {
    await using place = await desk()
    await hire(place.db, EMAIL, ['finance'])
    const browser = browserAt(place.auth)
    expect(await browser.signIn()).toBe('/payments?status=failed')
    expect(await actorBehind(place.auth, browser.cookie())).toMatchObject({
      email: EMAIL,
      roles: ['finance'],
    })

    provider.accounts.set('sub-noor', { ...noor, email: 'renamed@shop.example' })
    const later = browserAt(place.auth)
    await later.signIn()
    expect((await actorBehind(place.auth, later.cookie()))?.email).toBe(EMAIL)
  })

  test('makes a person of somebody whose groups give a role, and follows the groups', async () => {
    await using place = await desk(groupsGiveRoles)
    const first = browserAt(place.auth)
    expect(await first.signIn()).toBe('/payments?status=failed')
    expect((await actorBehind(place.auth, first.cookie()))?.roles).toEqual(['support'])

    provider.accounts.set('sub-noor', { ...noor, groups: ['treasury', 'unheard of'] })
    const second = browserAt(place.auth)
    await second.signIn()
    const actor = await actorBehind(place.auth, second.cookie())
    expect(actor?.roles).toEqual(['approver', 'finance'])
    expect(actor?.mustEnrol).toBe(true)
    expect(await actions(place.db)).toContain('person.change_roles done')
  })

  test('keeps those out whose groups give no role any more', async () => {
    await using place = await desk(groupsGiveRoles)
    await browserAt(place.auth).signIn()
    provider.accounts.set('sub-noor', { ...noor, groups: [] })
    expect(await browserAt(place.auth).signIn()).toBe('/sign-in?fault=sso_no_role')
  })

  test('does not take the last admin from Desk, whatever the groups say', async () => {
    await using place = await desk(groupsGiveRoles)
    provider.accounts.set('sub-noor', { ...noor, groups: ['bosses'] })
    await browserAt(place.auth).signIn()
    provider.accounts.set('sub-noor', { ...noor, groups: ['clerks'] })
    const browser = browserAt(place.auth)
    await browser.signIn()
    const actor = await actorBehind(place.auth, browser.cookie())
    expect(actor?.roles).toEqual(['admin', 'support'])
  })

  test('makes the invited person of an open invitation, where people are invited', async () => {
    await using place = await desk()
    const at = new Date()
    await place.db.transaction().execute((trx) =>
      insertInvitation(trx, {
        kind: 'invitation',
        email: EMAIL,
        name: 'Noor',
        roles: ['auditor'],
        invitedBy: null,
        at,
        expiresAt: new Date(at.getTime() + 60_000),
      }),
    )
    const browser = browserAt(place.auth)
    await browser.signIn()
    expect((await actorBehind(place.auth, browser.cookie()))?.roles).toEqual(['auditor'])
    const { accepted_at: acceptedAt } = await place.db
      .selectFrom('invitation')
      .select('accepted_at')
      .executeTakeFirstOrThrow()
    expect(acceptedAt).not.toBeNull()
  })

  test('still asks for the second factor of whoever has one here', async () => {
    await using place = await desk()
    await hire(place.db, EMAIL, ['approver'])
    await giveAuthenticator(place.db, EMAIL)
    const browser = browserAt(place.auth)
    expect(await browser.signIn()).toBe(
      '/sign-in?next=second_factor&returnTo=%2Fpayments%3Fstatus%3Dfailed',
    )
    expect(await actorBehind(place.auth, browser.cookie())).toBeNull()
    expect(browser.cookie()).toContain('desk_sign_in=')
  })

  test.each([
    ['a stranger', async () => {}],
    [
      'a disabled person',
      async (db: Db) => {
        await hire(db, EMAIL, ['support'])
        await db.updateTable('person').set({ disabled_at: new Date() }).execute()
      },
    ],
    [
      'an address that the provider does not vouch for',
      async (db: Db) => {
        await hire(db, EMAIL, ['support'])
        provider.accounts.set('sub-noor', { ...noor, email_verified: false })
      },
    ],
    [
      'a second identity with the address of a person who has one',
      async (db: Db) => {
        await hire(db, EMAIL, ['support'])
        await browserAt(doorOf(db, { singleSignOn: provider.settings }).auth).signIn()
        provider.accounts.set('sub-other', noor)
        provider.seat.subject = 'sub-other'
      },
    ],
  ])('refuses %s, in the same words', async (_case, arrange) => {
    await using place = await desk()
    await arrange(place.db)
    const browser = browserAt(place.auth)
    expect(await browser.signIn()).toBe('/sign-in?fault=sso_no_role')
    expect(await actorBehind(place.auth, browser.cookie())).toBeNull()
    expect(await actions(place.db)).toContain('session.sign_in refused')
  })

  test.each([
    ['another nonce', (url: URL) => url.searchParams.set('nonce', 'planted'), 'sso_mismatch'],
    ['another state', (url: URL) => url.searchParams.set('state', 'planted'), 'sso_mismatch'],
    [
      'the challenge of another verifier',
      (url: URL) => url.searchParams.set('code_challenge', 'A'.repeat(43)),
      'sso_failed',
    ],
    ['no challenge', (url: URL) => url.searchParams.delete('code_challenge'), 'sso_failed'],
  ])('refuses a way back with %s', async (_case, bend, code) => {
    await using place = await desk()
    await hire(place.db, EMAIL, ['support'])
    const browser = browserAt(place.auth)
    expect(await browser.signIn(bend)).toBe(`/sign-in?fault=${code}`)
    expect(await actorBehind(place.auth, browser.cookie())).toBeNull()
    expect(await actions(place.db)).toEqual(['session.sign_in refused'])
  })

  test('takes the way back of the browser that began it, once', async () => {
    await using place = await desk()
    await hire(place.db, EMAIL, ['support'])
    const browser = browserAt(place.auth)
    const back = await browser.toProviderAndBack()
    const thief = browserAt(place.auth)
    expect(await thief.enter(back)).toBe('/sign-in?fault=sso_mismatch')
    await thief.toProviderAndBack()
    expect(await thief.enter(back)).toBe('/sign-in?fault=sso_mismatch')

    expect(await browser.enter(back)).toBe('/payments?status=failed')
    expect(await browser.enter(back)).toBe('/sign-in?fault=sso_mismatch')
  })

  test('of two tabs the one begun last gets in', async () => {
    await using place = await desk()
    await hire(place.db, EMAIL, ['support'])
    const browser = browserAt(place.auth)
    const first = await browser.toProviderAndBack()
    const second = await browser.toProviderAndBack()
    expect(await browser.enter(second)).toBe('/payments?status=failed')
    expect(await browser.enter(first)).toBe('/sign-in?fault=sso_mismatch')
  })

  test('is over after ten minutes', async () => {
    await using place = await desk()
    await hire(place.db, EMAIL, ['support'])
    const browser = browserAt(place.auth)
    const back = await browser.toProviderAndBack()
    place.clock.now = new Date(place.clock.now.getTime() + 10 * 60_000)
    expect(await browser.enter(back)).toBe('/sign-in?fault=sso_mismatch')
  })

  test('says when the provider would not, without its words', async () => {
    await using place = await desk()
    provider.seat.refuses = true
    expect(await browserAt(place.auth).signIn()).toBe('/sign-in?fault=sso_failed')
    const kept = await place.db.selectFrom('audit_entry').select('reason').execute()
    expect(kept).toEqual([{ reason: 'single sign-on: the provider said access_denied' }])
    expect(place.lines.join('')).not.toContain('code_verifier')
  })

  test('that nobody answers keeps nobody from signing in by password', async () => {
    await using gone = await startProvider()
    await gone.stop()
    await using database = await testDatabase()
    await hire(database.db, EMAIL, ['support'])
    const { auth } = doorOf(database.db, { singleSignOn: gone.settings })
    const start = await browserAt(auth).askDesk('/api/auth/sso/start')
    expect(start.headers.get('location')).toBe('/sign-in?fault=sso_unreachable')
    expect((await knock(auth, { email: EMAIL })).status).toBe(204)
  })

  test.each(['//evil.example', 'https://evil.example', '/\\evil.example', '/\t/evil.example'])(
    'asked to lead back to %j leads to the first screen',
    async (returnTo) => {
      await using place = await desk()
      await hire(place.db, EMAIL, ['support'])
      expect(await browserAt(place.auth, returnTo).signIn()).toBe('/')
    },
  )

  test('can be the only way in', async () => {
    await using place = await desk(new Map(), { passwordSignIn: false })
    await hire(place.db, EMAIL, ['support'])
    const answer = await knock(place.auth, { email: EMAIL })
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({ code: 'password_sign_in_off' })
    expect(await browserAt(place.auth).signIn()).toBe('/payments?status=failed')
  })

  test('is not there where it is not set up', async () => {
    await using database = await testDatabase()
    const { auth } = doorOf(database.db)
    expect((await browserAt(auth).askDesk('/api/auth/sso/start')).status).toBe(404)
    expect((await browserAt(auth).askDesk('/api/auth/sso/callback?code=x')).status).toBe(404)
  })
})

async function desk(
  rolesByGroup: ReadonlyMap<string, readonly Role[]> = new Map(),
  changes: { readonly passwordSignIn?: boolean } = {},
) {
  const database = await testDatabase()
  const door = doorOf(database.db, {
    singleSignOn: { ...provider.settings, rolesByGroup },
    ...changes,
  })
  return {
    ...door,
    db: database.db,
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  }
}

async function actions(db: Db): Promise<string[]> {
  const entries = await db
    .selectFrom('audit_entry')
    .select(['action', 'outcome'])
    .orderBy('seq')
    .execute()
  return entries.map(({ action, outcome }) => `${action} ${outcome}`)
}

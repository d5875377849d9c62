import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Role } from '@desk/shared/identity/roles'
import type { Db } from '../database.ts'
import { eventually } from '../testing/eventually.ts'
import { actorBehind, entriesIn, hire } from './identity.fixtures.ts'
import { insertInvitation } from './invitations.queries.ts'
import {
  browserAt,
  deskAt,
  groupsGiveRoles,
  NOOR,
  noor,
  type ProviderAccount,
  startProvider,
} from './single-sign-on.fixtures.ts'
import { markRemoved, setDisabled } from './team.queries.ts'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

let provider: Awaited<ReturnType<typeof startProvider>>
beforeAll(async () => {
  provider = await startProvider()
})
afterAll(() => provider.stop())
beforeEach(() => {
  provider.accounts.clear()
  provider.accounts.set('sub-noor', noor)
  Object.assign(provider.seat, { subject: 'sub-noor', userInfoCalls: 0, bend: null })
})

type Place = Awaited<ReturnType<typeof deskAt>>
const IN = '/payments?status=failed'
const REFUSED = '/sign-in?fault=sso_no_role'

/** Signs Noor in, after the provider learned this about her: where that leads, and as whom. */
async function arrive({ auth }: Place, changes: Partial<ProviderAccount> = {}) {
  provider.accounts.set('sub-noor', { ...noor, ...changes })
  const browser = browserAt(auth)
  const ledTo = await browser.signIn()
  return { ledTo, actor: await actorBehind(auth, browser.cookie()), cookie: browser.cookie() }
}

async function invite(db: Db, roles: readonly Role[], openMs = 60_000): Promise<void> {
  const at = new Date()
  const expiresAt = new Date(at.getTime() + openMs)
  const made = { kind: 'invitation', email: NOOR, name: 'N. N.', invitedBy: null } as const
  await db.transaction().execute((trx) => insertInvitation(trx, { ...made, roles, at, expiresAt }))
}

async function acceptedInvitations(db: Db): Promise<number> {
  const rows = await db
    .selectFrom('invitation')
    .select('id')
    .where('accepted_at', 'is not', null)
    .where('accepted_by', 'is not', null)
    .execute()
  return rows.length
}

async function idOfNoor(db: Db): Promise<string> {
  const { id } = await db
    .selectFrom('person')
    .select('id')
    .where('email', '=', NOOR)
    .where('removed_at', 'is', null)
    .executeTakeFirstOrThrow()
  return id
}

async function remove(db: Db): Promise<void> {
  const id = await idOfNoor(db)
  await db.transaction().execute((trx) => markRemoved(trx, id, new Date()))
}

describe('who comes by single sign-on', () => {
  test('is the person with that e-mail address, and known by the identity from then on', async () => {
    await using place = await deskAt(provider)
    await hire(place.db, NOOR, ['finance'])
    const first = await arrive(place, { email: 'Noor@Shop.Example' })
    expect(first.ledTo).toBe(IN)
    expect(first.actor).toMatchObject({ email: NOOR, roles: ['finance'] })

    const second = await arrive(place, { email: 'renamed@shop.example' })
    expect(second.actor?.userId).toBe(first.actor?.userId)
    expect(second.actor?.email).toBe(NOOR)
    expect(await entriesIn(place.db)).toEqual([
      'person.link_sign_on done',
      'session.sign_in done',
      'session.sign_in done',
    ])
  })

  test('is the invited person of an open invitation, which is used by that', async () => {
    await using place = await deskAt(provider)
    await invite(place.db, ['auditor'])
    const { actor } = await arrive(place)
    expect(actor).toMatchObject({ name: 'Noor', email: NOOR, roles: ['auditor'] })
    expect(await acceptedInvitations(place.db)).toBe(1)
    expect(await entriesIn(place.db)).toEqual(['person.join done', 'session.sign_in done'])
  })

  test('is nobody by an expired invitation', async () => {
    await using place = await deskAt(provider)
    await invite(place.db, ['auditor'], -60_000)
    expect((await arrive(place)).ledTo).toBe(REFUSED)
    expect(await acceptedInvitations(place.db)).toBe(0)
  })

  test('is a new person where their groups give a role', async () => {
    await using place = await deskAt(provider, { rolesByGroup: groupsGiveRoles })
    const { ledTo, actor } = await arrive(place, { groups: ['treasury', 'unheard of'] })
    expect(ledTo).toBe(IN)
    expect(actor).toMatchObject({ name: 'Noor', roles: ['approver', 'finance'], mustEnrol: true })
    const { after } = await place.db
      .selectFrom('audit_entry')
      .select('after')
      .where('action', '=', 'person.join')
      .executeTakeFirstOrThrow()
    expect(JSON.parse(after ?? '')).toEqual({
      name: 'Noor',
      email: NOOR,
      roles: ['approver', 'finance'],
      by: 'single sign-on',
    })
  })

  test('uses up an invitation too where groups give the roles', async () => {
    await using place = await deskAt(provider, { rolesByGroup: groupsGiveRoles })
    await invite(place.db, ['admin'])
    expect((await arrive(place)).actor?.roles).toEqual(['support'])
    expect(await acceptedInvitations(place.db)).toBe(1)
  })

  test('is one new person, though two of their tabs arrive at once', async () => {
    await using place = await deskAt(provider, { rolesByGroup: groupsGiveRoles })
    const browsers = [browserAt(place.auth), browserAt(place.auth)]
    const backs = await Promise.all(browsers.map((browser) => browser.toProviderAndBack()))
    const ledTo = await Promise.all(
      browsers.map((browser, at) => browser.enter(backs[at] ?? new URL('about:blank'))),
    )
    expect(ledTo).toEqual([IN, IN])
    expect(await place.db.selectFrom('person').select('email').execute()).toEqual([{ email: NOOR }])
  })

  test('has the roles of their groups at each sign-on, also in tabs that are open', async () => {
    await using place = await deskAt(provider, { rolesByGroup: groupsGiveRoles })
    const first = await arrive(place)
    expect(first.actor?.roles).toEqual(['support'])
    await arrive(place, { groups: ['treasury'] })
    expect((await actorBehind(place.auth, first.cookie))?.roles).toEqual(['approver', 'finance'])

    const change = await place.db
      .selectFrom('audit_entry')
      .select(['before', 'after', 'actor_id', 'subject_label'])
      .where('action', '=', 'person.change_roles')
      .execute()
    expect(change).toEqual([
      {
        before: '{"roles":["support"]}',
        after: '{"roles":["approver","finance"]}',
        actor_id: null,
        subject_label: NOOR,
      },
    ])
  })

  test('is told in every open tab, on every Desk, that their roles changed', async () => {
    await using place = await deskAt(provider, { rolesByGroup: groupsGiveRoles })
    const { actor } = await arrive(place)
    const told: string[] = []
    const listener = new pg.Client({ connectionString: place.database.url })
    await listener.connect()
    listener.on('notification', ({ payload }) => told.push(payload ?? ''))
    await listener.query('listen desk_live')
    await arrive(place, { groups: ['treasury'] })
    await eventually(() => expect(told).not.toEqual([]))
    expect(told.map((text) => JSON.parse(text))).toEqual([
      { kind: 'person.changed', userId: actor?.userId },
    ])
    await listener.end()
  })

  test('has no role any more once no group gives one, here or in tabs that are open', async () => {
    await using place = await deskAt(provider, { rolesByGroup: groupsGiveRoles })
    const { cookie } = await arrive(place)
    expect(await arrive(place, { groups: [] })).toMatchObject({ ledTo: REFUSED, actor: null })
    expect((await actorBehind(place.auth, cookie))?.roles).toEqual([])
    expect((await arrive(place, { groups: ['clerks'] })).actor?.roles).toEqual(['support'])
  })

  test('stays admin as the last one, whatever the groups say', async () => {
    await using place = await deskAt(provider, { rolesByGroup: groupsGiveRoles })
    await arrive(place, { groups: ['bosses'] })
    expect((await arrive(place, { groups: ['clerks'] })).actor?.roles).toEqual(['admin', 'support'])
    expect(place.lines.join('')).toContain('no group makes the last admin one')
    expect((await entriesIn(place.db)).filter((entry) => entry.includes('roles'))).toEqual([
      'person.change_roles refused: no group at the identity provider makes the last admin one',
      'person.change_roles done: groups at the identity provider',
    ])

    await hire(place.db, 'other@shop.example', ['admin'])
    expect((await arrive(place, { groups: ['clerks'] })).actor?.roles).toEqual(['support'])
  })

  test.each([
    ['a group alone, not in a list', 'clerks'],
    ['groups of which some are no text', ['clerks', 7]],
  ])('is read generously: %s', async (_case, groups) => {
    await using place = await deskAt(provider, { rolesByGroup: groupsGiveRoles })
    provider.seat.bend = { isSigned: true, claims: (claims) => ({ ...claims, groups }) }
    expect((await arrive(place)).actor?.roles).toEqual(['support'])
  })

  test('is asked for at the provider again only where the identity token leaves something out', async () => {
    await using place = await deskAt(provider, { rolesByGroup: groupsGiveRoles })
    expect((await arrive(place)).ledTo).toBe(IN)
    expect(provider.seat.userInfoCalls).toBe(1)
    provider.seat.bend = { isSigned: true, claims: (claims) => ({ ...claims, ...noor }) }
    expect((await arrive(place)).ledTo).toBe(IN)
    expect(provider.seat.userInfoCalls).toBe(1)
  })

  test('has the address that the same answer vouches for', async () => {
    await using place = await deskAt(provider)
    await hire(place.db, 'boss@shop.example', ['admin'])
    await hire(place.db, NOOR, ['support'])
    provider.seat.bend = {
      isSigned: true,
      claims: (claims) => ({ ...claims, email: 'boss@shop.example' }),
    }
    expect((await arrive(place)).actor).toMatchObject({ email: NOOR, roles: ['support'] })
  })

  test('may have a name that no column holds', async () => {
    await using place = await deskAt(provider, { rolesByGroup: groupsGiveRoles })
    expect((await arrive(place, { name: '\0' })).actor?.name).toBe('noor')
  })

  test('may come from a provider that tells little: an address and groups', async () => {
    await using place = await deskAt(provider, { rolesByGroup: groupsGiveRoles })
    provider.accounts.set('sub-noor', { email: NOOR, groups: ['clerks'] })
    const browser = browserAt(place.auth)
    expect(await browser.signIn()).toBe(IN)
    expect((await actorBehind(place.auth, browser.cookie()))?.name).toBe('noor')
  })

  test('comes back after a removal by a new invitation, and by nothing else', async () => {
    await using place = await deskAt(provider, { rolesByGroup: groupsGiveRoles })
    const before = await arrive(place)
    await remove(place.db)
    expect((await arrive(place)).ledTo).toBe(REFUSED)
    expect((await arrive(place, { email: 'renamed@shop.example' })).ledTo).toBe(REFUSED)

    await invite(place.db, ['support'])
    const { actor } = await arrive(place)
    expect(actor?.email).toBe(NOOR)
    expect(actor?.userId).not.toBe(before.actor?.userId)
    expect((await arrive(place)).actor?.userId).toBe(actor?.userId)
  })

  const arrangements: readonly (readonly [string, (place: Place) => Promise<unknown>, string])[] = [
    [
      'a stranger',
      async () => provider.accounts.set('sub-noor', { ...noor, groups: [] }),
      'no group gives a role',
    ],
    [
      'somebody without an e-mail address',
      async () => provider.accounts.set('sub-noor', { groups: ['clerks'] }),
      'the provider names no e-mail address',
    ],
    [
      'a disabled person',
      async ({ db }) => {
        await hire(db, NOOR, ['support'])
        const id = await idOfNoor(db)
        await db.transaction().execute((trx) => setDisabled(trx, id, new Date()))
      },
      'the person is disabled',
    ],
    [
      'a disabled person who came this way before',
      async (place) => {
        await arrive(place)
        const id = await idOfNoor(place.db)
        await place.db.transaction().execute((trx) => setDisabled(trx, id, new Date()))
      },
      'the person is disabled',
    ],
    [
      'a person who was removed and never came this way before',
      async ({ db }) => {
        await hire(db, NOOR, ['support'])
        await remove(db)
      },
      'the person was removed',
    ],
    [
      'an address that the provider does not vouch for',
      async ({ db }) => {
        await hire(db, NOOR, ['support'])
        provider.accounts.set('sub-noor', { ...noor, email_verified: false })
      },
      'the provider does not vouch for the e-mail address',
    ],
    [
      'a second identity with the address of a person who has one',
      async (place) => {
        await arrive(place)
        provider.accounts.set('sub-other', noor)
        provider.seat.subject = 'sub-other'
      },
      'the e-mail address belongs to another identity',
    ],
  ]
  test.each(arrangements)('is refused as %s, in the same words', async (_case, arrange, reason) => {
    await using place = await deskAt(provider, { rolesByGroup: groupsGiveRoles })
    await arrange(place)
    const browser = browserAt(place.auth)
    expect(await browser.signIn()).toBe(REFUSED)
    expect(await actorBehind(place.auth, browser.cookie())).toBeNull()
    expect((await entriesIn(place.db)).at(-1)).toBe(
      `session.sign_in refused: single sign-on: ${reason}`,
    )
  })
})

import { type Role, roles as everyRole } from '@desk/shared/identity/roles'
import type { UserId } from '@desk/shared/identity/session'
import { recordAudit } from '../audit/record-audit.ts'
import type { Trx } from '../database.ts'
import type { SingleSignOnSettings } from '../env/single-sign-on.ts'
import type { Attribution } from '../kernel/actor.ts'
import { publish } from '../kernel/live-events.ts'
import { findOpenInvitationFor, markAccepted } from './invitations.queries.ts'
import {
  emailKey,
  findPersonByEmail,
  hasOtherActiveAdmin,
  insertPerson,
  lockPeople,
  lockPerson,
} from './people.queries.ts'
import { type ProvidedIdentity, SignOnFault } from './single-sign-on-provider.ts'
import { findLinkedPerson, hasLinkAt, linkPerson } from './single-sign-on.queries.ts'
import { findTeamPerson, replaceRoles } from './team.queries.ts'

export interface SignOnPerson {
  readonly userId: UserId
  readonly name: string
  readonly email: string
}

/** Whose sign-in this is, as `by` says when and from where; the actor is known only now. */
export interface SignOnCase {
  readonly settings: SingleSignOnSettings
  readonly identity: ProvidedIdentity
  readonly by: Attribution
}

/**
 * The person an identity stands for: known from before, else by an e-mail address that the provider
 * vouches for, else invited (where people are invited) or new with the roles of their groups (where
 * groups give roles). Throws `SignOnFault` for everybody else.
 */
export async function personOf(trx: Trx, signOn: SignOnCase): Promise<SignOnPerson> {
  await lockPeople(trx)
  const person =
    (await knownPerson(trx, signOn)) ??
    (await personByEmail(trx, signOn)) ??
    (await newPerson(trx, signOn))
  await lockPerson(trx, person.userId)
  if (signOn.settings.rolesByGroup.size > 0) await takeRolesOfGroups(trx, signOn, person)
  return person
}

async function knownPerson(trx: Trx, { identity }: SignOnCase): Promise<SignOnPerson | null> {
  const known = await findLinkedPerson(trx, identity)
  if (!known) return null
  if (!known.isActive) throw noRole('the person is disabled')
  return known
}

async function personByEmail(trx: Trx, { identity, by }: SignOnCase): Promise<SignOnPerson | null> {
  const { email, isEmailVerified, issuer, subject } = identity
  if (email === null) return null
  const found = await findPersonByEmail(trx, email)
  if (!found) return null
  if (!isEmailVerified) throw noRole('the provider does not vouch for the e-mail address')
  if (found.isDisabled) throw noRole('the person is disabled')
  if (await hasLinkAt(trx, found.userId, issuer)) {
    throw noRole('the e-mail address belongs to another identity')
  }
  await linkPerson(trx, found.userId, { issuer, subject, at: by.at })
  return { userId: found.userId, name: found.name, email: emailKey(email) }
}

async function newPerson(trx: Trx, { settings, identity, by }: SignOnCase): Promise<SignOnPerson> {
  const { email, isEmailVerified, name, issuer, subject } = identity
  if (email === null) throw noRole('the provider names no e-mail address')
  const isByGroup = settings.rolesByGroup.size > 0
  const invitation =
    !isByGroup && isEmailVerified
      ? await findOpenInvitationFor(trx, emailKey(email), by.at)
      : undefined
  const roles = isByGroup ? rolesOf(settings, identity) : (invitation?.roles ?? [])
  if (roles.length === 0) throw noRole(isByGroup ? 'no group gives a role' : 'not invited')

  const called = name ?? invitation?.name ?? email
  const person = { name: called.slice(0, 60), email, passwordHash: null, roles }
  const userId = await insertPerson(trx, person, by.at)
  if (userId === null) throw new Error('An e-mail address that nobody had is taken.')
  await linkPerson(trx, userId, { issuer, subject, at: by.at })
  if (invitation) await markAccepted(trx, invitation.id, { userId, at: by.at })
  const joined = { userId, name: person.name, email: emailKey(email) }
  await recordAudit(
    trx,
    { ...by, actor: joined },
    {
      action: 'person.join',
      subject: { kind: 'person', id: userId, label: joined.email },
      after: { name: joined.name, email: joined.email, roles: [...roles], by: 'single sign-on' },
    },
  )
  return joined
}

/** Where groups give roles they give all of them; but Desk never loses its last admin to a group. */
async function takeRolesOfGroups(
  trx: Trx,
  { settings, identity, by }: SignOnCase,
  person: SignOnPerson,
): Promise<void> {
  const before = (await findTeamPerson(trx, person.userId))?.roles ?? []
  const given = rolesOf(settings, identity)
  const isLastAdmin =
    before.includes('admin') &&
    !given.includes('admin') &&
    !(await hasOtherActiveAdmin(trx, person.userId))
  const after = everyRole.filter(
    (role) => given.includes(role) || (isLastAdmin && role === 'admin'),
  )
  if (after.length === 0) throw noRole('no group gives a role')
  if (after.toSorted().join() === [...before].toSorted().join()) return
  await replaceRoles(trx, person.userId, { roles: after, at: by.at })
  await publish(trx, { kind: 'person.changed', userId: person.userId })
  await recordAudit(
    trx,
    { ...by, actor: null },
    {
      action: 'person.change_roles',
      reason: isLastAdmin
        ? 'groups at the identity provider; the last admin stays one'
        : 'groups at the identity provider',
      subject: { kind: 'person', id: person.userId, label: person.email },
      before: { roles: [...before].toSorted() },
      after: { roles: after.toSorted() },
    },
  )
}

function rolesOf(settings: SingleSignOnSettings, identity: ProvidedIdentity): readonly Role[] {
  const given = new Set(identity.groups.flatMap((group) => settings.rolesByGroup.get(group) ?? []))
  return everyRole.filter((role) => given.has(role))
}

function noRole(reason: string): SignOnFault {
  return new SignOnFault('sso_no_role', reason)
}

import type { Role } from '@desk/shared/identity/roles'
import type { UserId } from '@desk/shared/identity/session'
import { recordAudit } from '../audit/record-audit.ts'
import type { Trx } from '../database.ts'
import type { SingleSignOnSettings } from '../env/single-sign-on.ts'
import type { Attribution } from '../kernel/actor.ts'
import type { AuthLog } from './door.ts'
import { findOpenInvitationFor, markAccepted } from './invitations.queries.ts'
import {
  emailKey,
  findPersonByEmail,
  hasFormerPerson,
  insertPerson,
  lockPeople,
  lockPerson,
} from './people.queries.ts'
import { SignOnFault } from './single-sign-on-fault.ts'
import type { ProvidedIdentity } from './single-sign-on-provider.ts'
import { findLinkedPerson, hasLinkAt, linkPerson } from './single-sign-on.queries.ts'
import { rolesOfGroups, takeRolesOfGroups } from './single-sign-on-roles.ts'

export interface SignOnPerson {
  readonly userId: UserId
  readonly name: string
  readonly email: string
  /** False for somebody whose groups give no role, any more or at all: they are not let in. */
  readonly hasRole: boolean
}

/** Whose sign-in this is, as `by` says when and from where; the actor is known only now. */
export interface SignOnCase {
  readonly settings: SingleSignOnSettings
  readonly identity: ProvidedIdentity
  readonly by: Attribution
  readonly log: Pick<AuthLog, 'warn'>
}

/**
 * The person an identity stands for: known from before, else by an e-mail address that the provider
 * vouches for, else invited, else new with the roles of their groups. Throws `SignOnFault` for
 * everybody else. Where groups give roles the person has exactly theirs from now on.
 */
export async function personOf(trx: Trx, signOn: SignOnCase): Promise<SignOnPerson> {
  const { settings, identity } = signOn
  await lockPeople(trx)
  const linked = await findLinkedPerson(trx, identity)
  if (linked?.state === 'disabled') throw noRole('the person is disabled', linked)
  const known = linked?.state === 'active' ? linked : await linkedByEmail(trx, signOn)
  if (!known) return newPerson(trx, signOn, { wasRemoved: linked !== undefined })
  await lockPerson(trx, known.userId)
  const { userId, name, email } = known
  const hasRole = settings.rolesByGroup.size === 0 || (await takeRolesOfGroups(trx, signOn, known))
  return { userId, name, email, hasRole }
}

type Known = Omit<SignOnPerson, 'hasRole'>

async function linkedByEmail(trx: Trx, { identity, by }: SignOnCase): Promise<Known | null> {
  const { email, isEmailVerified, issuer, subject } = identity
  if (email === null) return null
  const found = await findPersonByEmail(trx, email)
  if (!found) return null
  const person = { userId: found.userId, name: found.name, email: emailKey(email) }
  if (!isEmailVerified) throw noRole('the provider does not vouch for the e-mail address', person)
  if (found.isDisabled) throw noRole('the person is disabled', person)
  if (await hasLinkAt(trx, found.userId, issuer)) {
    throw noRole('the e-mail address belongs to another identity', person)
  }
  // Before the entry: whoever waits for the audit log may hold this person.
  await lockPerson(trx, found.userId)
  await linkPerson(trx, found.userId, { issuer, subject, at: by.at })
  await recordAudit(
    trx,
    { ...by, actor: person },
    {
      action: 'person.link_sign_on',
      subject: { kind: 'person', id: person.userId, label: person.email },
      after: { issuer },
    },
  )
  return person
}

/** Whoever was removed comes back by invitation only, whatever their groups say. */
async function newPerson(
  trx: Trx,
  { settings, identity, by }: SignOnCase,
  { wasRemoved }: { readonly wasRemoved: boolean },
): Promise<SignOnPerson> {
  const { email, isEmailVerified, issuer, subject } = identity
  if (email === null) throw noRole('the provider names no e-mail address')
  const invitation = isEmailVerified
    ? await findOpenInvitationFor(trx, emailKey(email), by.at)
    : undefined
  if (!invitation && (wasRemoved || (await hasFormerPerson(trx, email)))) {
    throw noRole('the person was removed')
  }
  const isByGroup = settings.rolesByGroup.size > 0
  const roles = isByGroup ? rolesOfGroups(settings, identity) : (invitation?.roles ?? [])
  if (roles.length === 0) throw noRole(isByGroup ? 'no group gives a role' : 'not invited')

  const joined = {
    name: identity.name ?? invitation?.name ?? nameFrom(email),
    email: emailKey(email),
    roles,
  }
  const userId = await insertPerson(trx, { ...joined, passwordHash: null }, by.at)
  if (userId === null) throw new Error('An e-mail address that nobody had is taken.')
  await linkPerson(trx, userId, { issuer, subject, at: by.at })
  if (invitation) await markAccepted(trx, invitation.id, { userId, at: by.at })
  await recordJoin(trx, by, { userId, ...joined })
  return { userId, name: joined.name, email: joined.email, hasRole: true }
}

async function recordJoin(
  trx: Trx,
  by: Attribution,
  joined: Known & { readonly roles: readonly Role[] },
): Promise<void> {
  const { userId, name, email } = joined
  await recordAudit(
    trx,
    { ...by, actor: { userId, name, email } },
    {
      action: 'person.join',
      subject: { kind: 'person', id: userId, label: email },
      after: { name, email, roles: joined.roles.toSorted(), by: 'single sign-on' },
    },
  )
}

/** What stands before the @, as far as a name may be long. */
function nameFrom(email: string): string {
  return email.slice(0, Math.min(email.indexOf('@'), 60))
}

function noRole(reason: string, person?: Pick<Known, 'userId' | 'email'>): SignOnFault {
  return new SignOnFault('sso_no_role', reason, { person: person ?? null })
}

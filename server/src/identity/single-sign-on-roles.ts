import { type Role, roles as everyRole } from '@desk/shared/identity/roles'
import type { UserId } from '@desk/shared/identity/session'
import { recordAudit } from '../audit/record-audit.ts'
import type { Trx } from '../database.ts'
import type { SingleSignOnSettings } from '../env/single-sign-on.ts'
import { publish } from '../kernel/live-events.ts'
import { hasOtherActiveAdmin } from './people.queries.ts'
import type { SignOnCase } from './single-sign-on-person.ts'
import type { ProvidedIdentity } from './single-sign-on-provider.ts'
import { findTeamPerson, replaceRoles } from './team.queries.ts'

/**
 * Where groups give roles they give all of them, and take the others; but Desk never loses its last
 * admin to a group. Answers whether a role is left. The team and the person are locked by now.
 */
export async function takeRolesOfGroups(
  trx: Trx,
  { settings, identity, by, log }: SignOnCase,
  person: { readonly userId: UserId; readonly email: string },
): Promise<boolean> {
  const before = (await findTeamPerson(trx, person.userId))?.roles ?? []
  const given = rolesOfGroups(settings, identity)
  const isLastAdmin =
    before.includes('admin') &&
    !given.includes('admin') &&
    !(await hasOtherActiveAdmin(trx, person.userId))
  const after = everyRole.filter(
    (role) => given.includes(role) || (isLastAdmin && role === 'admin'),
  )
  const isChanged = after.toSorted().join() !== before.toSorted().join()
  if (isChanged) {
    await replaceRoles(trx, person.userId, { roles: after, at: by.at })
    await publish(trx, { kind: 'person.changed', userId: person.userId })
  }
  // The groups decided, not the person: Desk did this by itself.
  const byGroups = { actor: null, address: null, requestId: null, at: by.at }
  const change = {
    action: 'person.change_roles',
    reason: 'groups at the identity provider',
    subject: { kind: 'person', id: person.userId, label: person.email },
    before: { roles: before.toSorted() },
    after: { roles: after.toSorted() },
  } as const
  if (isLastAdmin) {
    log.warn({ userId: person.userId }, 'no group makes the last admin one; they stay admin')
    const reason = 'no group at the identity provider makes the last admin one'
    await recordAudit(trx, byGroups, {
      ...change,
      outcome: 'refused',
      reason,
      after: { roles: given.toSorted() },
    })
  }
  if (isChanged) await recordAudit(trx, byGroups, change)
  return after.length > 0
}

export function rolesOfGroups(
  { rolesByGroup }: SingleSignOnSettings,
  { groups }: ProvidedIdentity,
): readonly Role[] {
  const given = new Set(groups.flatMap((group) => rolesByGroup.get(group) ?? []))
  return everyRole.filter((role) => given.has(role))
}

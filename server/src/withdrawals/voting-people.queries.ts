import { sql } from 'kysely'
import { userId, type UserId } from '@desk/shared/identity/session'
import type { Role } from '@desk/shared/identity/roles'
import type { NamedVotingPerson } from '@desk/shared/withdrawals/dead-locks'
import type { Db } from '../database.ts'

/**
 * Everybody who may ask, vote or resolve now, and whoever else is named, as they are now. Somebody who was
 * removed has no roles and is not active.
 */
export async function readVotingPeople(
  db: Db,
  named: readonly string[] = [],
): Promise<readonly NamedVotingPerson[]> {
  const { rows } = await sql<{
    id: string
    name: string
    holder: string
    is_active: boolean
    roles: Role[]
  }>`
    select person.id, person.name, coalesce(person.same_as, person.id) as holder,
      person.disabled_at is null and person.removed_at is null as is_active,
      coalesce(array_agg(held.role order by held.role) filter (where held.role is not null), '{}') as roles
    from person
    left join person_role as held on held.user_id = person.id
    where person.id = any(${[...named]}::text[]) or exists (
      select from person_role as any_role
      where any_role.user_id = person.id and any_role.role in ('finance', 'approver', 'admin'))
    group by person.id
    order by person.name, person.id`.execute(db)
  return rows.map(({ id, name, holder, is_active: isActive, roles }) => ({
    userId: userId.parse(id),
    name,
    roles,
    isActive,
    holder,
  }))
}

/** A delegation that holds at the instant. */
export interface HeldDelegation {
  readonly from: UserId
  readonly to: UserId
}

export async function readDelegations(db: Db, at: Date): Promise<readonly HeldDelegation[]> {
  const rows = await db
    .selectFrom('approval_delegation')
    .select(['from_user_id', 'to_user_id'])
    .where('starts_at', '<=', at)
    .where('ends_at', '>', at)
    .where((eb) => eb.or([eb('ended_at', 'is', null), eb('ended_at', '>', at)]))
    .orderBy('made_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    from: userId.parse(row.from_user_id),
    to: userId.parse(row.to_user_id),
  }))
}

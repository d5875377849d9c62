import { userId } from '@desk/shared/identity/session'
import type { ApprovalDelegation } from '@desk/shared/withdrawals/policy-view'
import { sql } from 'kysely'
import type { Db } from '../database.ts'
import type { Actor } from '../kernel/actor.ts'

const DELEGATIONS_MAX = 100

/** Those that hold or are to come first, then those that are over, newest first. */
export async function readAllDelegations(
  db: Db,
  { actor, at }: { readonly actor: Pick<Actor, 'userId' | 'roles'>; readonly at: Date },
): Promise<readonly ApprovalDelegation[]> {
  const over = sql<boolean>`(delegation.ended_at is not null or delegation.ends_at <= ${at})`
  const rows = await db
    .selectFrom('approval_delegation as delegation')
    .innerJoin('person as from_person', 'from_person.id', 'delegation.from_user_id')
    .innerJoin('person as to_person', 'to_person.id', 'delegation.to_user_id')
    .select([
      'delegation.id',
      'delegation.starts_at',
      'delegation.ends_at',
      'delegation.made_at',
      'delegation.ended_at',
      'from_person.id as from',
      'from_person.name as fromName',
      'to_person.id as to',
      'to_person.name as toName',
      over.as('isOver'),
    ])
    .orderBy(over)
    .orderBy('delegation.starts_at', 'desc')
    .orderBy('delegation.id')
    .limit(DELEGATIONS_MAX)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    from: { userId: userId.parse(row.from), name: row.fromName },
    to: { userId: userId.parse(row.to), name: row.toName },
    startsAt: row.starts_at.toISOString(),
    endsAt: row.ends_at.toISOString(),
    madeAt: row.made_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    state: row.isOver ? 'over' : row.starts_at > at ? 'to_come' : 'held',
    endBlock: row.isOver ? 'It is over already.' : endBlock(row, actor),
  }))
}

/** Why somebody may not end a delegation, in words for them; null where they may. */
export function endBlock(
  { from, to }: { readonly from: string; readonly to: string },
  { userId: viewer, roles }: Pick<Actor, 'userId' | 'roles'>,
): string | null {
  return viewer === from || viewer === to || roles.includes('admin')
    ? null
    : 'Only the two of them, or an admin, can end it.'
}

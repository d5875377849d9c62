import { sql } from 'kysely'
import type { Role } from '@desk/shared/identity/roles'
import type { Db } from '../database.ts'
import { DEMO_DOMAIN } from './demo-domain.ts'

/** One live session with its person and the roles held at this moment. */
export interface SessionHolder {
  readonly sessionId: string
  readonly lastUsedAt: Date
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly roles: Role[]
}

/**
 * The one statement every signed-in request costs: two unique lookups and an index range.
 * `expiresAt` is the absolute end, `updatedAt` the last use.
 */
export async function findSessionHolder(
  db: Db,
  token: string,
  judge: { readonly now: Date; readonly idleSince: Date; readonly demo: boolean },
): Promise<SessionHolder | undefined> {
  let query = db
    .selectFrom('session')
    .innerJoin('user', 'user.id', 'session.userId')
    .select((eb) => [
      'session.id as sessionId',
      'session.updatedAt as lastUsedAt',
      'user.id as userId',
      'user.name',
      'user.email',
      sql<Role[]>`array(${eb
        .selectFrom('person_role')
        .select('role')
        .whereRef('person_role.user_id', '=', 'user.id')
        .orderBy('role')})`.as('roles'),
    ])
    .where('session.token', '=', token)
    .where('session.expiresAt', '>', judge.now)
    .where('session.updatedAt', '>', judge.idleSince)
  if (!judge.demo) query = query.where('user.email', 'not like', `%@${DEMO_DOMAIN}`)
  return query.executeTakeFirst()
}

export async function markSessionUsed(db: Db, sessionId: string, at: Date): Promise<void> {
  await db.updateTable('session').set({ updatedAt: at }).where('id', '=', sessionId).execute()
}

export async function endSession(db: Db, token: string): Promise<void> {
  await db.deleteFrom('session').where('token', '=', token).execute()
}

/** Rows past their absolute end say nothing any more. */
export async function dropEndedSessions(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('session').where('expiresAt', '<=', now).execute()
}

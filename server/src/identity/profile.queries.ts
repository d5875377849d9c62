import { sql } from 'kysely'
import type { Role } from '@desk/shared/identity/roles'
import type { SecondFactor, SignInMethod } from '@desk/shared/identity/session'
import type { Db, Trx } from '../database.ts'
import { IDLE_MS } from './sessions.queries.ts'

/**
 * The person's roles, held as they are until the end of the transaction, or undefined where the person
 * or the session behind the call is gone meanwhile. Sessions and sign-ins of the person can still be
 * written by others.
 */
export async function lockOwner(
  trx: Trx,
  owner: { readonly userId: string; readonly sessionId: string },
): Promise<{ roles: Role[] } | undefined> {
  const held = await trx
    .selectFrom('person')
    .select('id')
    .where('id', '=', owner.userId)
    .where('disabled_at', 'is', null)
    .where('removed_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst()
  const session = await trx
    .selectFrom('session')
    .select('id')
    .where('id', '=', owner.sessionId)
    .where('user_id', '=', owner.userId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (!held || !session) return undefined
  const roles = await trx
    .selectFrom('person_role')
    .select('role')
    .where('user_id', '=', owner.userId)
    .execute()
  return { roles: roles.map(({ role }) => role) }
}

export async function renamePerson(trx: Trx, userId: string, name: string): Promise<void> {
  await trx.updateTable('person').set({ name }).where('id', '=', userId).execute()
}

/** Null for the business zone. */
export async function readViewZone(db: Db, userId: string): Promise<string | null> {
  const row = await db
    .selectFrom('person')
    .select('view_zone as zone')
    .where('id', '=', userId)
    .executeTakeFirst()
  return row?.zone ?? null
}

export async function setViewZone(trx: Trx, userId: string, zone: string | null): Promise<void> {
  await trx.updateTable('person').set({ view_zone: zone }).where('id', '=', userId).execute()
}

/** Whether the password was still the one that was checked. */
export async function replacePassword(
  trx: Trx,
  userId: string,
  change: { readonly from: string; readonly to: string; readonly at: Date },
): Promise<boolean> {
  const changed = await trx
    .updateTable('password')
    .set({ hash: change.to, changed_at: change.at })
    .where('user_id', '=', userId)
    .where('hash', '=', change.from)
    .executeTakeFirst()
  return changed.numUpdatedRows === 1n
}

/** What was right before a change of password or factors does not count after it. */
export async function dropPendingSignInsOf(trx: Trx, userId: string): Promise<void> {
  await trx.deleteFrom('pending_sign_in').where('user_id', '=', userId).execute()
}

/** The factor that was just shown in this session, by enrolling it. */
export async function setSessionFactor(
  trx: Trx,
  sessionId: string,
  factor: SecondFactor,
): Promise<void> {
  await trx.updateTable('session').set({ factor }).where('id', '=', sessionId).execute()
}

export interface OpenSession {
  readonly id: string
  readonly method: SignInMethod
  readonly factor: SecondFactor | null
  readonly userAgent: string | null
  readonly address: string | null
  readonly signedInAt: Date
  readonly lastUsedAt: Date
  /** The end, unless nobody uses it before. */
  readonly expiresAt: Date
}

const openSessionColumns = [
  'id',
  'method',
  'factor',
  'user_agent as userAgent',
  'address',
  'created_at as signedInAt',
  'last_used_at as lastUsedAt',
  'expires_at as expiresAt',
] as const

/** Sessions that would be let in now, the last used first. */
export async function findOpenSessions(db: Db, userId: string, now: Date): Promise<OpenSession[]> {
  return db
    .selectFrom('session')
    .select(openSessionColumns)
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .where('last_used_at', '>', new Date(now.getTime() - IDLE_MS))
    .orderBy('last_used_at', 'desc')
    .orderBy('id')
    .execute()
}

/** The session that was open and is now over, or undefined. */
export async function endSessionById(
  trx: Trx,
  session: { readonly id: string; readonly userId: string },
  at: Date,
): Promise<OpenSession | undefined> {
  return trx
    .updateTable('session')
    .set({ ended_at: at, ended_because: 'ended_by_owner' })
    .where('id', '=', session.id)
    .where('user_id', '=', session.userId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', at)
    .returning(openSessionColumns)
    .executeTakeFirst()
}

export async function findRecoveryCodes(
  db: Db,
  userId: string,
): Promise<{ left: number; madeAt: Date } | null> {
  const { left, madeAt } = await db
    .selectFrom('recovery_code')
    .select([
      sql<number>`(count(*) filter (where used_at is null))::int`.as('left'),
      sql<Date | null>`max(created_at)`.as('madeAt'),
    ])
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow()
  return madeAt === null ? null : { left, madeAt }
}

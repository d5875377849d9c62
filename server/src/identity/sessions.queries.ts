import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Role } from '@desk/shared/identity/roles'
import type { SecondFactor, SessionEnd, SignInMethod } from '@desk/shared/identity/session'
import type { Db, Trx } from '../database.ts'
import { DEMO_DOMAIN } from './demo-domain.ts'

/** The end of a session however busy it is. */
export const SESSION_SECONDS = 12 * 3_600
const IDLE_MS = 2 * 3_600_000
/** Calls under way while a step-up changed the token. */
const OLD_TOKEN_MS = 10_000

/** One session with its person and the roles and factors held at this moment. */
export interface SessionHolder {
  readonly sessionId: string
  readonly lastUsedAt: Date
  readonly provedAt: Date
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly roles: Role[]
  readonly hasPassword: boolean
  readonly hasAuthenticator: boolean
  readonly hasPasskey: boolean
}

/** The one statement every signed-in request costs: unique lookups and index ranges. */
export async function findSessionHolder(
  db: Db,
  token: string,
  judge: { readonly now: Date; readonly demo: boolean },
): Promise<SessionHolder | undefined> {
  const { now, demo } = judge
  let query = db
    .selectFrom('session')
    .innerJoin('person', 'person.id', 'session.user_id')
    .select((eb) => [
      'session.id as sessionId',
      'session.last_used_at as lastUsedAt',
      'session.proved_at as provedAt',
      'person.id as userId',
      'person.name',
      'person.email',
      sql<Role[]>`array(${eb
        .selectFrom('person_role')
        .select('role')
        .whereRef('person_role.user_id', '=', 'person.id')
        .orderBy('role')})`.as('roles'),
      sql<boolean>`exists(select from password p where p.user_id = person.id)`.as('hasPassword'),
      sql<boolean>`exists(select from authenticator a where a.user_id = person.id and a.confirmed_at is not null)`.as(
        'hasAuthenticator',
      ),
      sql<boolean>`exists(select from passkey k where k.user_id = person.id)`.as('hasPasskey'),
    ])
    .where((eb) =>
      eb.or([
        eb('session.token', '=', token),
        eb.and([
          eb('session.previous_token', '=', token),
          eb('session.rotated_at', '>', new Date(now.getTime() - OLD_TOKEN_MS)),
        ]),
      ]),
    )
    .where('session.ended_at', 'is', null)
    .where('session.expires_at', '>', now)
    .where('session.last_used_at', '>', new Date(now.getTime() - IDLE_MS))
    .where('person.disabled_at', 'is', null)
    .where('person.removed_at', 'is', null)
  if (!demo) query = query.where('person.email', 'not like', `%@${DEMO_DOMAIN}`)
  return query.executeTakeFirst()
}

export interface NewSession {
  readonly userId: string
  readonly method: SignInMethod
  readonly factor: SecondFactor | null
  readonly address: string
  readonly userAgent: string | null
  readonly at: Date
}

/** Opens a session; the token is the cookie's business alone. */
export async function insertSession(
  trx: Trx,
  session: NewSession,
): Promise<{ id: string; token: string }> {
  const { userId, method, factor, address, userAgent, at } = session
  const opened = { id: randomUUID(), token: newToken() }
  await trx
    .insertInto('session')
    .values({
      ...opened,
      user_id: userId,
      method,
      factor,
      address,
      user_agent: userAgent,
      created_at: at,
      expires_at: new Date(at.getTime() + SESSION_SECONDS * 1_000),
      last_used_at: at,
      proved_at: at,
    })
    .execute()
  return opened
}

export async function markSessionUsed(db: Db, sessionId: string, at: Date): Promise<void> {
  await db.updateTable('session').set({ last_used_at: at }).where('id', '=', sessionId).execute()
}

/** Ends the session behind this token, if it is still open, and says whose it was. */
export async function endSessionOf(
  trx: Trx,
  token: string,
  end: { readonly because: SessionEnd; readonly at: Date },
): Promise<{ id: string; userId: string } | undefined> {
  return trx
    .updateTable('session')
    .set({ ended_at: end.at, ended_because: end.because })
    .where((eb) => eb.or([eb('token', '=', token), eb('previous_token', '=', token)]))
    .where('ended_at', 'is', null)
    .returning(['id', 'user_id as userId'])
    .executeTakeFirst()
}

/** Ends every open session of a person, but for one to spare, and says how many. */
export async function endSessionsOf(
  trx: Trx,
  userId: string,
  end: { readonly because: SessionEnd; readonly at: Date; readonly except?: string },
): Promise<number> {
  let query = trx
    .updateTable('session')
    .set({ ended_at: end.at, ended_because: end.because })
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', end.at)
  if (end.except !== undefined) query = query.where('id', '<>', end.except)
  const ended = await query.executeTakeFirst()
  return Number(ended.numUpdatedRows)
}

/** What a browser may still be told about a session that was ended early. */
export async function findEndedSession(
  db: Db,
  token: string,
): Promise<{ id: string; userId: string; because: SessionEnd; isTold: boolean } | undefined> {
  const found = await db
    .selectFrom('session')
    .select(['id', 'user_id as userId', 'ended_because as because', 'told_at as toldAt'])
    .where('token', '=', token)
    .where('ended_at', 'is not', null)
    .executeTakeFirst()
  if (!found?.because) return undefined
  return {
    id: found.id,
    userId: found.userId,
    because: found.because,
    isTold: found.toldAt !== null,
  }
}

/** Rows long past their end say nothing any more. */
export async function dropOldSessions(db: Db, now: Date): Promise<void> {
  const dayAgo = new Date(now.getTime() - 24 * 3_600_000)
  await db.deleteFrom('session').where('expires_at', '<=', dayAgo).execute()
}

export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

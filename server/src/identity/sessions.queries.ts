import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Role } from '@desk/shared/identity/roles'
import {
  type SecondFactor,
  type SessionEnd,
  type SignInMethod,
  userId,
  type UserId,
} from '@desk/shared/identity/session'
import type { Db, Trx } from '../database.ts'
import { DEMO_DOMAIN } from './demo-domain.ts'

/** The end of a session however busy it is. */
export const SESSION_SECONDS = 12 * 3_600
/** The end of a session that nobody uses. */
export const IDLE_MS = 2 * 3_600_000
/** Calls under way while a step-up changed the token. */
const OLD_TOKEN_MS = 10_000

/** One session with its person and the roles and factors held at this moment. */
export interface SessionHolder {
  readonly sessionId: string
  readonly lastUsedAt: Date
  readonly provedAt: Date
  readonly userId: UserId
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
  const found = await query.executeTakeFirst()
  return found && { ...found, userId: userId.parse(found.userId) }
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

/** Holds it for the caller's transaction; false when it is over by now. */
export async function lockOpenSession(trx: Trx, sessionId: string): Promise<boolean> {
  const held = await trx
    .selectFrom('session')
    .select('id')
    .where('id', '=', sessionId)
    .where('ended_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst()
  return held !== undefined
}

/** Makes the proof fresh and changes the token; answers the new one. */
export async function rotateSession(
  trx: Trx,
  sessionId: string,
  proof: { readonly factor: SecondFactor | null; readonly at: Date },
): Promise<string> {
  const token = newToken()
  await trx
    .updateTable('session')
    .set((eb) => ({
      token,
      previous_token: eb.ref('token'),
      rotated_at: proof.at,
      proved_at: proof.at,
      last_used_at: proof.at,
      wrong_answers: 0,
      ...(proof.factor && { factor: proof.factor }),
    }))
    .where('id', '=', sessionId)
    .execute()
  return token
}

/** After `max` wrong proofs in a row the session is over; answers whether it is. */
export async function countWrongProof(
  trx: Trx,
  sessionId: string,
  { max, at }: { readonly max: number; readonly at: Date },
): Promise<boolean> {
  const { wrongAnswers } = await trx
    .updateTable('session')
    .set((eb) => ({ wrong_answers: eb('wrong_answers', '+', 1) }))
    .where('id', '=', sessionId)
    .returning('wrong_answers as wrongAnswers')
    .executeTakeFirstOrThrow()
  if (wrongAnswers < max) return false
  await trx
    .updateTable('session')
    .set({ ended_at: at, ended_because: 'too_many_answers' })
    .where('id', '=', sessionId)
    .execute()
  return true
}

/** What a browser may still be told about a session that was ended early. */
export async function findEndedSession(
  db: Db,
  token: string,
): Promise<{ id: string; userId: string; because: SessionEnd; isTold: boolean } | undefined> {
  const found = await db
    .selectFrom('session')
    .select(['id', 'user_id as userId', 'ended_because as because', 'told_at as toldAt'])
    .where((eb) => eb.or([eb('token', '=', token), eb('previous_token', '=', token)]))
    .where('ended_at', 'is not', null)
    .executeTakeFirst()
  if (!found?.because) return undefined
  const { id, because, toldAt } = found
  return { id, userId: found.userId, because, isTold: toldAt !== null }
}

/** Whether this call was the first to say it. */
export async function markTold(trx: Trx, sessionId: string, at: Date): Promise<boolean> {
  const told = await trx
    .updateTable('session')
    .set({ told_at: at })
    .where('id', '=', sessionId)
    .where('told_at', 'is', null)
    .executeTakeFirst()
  return told.numUpdatedRows === 1n
}

/** Rows long past their end say nothing any more. */
export async function dropOldSessions(db: Db, now: Date): Promise<void> {
  const dayAgo = new Date(now.getTime() - 24 * 3_600_000)
  await db.deleteFrom('session').where('expires_at', '<=', dayAgo).execute()
}

export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

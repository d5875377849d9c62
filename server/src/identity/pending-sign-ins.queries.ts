import { randomUUID } from 'node:crypto'
import { userId, type UserId } from '@desk/shared/identity/session'
import type { Db, Trx } from '../database.ts'
import { newToken } from './sessions.queries.ts'

/** Long enough to fetch a phone from another room. */
export const PENDING_SECONDS = 10 * 60

export interface PendingSignIn {
  readonly id: string
  readonly userId: UserId
  readonly name: string
  readonly email: string
  readonly method: 'password' | 'single_sign_on'
}

/** Keeps that the first step was right; the token is the cookie's business alone. */
export async function insertPendingSignIn(
  trx: Trx,
  pending: { readonly userId: string; readonly method: PendingSignIn['method']; readonly at: Date },
): Promise<string> {
  const token = newToken()
  await trx
    .insertInto('pending_sign_in')
    .values({
      id: randomUUID(),
      token,
      user_id: pending.userId,
      method: pending.method,
      created_at: pending.at,
      expires_at: new Date(pending.at.getTime() + PENDING_SECONDS * 1_000),
    })
    .execute()
  return token
}

export async function findPendingSignIn(
  db: Db,
  token: string,
  now: Date,
): Promise<PendingSignIn | undefined> {
  const found = await db
    .selectFrom('pending_sign_in')
    .innerJoin('person', 'person.id', 'pending_sign_in.user_id')
    .select([
      'pending_sign_in.id',
      'person.id as userId',
      'person.name',
      'person.email',
      'pending_sign_in.method',
    ])
    .where('pending_sign_in.token', '=', token)
    .where('pending_sign_in.expires_at', '>', now)
    .where('person.disabled_at', 'is', null)
    .where('person.removed_at', 'is', null)
    .executeTakeFirst()
  return found && { ...found, userId: userId.parse(found.userId) }
}

/** Holds it for the caller's transaction; false when it is answered or given up by now. */
export async function lockPendingSignIn(trx: Trx, id: string): Promise<boolean> {
  const held = await trx
    .selectFrom('pending_sign_in')
    .select('id')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return held !== undefined
}

/** After `max` wrong answers it is gone; answers whether it is. */
export async function countWrongAnswer(trx: Trx, id: string, max: number): Promise<boolean> {
  const { wrongAnswers } = await trx
    .updateTable('pending_sign_in')
    .set((eb) => ({ wrong_answers: eb('wrong_answers', '+', 1) }))
    .where('id', '=', id)
    .returning('wrong_answers as wrongAnswers')
    .executeTakeFirstOrThrow()
  if (wrongAnswers < max) return false
  await dropPendingSignIn(trx, id)
  return true
}

export async function dropPendingSignIn(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('pending_sign_in').where('id', '=', id).execute()
}

export async function dropOldPendingSignIns(trx: Trx, now: Date): Promise<void> {
  await trx.deleteFrom('pending_sign_in').where('expires_at', '<=', now).execute()
}

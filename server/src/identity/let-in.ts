import type { SecondFactor, SignInMethod } from '@desk/shared/identity/session'
import { recordAudit } from '../audit/record-audit.ts'
import { answer, done, withCookies } from './auth-answer.ts'
import { attributionAt, type AuthRequest, type Door } from './door.ts'
import { readFactors, secondFactorsOf } from './factors.queries.ts'
import {
  dropOldPendingSignIns,
  insertPendingSignIn,
  PENDING_SECONDS,
} from './pending-sign-ins.queries.ts'
import type { SignInPerson } from './people.queries.ts'
import {
  dropOldSessions,
  endSessionOf,
  insertSession,
  SESSION_SECONDS,
} from './sessions.queries.ts'

/**
 * After a right password or single sign-on: a session, or, for people with a second factor, 200
 * `{next: 'second_factor', ways}` and a cookie that stands for what was right so far.
 */
export async function letIn(
  door: Door,
  request: AuthRequest,
  entry: {
    readonly person: Pick<SignInPerson, 'userId' | 'name' | 'email'>
    readonly method: 'password' | 'single_sign_on'
  },
): Promise<Response> {
  const { db } = door
  const { person, method } = entry
  const ways = secondFactorsOf(await readFactors(db, person.userId))
  if (ways.length === 0) return openSession(door, request, { ...entry, factor: null })

  const at = door.now()
  const token = await db.transaction().execute(async (trx) => {
    await dropOldPendingSignIns(trx, at)
    return insertPendingSignIn(trx, { userId: person.userId, method, at })
  })
  return withCookies(answer(200, { next: 'second_factor', ways }), [
    door.pendingCookie.set(token, PENDING_SECONDS),
  ])
}

export interface Entry {
  readonly person: Pick<SignInPerson, 'userId' | 'name' | 'email'>
  readonly method: SignInMethod
  readonly factor: SecondFactor | null
}

/** Opens the session and answers 204 with its cookie. The one this browser had before ends with it. */
export async function openSession(
  door: Door,
  request: AuthRequest,
  { person, method, factor }: Entry,
): Promise<Response> {
  const at = door.now()
  const before = door.sessionCookie.read(request.headers)
  const { token } = await door.db.transaction().execute(async (trx) => {
    if (before !== null && before !== 'forged') {
      await endSessionOf(trx, before.value, { because: 'replaced', at })
    }
    await dropOldSessions(trx, at)
    const opened = await insertSession(trx, {
      userId: person.userId,
      method,
      factor,
      address: request.address,
      userAgent: request.headers.get('user-agent')?.slice(0, 400) ?? null,
      at,
    })
    await recordAudit(trx, attributionAt(door, request, person), {
      action: 'session.sign_in',
      subject: { kind: 'session', id: opened.id },
      after: { method, factor },
    })
    return opened
  })
  return done([door.sessionCookie.set(token, SESSION_SECONDS), door.pendingCookie.clear()])
}

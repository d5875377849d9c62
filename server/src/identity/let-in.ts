import type { SecondFactor, SignInMethod } from '@desk/shared/identity/session'
import { recordAudit } from '../audit/record-audit.ts'
import type { Trx } from '../database.ts'
import type { Attribution } from '../kernel/actor.ts'
import { answer, done, withCookies } from './auth-answer.ts'
import { attributionAt, type AuthRequest, type Door } from './door.ts'
import { readFactors, secondFactorsOf } from './factors.queries.ts'
import { rememberDevice } from './known-device.ts'
import {
  dropOldPendingSignIns,
  insertPendingSignIn,
  PENDING_SECONDS,
  type PendingSignIn,
} from './pending-sign-ins.queries.ts'
import { holdSignInPerson, type SignInPerson } from './people.queries.ts'
import {
  dropOldSessions,
  endSessionOf,
  insertSession,
  SESSION_SECONDS,
} from './sessions.queries.ts'

type Known = Pick<SignInPerson, 'userId' | 'name' | 'email'>

/**
 * After a right password or single sign-on: a session, or, for people with a second factor, 200
 * `{next: 'second_factor', ways}` and a cookie that stands for what was right so far.
 */
export async function letIn(
  door: Door,
  request: AuthRequest,
  entry: {
    readonly person: Known
    readonly method: PendingSignIn['method']
    /** The hash that the password was checked against. */
    readonly checkedHash?: string | null
  },
): Promise<Response> {
  const { person, method, checkedHash } = entry
  const at = door.now()
  const outcome = await door.db.transaction().execute(async (trx) => {
    if (!(await holdSignInPerson(trx, person.userId, checkedHash))) {
      await recordChangedMeanwhile(trx, attributionAt(door, request, null), person)
      return null
    }
    const ways = secondFactorsOf(await readFactors(trx, person.userId))
    if (ways.length === 0) {
      return {
        ways,
        token: await openSession(trx, door, { request, person, method, factor: null }),
      }
    }
    await dropOldPendingSignIns(trx, at)
    return { ways, token: await insertPendingSignIn(trx, { userId: person.userId, method, at }) }
  })
  if (outcome === null) {
    const message = 'Your account was changed just now. Sign in again.'
    return answer(401, { code: 'sign_in_expired', message })
  }
  const { ways, token } = outcome
  if (ways.length === 0) return signedIn(door, request, { token, person })
  return withCookies(answer(200, { next: 'second_factor', ways }), [
    door.pendingCookie.set(token, PENDING_SECONDS),
  ])
}

export interface Entry {
  readonly request: AuthRequest
  readonly person: Known
  readonly method: SignInMethod
  readonly factor: SecondFactor | null
}

/** Opens a session in the caller's transaction; the one this browser had ends with it. Answers its token. */
export async function openSession(
  trx: Trx,
  door: Door,
  { request, person, method, factor }: Entry,
): Promise<string> {
  const at = door.now()
  const before = door.sessionCookie.read(request.headers)
  if (before !== null && before !== 'forged') {
    await endSessionOf(trx, before.value, { because: 'replaced', at })
  }
  await dropOldSessions(trx, at)
  const { id, token } = await insertSession(trx, {
    userId: person.userId,
    method,
    factor,
    address: request.address,
    userAgent: request.headers.get('user-agent')?.slice(0, 400) ?? null,
    at,
  })
  await recordAudit(trx, attributionAt(door, request, person), {
    action: 'session.sign_in',
    subject: { kind: 'session', id },
    after: { method, factor },
  })
  return token
}

async function recordChangedMeanwhile(
  trx: Trx,
  by: Attribution,
  { userId, email }: Known,
): Promise<void> {
  await recordAudit(trx, by, {
    action: 'session.sign_in',
    outcome: 'refused',
    reason: 'account changed meanwhile',
    subject: { kind: 'person', id: userId, label: email },
  })
}

/** 204 with the cookies of a session that is open now. */
export function signedIn(
  door: Door,
  request: AuthRequest,
  { token, person }: { readonly token: string; readonly person: Known },
): Response {
  return done([
    door.sessionCookie.set(token, SESSION_SECONDS),
    rememberDevice(door, request.headers, person.userId),
    // Where nothing was pending there is nothing to take away.
    ...(door.pendingCookie.read(request.headers) === null ? [] : [door.pendingCookie.clear()]),
  ])
}

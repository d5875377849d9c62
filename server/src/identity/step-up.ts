import * as z from 'zod'
import { type SecondFactor, sessionEndText } from '@desk/shared/identity/session'
import { recordAudit } from '../audit/record-audit.ts'
import type { Trx } from '../database.ts'
import { publish } from '../kernel/live-events.ts'
import { answer, done, heldBack, withCookies } from './auth-answer.ts'
import { attributionAt, type AuthRequest, type Door } from './door.ts'
import { readFactors } from './factors.queries.ts'
import { findPasswordHash, holdSignInPerson } from './people.queries.ts'
import { passkeyRequest } from './passkeys.ts'
import { endOfSession, recordForgedCookie } from './presented-session.ts'
import { forgiveAttempt, takeAttempt } from './rate-limits.ts'
import {
  codeJudgement,
  type FactorJudgement,
  passkeyJudgement,
  responseIn,
  typedCodeBody,
  wrongAnswer,
} from './second-step.ts'
import {
  countWrongProof,
  findSessionHolder,
  lockOpenSession,
  rotateSession,
  SESSION_SECONDS,
  type SessionHolder,
} from './sessions.queries.ts'
import { isRightPassword, passwordSignInIsOff } from './sign-in-with-password.ts'

/** In a row; then the session ends: whoever sits there is hardly its owner. */
const WRONG_PROOFS_MAX = 10

/** `POST /api/auth/step-up/code {code}`. */
export async function stepUpWithCode(door: Door, request: AuthRequest): Promise<Response> {
  const read = typedCodeBody.safeParse(request.body)
  if (!read.success) return answer(400, { message: 'Give the code.' })
  return stepUp(door, request, (trx, { userId }) =>
    codeJudgement(trx, door, { userId, code: read.data.code }),
  )
}

/** `POST /api/auth/step-up/passkey {response}`. */
export async function stepUpWithPasskey(door: Door, request: AuthRequest): Promise<Response> {
  return stepUp(door, request, (trx, { sessionId, userId }) =>
    passkeyJudgement(trx, door, {
      holderId: sessionId,
      userId,
      purpose: 'step_up',
      response: responseIn(request.body),
    }),
  )
}

/** `POST /api/auth/step-up/passkey/options`. */
export async function passkeyStepUpOptions(door: Door, request: AuthRequest): Promise<Response> {
  const holder = await holderBehind(door, request)
  if (!holder) return signedOut(door, request)
  const { sessionId: holderId, userId } = holder
  const asked = { holderId, userId, purpose: 'step_up', at: door.now() } as const
  const options = await door.db
    .transaction()
    .execute((trx) => passkeyRequest(trx, door.passkeySite, asked))
  return answer(200, { options })
}

const passwordBody = z.object({ password: z.string().min(1).max(128) })

/** `POST /api/auth/step-up/password {password}`: for people who have no second factor to show. */
export async function stepUpWithPassword(door: Door, request: AuthRequest): Promise<Response> {
  const read = passwordBody.safeParse(request.body)
  if (!read.success) return answer(400, { message: 'Give your password.' })
  return stepUp(door, request, async (trx, holder) => {
    if (!door.passwordSignIn) {
      return { ok: false, code: 'password_sign_in_off', because: 'passwords are off' }
    }
    const { hasAuthenticator, passkeys } = await readFactors(trx, holder.userId)
    if (hasAuthenticator || passkeys > 0) {
      return { ok: false, code: 'password_wrong', because: 'password instead of a second factor' }
    }
    const passwordHash = await findPasswordHash(trx, holder.userId)
    if (await isRightPassword(read.data.password, { passwordHash })) {
      return { ok: true, factor: null }
    }
    return { ok: false, code: 'password_wrong', because: 'wrong password' }
  })
}

type Judgement =
  | FactorJudgement
  | { readonly ok: true; readonly factor: SecondFactor | null }
  | { readonly ok: false; readonly code: PasswordFault; readonly because: string }

type PasswordFault = 'password_wrong' | 'password_sign_in_off'

/** A right proof makes the session fresh and gives it another token; calls under way with the old one still arrive. */
async function stepUp(
  door: Door,
  request: AuthRequest,
  judge: (trx: Trx, holder: SessionHolder) => Promise<Judgement>,
): Promise<Response> {
  const holder = await holderBehind(door, request)
  if (!holder) return signedOut(door, request)
  const by = attributionAt(door, request, holder)
  const subject = { kind: 'session', id: holder.sessionId } as const
  // Only whoever holds the session can knock here, so nobody else can use its attempts up.
  const buckets = [
    { kind: 'step-up', of: holder.userId, max: WRONG_PROOFS_MAX, onSuccess: 'clear' },
  ] as const
  const waitSeconds = await takeAttempt(door.db, buckets, door.now())
  if (waitSeconds !== null) {
    const refused = { outcome: 'refused', reason: 'too many attempts', subject } as const
    await door.db
      .transaction()
      .execute((trx) => recordAudit(trx, by, { action: 'session.step_up', ...refused }))
    return heldBack(waitSeconds)
  }
  const outcome = await door.db.transaction().execute(async (trx) => {
    const isHeld = await holdSignInPerson(trx, holder.userId)
    if (!isHeld || !(await lockOpenSession(trx, holder.sessionId))) return null
    const judged = await judge(trx, holder)
    if (!judged.ok) {
      const wrong = { max: WRONG_PROOFS_MAX, at: door.now() }
      const isOver = await countWrongProof(trx, holder.sessionId, wrong)
      if (isOver) await publish(trx, { kind: 'person.changed', userId: holder.userId })
      await recordAudit(trx, by, {
        action: 'session.step_up',
        outcome: 'refused',
        reason: judged.because,
        subject,
        ...(isOver && { after: { ended: 'too_many_answers' } }),
      })
      return judged
    }
    const { factor } = judged
    const token = await rotateSession(trx, holder.sessionId, { factor, at: door.now() })
    await recordAudit(trx, by, { action: 'session.step_up', subject, after: { factor } })
    return { ok: true, token } as const
  })
  if (outcome === null) return signedOut(door, request)
  if (outcome.ok) {
    await forgiveAttempt(door.db, buckets, door.now())
    return done([door.sessionCookie.set(outcome.token, SESSION_SECONDS)])
  }
  if (outcome.code === 'password_sign_in_off') return passwordSignInIsOff()
  if (outcome.code !== 'password_wrong') return wrongAnswer(outcome.code)
  return answer(401, { code: outcome.code, message: 'The password is wrong.' })
}

async function holderBehind(door: Door, request: AuthRequest): Promise<SessionHolder | undefined> {
  const shown = door.sessionCookie.read(request.headers)
  if (shown === null || shown === 'forged') return undefined
  return findSessionHolder(door.db, shown.value, { now: door.now(), demo: door.demo })
}

/** 401 that says why where the session was ended early; showing it stands in the audit log. */
async function signedOut(door: Door, request: AuthRequest): Promise<Response> {
  const shown = door.sessionCookie.read(request.headers)
  if (shown === 'forged') await recordForgedCookie(door, request, 'session.presented')
  const end =
    shown === null || shown === 'forged' ? null : await endOfSession(door, request, shown.value)
  const message = end === null ? 'Your session is over. Sign in again.' : sessionEndText[end]
  return withCookies(answer(401, { code: 'signed_out', message }), [door.sessionCookie.clear()])
}

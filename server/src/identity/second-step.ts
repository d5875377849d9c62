import * as z from 'zod'
import type { SecondFactor } from '@desk/shared/identity/session'
import { recordAudit } from '../audit/record-audit.ts'
import type { Trx } from '../database.ts'
import { answer, heldBack, withCookies } from './auth-answer.ts'
import { attributionAt, type AuthRequest, type Door } from './door.ts'
import { knownDevice } from './known-device.ts'
import { openSession, signedIn } from './let-in.ts'
import { judgePasskey, passkeyRequest } from './passkeys.ts'
import {
  countWrongAnswer,
  dropPendingSignIn,
  findPendingSignIn,
  lockPendingSignIn,
  type PendingSignIn,
} from './pending-sign-ins.queries.ts'
import { holdSignInPerson } from './people.queries.ts'
import { recordForgedCookie } from './presented-session.ts'
import { forgiveAttempt, takeAttempt } from './rate-limits.ts'
import { judgeCode } from './second-factors.ts'
import { attemptBuckets, isHeldBackTold } from './sign-in-limits.ts'

const WRONG_ANSWERS_MAX = 5

export const typedCodeBody = z.object({ code: z.string().min(1).max(64) })

/** What came of an answer to "show your second factor". */
export type FactorJudgement =
  | { readonly ok: true; readonly factor: SecondFactor }
  | { readonly ok: false; readonly code: FactorFault; readonly because: string }

export type FactorFault = 'code_wrong' | 'code_used' | 'passkey_wrong'

/** `POST /api/auth/sign-in/code {code}`: six digits of the app, or a recovery code. */
export async function signInWithCode(door: Door, request: AuthRequest): Promise<Response> {
  const read = typedCodeBody.safeParse(request.body)
  if (!read.success) return answer(400, { message: 'Give the code.' })
  return secondStep(door, request, (trx, { userId }) =>
    codeJudgement(trx, door, { userId, code: read.data.code }),
  )
}

/** `POST /api/auth/sign-in/passkey {response}`: what the browser answered to the options below. */
export async function signInWithPasskey(door: Door, request: AuthRequest): Promise<Response> {
  return secondStep(door, request, (trx, { id, userId }) =>
    passkeyJudgement(trx, door, {
      holderId: id,
      userId,
      purpose: 'sign_in',
      response: responseIn(request.body),
    }),
  )
}

/** `POST /api/auth/sign-in/passkey/options`: the question for the passkeys of whoever is signing in. */
export async function passkeySignInOptions(door: Door, request: AuthRequest): Promise<Response> {
  const pending = await pendingBehind(door, request)
  if (!pending) return startAgain(door)
  const { id: holderId, userId } = pending
  const asked = { holderId, userId, purpose: 'sign_in', at: door.now() } as const
  const options = await door.db
    .transaction()
    .execute((trx) => passkeyRequest(trx, door.passkeySite, asked))
  return answer(200, { options })
}

export async function codeJudgement(
  trx: Trx,
  door: Door,
  given: { readonly userId: string; readonly code: string },
): Promise<FactorJudgement> {
  const judged = await judgeCode(trx, door.factorKeys, { ...given, at: door.now() })
  if (judged.ok) return judged
  const isUsed = judged.because === 'already_used'
  return {
    ok: false,
    code: isUsed ? 'code_used' : 'code_wrong',
    because: isUsed ? 'code already used' : 'wrong code',
  }
}

export async function passkeyJudgement(
  trx: Trx,
  door: Door,
  given: {
    readonly holderId: string
    readonly userId: string
    readonly purpose: 'sign_in' | 'step_up'
    readonly response: unknown
  },
): Promise<FactorJudgement> {
  const judged = await judgePasskey(trx, door.passkeySite, { ...given, at: door.now() })
  if (judged.ok) return { ok: true, factor: 'passkey' }
  return { ok: false, code: 'passkey_wrong', because: judged.because }
}

/** 401 in words for whoever gave this answer. */
export function wrongAnswer(code: FactorFault): Response {
  return answer(401, { code, message: factorFaultText[code] })
}

export function responseIn(body: unknown): unknown {
  return passkeyBody.safeParse(body).data?.response
}

const passkeyBody = z.object({ response: z.unknown() })

const factorFaultText = {
  code_wrong: 'This code is not right. Check the clock of the device that shows it.',
  code_used: 'This code was used already. Wait for the next one.',
  passkey_wrong: 'This passkey was not accepted. Try again, or use another way.',
} as const satisfies Record<FactorFault, string>

async function secondStep(
  door: Door,
  request: AuthRequest,
  judge: (trx: Trx, pending: PendingSignIn) => Promise<FactorJudgement>,
): Promise<Response> {
  const pending = await pendingBehind(door, request)
  if (!pending) {
    await recordTooLate(door, request)
    return startAgain(door)
  }
  const device = knownDevice(door, request.headers, pending.userId)
  const buckets = attemptBuckets('code', { ...request, account: pending.userId, device })
  const waitSeconds = await takeAttempt(door.db, buckets, door.now())
  if (waitSeconds !== null) {
    if (await isHeldBackTold(door, { kind: 'code', address: request.address })) {
      await door.db
        .transaction()
        .execute((trx) =>
          recordRefusal(trx, door, { request, pending, reason: 'too many attempts' }),
        )
    }
    return heldBack(waitSeconds)
  }
  const outcome = await door.db.transaction().execute(async (trx) => {
    const isHeld = await holdSignInPerson(trx, pending.userId)
    // Of two right answers to one question the second finds nothing to answer.
    if (!isHeld || !(await lockPendingSignIn(trx, pending.id))) {
      await recordRefusal(trx, door, { request, pending, reason: 'sign-in over meanwhile' })
      return null
    }
    const judged = await judge(trx, pending)
    if (!judged.ok) {
      const isOver = await countWrongAnswer(trx, pending.id, WRONG_ANSWERS_MAX)
      await recordRefusal(trx, door, { request, pending, reason: judged.because, isOver })
      return judged
    }
    await dropPendingSignIn(trx, pending.id)
    const { method } = pending
    const entry = { request, person: pending, method, factor: judged.factor }
    return { ok: true, token: await openSession(trx, door, entry) } as const
  })
  if (outcome === null) return startAgain(door)
  if (!outcome.ok) return wrongAnswer(outcome.code)
  await forgiveAttempt(door.db, buckets, door.now())
  return signedIn(door, request, { token: outcome.token, person: pending })
}

async function pendingBehind(door: Door, request: AuthRequest): Promise<PendingSignIn | undefined> {
  const shown = door.pendingCookie.read(request.headers)
  if (shown === null || shown === 'forged') return undefined
  return findPendingSignIn(door.db, shown.value, door.now())
}

function startAgain(door: Door): Response {
  const message = 'This sign-in took too long or had too many wrong answers. Start again.'
  return withCookies(answer(401, { code: 'sign_in_expired', message }), [
    door.pendingCookie.clear(),
  ])
}

/** A cookie whose sign-in is over, or was never begun here; without one it is nobody's attempt. */
async function recordTooLate(door: Door, request: AuthRequest): Promise<void> {
  const shown = door.pendingCookie.read(request.headers)
  if (shown === null) return
  if (shown === 'forged') {
    await recordForgedCookie(door, request, 'session.second_factor')
    return
  }
  await door.db.transaction().execute((trx) =>
    recordAudit(trx, attributionAt(door, request, null), {
      action: 'session.second_factor',
      outcome: 'refused',
      reason: 'sign-in expired',
    }),
  )
}

async function recordRefusal(
  trx: Trx,
  door: Door,
  refused: {
    readonly request: AuthRequest
    readonly pending: PendingSignIn
    readonly reason: string
    /** With this answer there were too many wrong ones. */
    readonly isOver?: boolean
  },
): Promise<void> {
  const { request, pending, reason, isOver } = refused
  await recordAudit(trx, attributionAt(door, request, null), {
    action: 'session.second_factor',
    outcome: 'refused',
    reason,
    subject: { kind: 'person', id: pending.userId, label: pending.email },
    ...(isOver && { after: { ended: 'too_many_answers' } }),
  })
}

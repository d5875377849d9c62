import { hashPassword, verifyPassword } from 'better-auth/crypto'
import * as z from 'zod'
import { recordAudit } from '../audit/record-audit.ts'
import { answer, heldBack } from './auth-answer.ts'
import { isDemoEmail } from './demo-domain.ts'
import { attributionAt, type AuthRequest, type Door } from './door.ts'
import { knownDevice } from './known-device.ts'
import { letIn } from './let-in.ts'
import { emailKey, findSignInPerson, type SignInPerson } from './people.queries.ts'
import { forgiveAttempt, takeAttempt } from './rate-limits.ts'
import { attemptBuckets, isHeldBackTold } from './sign-in-limits.ts'

const credentials = z.object({
  email: z.email().max(254),
  password: z.string().min(1).max(128),
})

/** `POST /api/auth/sign-in/email {email, password}`: in, or the same "no" whatever was wrong. */
export async function signInWithPassword(door: Door, request: AuthRequest): Promise<Response> {
  const { db, log } = door
  if (!door.passwordSignIn) {
    await recordRefusal(door, request, { person: undefined, reason: 'passwords are off' })
    return passwordSignInIsOff()
  }
  const read = credentials.safeParse(request.body)
  if (!read.success) return answer(400, { message: 'Give an e-mail address and a password.' })
  const { email, password } = read.data

  const person = await findPersonAtDoor(door, email)
  const device = knownDevice(door, request.headers, person?.userId)
  const buckets = attemptBuckets('sign-in', { ...request, account: emailKey(email), device })
  const waitSeconds = await takeAttempt(db, buckets, door.now())
  if (waitSeconds !== null) {
    log.warn(
      { address: request.address, requestId: request.requestId, waitSeconds },
      'sign-in held back',
    )
    if (await isHeldBackTold(door, { kind: 'sign-in', address: request.address })) {
      await recordRefusal(door, request, { person, reason: 'too many attempts' })
    }
    return heldBack(waitSeconds)
  }
  const isRight = await isRightPassword(password, person)
  if (!person || !isRight) {
    log.info({ address: request.address, requestId: request.requestId }, 'sign-in refused')
    await recordRefusal(door, request, { person, reason: 'wrong e-mail or password' })
    return answer(401, { code: 'credentials_wrong', message: 'E-mail or password is wrong.' })
  }
  await forgiveAttempt(db, buckets, door.now())
  const { passwordHash: checkedHash } = person
  return letIn(door, request, { person, method: 'password', checkedHash })
}

/** Takes as long for an unknown person as for a known one. */
export async function isRightPassword(
  password: string,
  person: Pick<SignInPerson, 'passwordHash'> | undefined,
): Promise<boolean> {
  const hash = person?.passwordHash ?? null
  if (hash !== null) return verifyPassword({ hash, password })
  await hashPassword(password)
  return false
}

export function passwordSignInIsOff(): Response {
  const message = 'Passwords are not used here. Sign in through your identity provider.'
  return answer(403, { code: 'password_sign_in_off', message })
}

/** Where the demo is off its people are unknown, at the same cost and in the same words as anybody unknown. */
async function findPersonAtDoor(door: Door, email: string): Promise<SignInPerson | undefined> {
  if (isDemoEmail(email) && !door.demo) return undefined
  return findSignInPerson(door.db, email)
}

/** What was typed for an unknown account is not kept: a password perhaps. */
async function recordRefusal(
  door: Door,
  request: AuthRequest,
  { person, reason }: { readonly person: SignInPerson | undefined; readonly reason: string },
): Promise<void> {
  await door.db.transaction().execute((trx) =>
    recordAudit(trx, attributionAt(door, request, null), {
      action: 'session.sign_in',
      outcome: 'refused',
      reason,
      ...(person && { subject: { kind: 'person', id: person.userId, label: person.email } }),
    }),
  )
}

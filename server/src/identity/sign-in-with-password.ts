import { hashPassword, verifyPassword } from 'better-auth/crypto'
import * as z from 'zod'
import { recordAudit } from '../audit/record-audit.ts'
import { answer, heldBack } from './auth-answer.ts'
import { isDemoEmail } from './demo-domain.ts'
import { attributionAt, type AuthRequest, type Door } from './door.ts'
import { letIn } from './let-in.ts'
import { findSignInPerson, type SignInPerson } from './people.queries.ts'
import { forgiveSignInAttempt, takeSignInAttempt } from './sign-in-attempts.ts'

const credentials = z.object({
  email: z.email().max(254),
  password: z.string().min(1).max(128),
})

/** `POST /api/auth/sign-in/email {email, password}`: a session, or the same "no" whatever was wrong. */
export async function signInWithPassword(door: Door, request: AuthRequest): Promise<Response> {
  const { db, log, now } = door
  const read = credentials.safeParse(request.body)
  if (!read.success) return answer(400, { message: 'Give an e-mail address and a password.' })

  const attempt = { email: read.data.email, address: request.address }
  const waitSeconds = await takeSignInAttempt(db, attempt, now())
  if (waitSeconds !== null) {
    log.warn({ address: request.address, waitSeconds }, 'sign-in held back')
    const person = await findPersonAtDoor(door, read.data.email)
    await recordRefusal(door, request, { person, reason: 'too many attempts' })
    return heldBack(waitSeconds)
  }

  const person = await findPersonAtDoor(door, read.data.email)
  const isRightPassword = await isRight(read.data.password, person)
  if (!person || !isRightPassword) {
    log.info({ address: request.address }, 'sign-in refused')
    await recordRefusal(door, request, { person, reason: 'wrong e-mail or password' })
    return answer(401, { message: 'E-mail or password is wrong.' })
  }
  await forgiveSignInAttempt(db, attempt, now())
  return letIn(door, request, { person, method: 'password' })
}

/** Where the demo is off its people are unknown, at the same cost and in the same words as anybody unknown. */
async function findPersonAtDoor(door: Door, email: string): Promise<SignInPerson | undefined> {
  if (isDemoEmail(email) && !door.demo) return undefined
  return findSignInPerson(door.db, email)
}

/** Takes as long for an unknown person as for a known one. */
async function isRight(password: string, person: SignInPerson | undefined): Promise<boolean> {
  const hash = person?.passwordHash ?? null
  if (hash !== null) return verifyPassword({ hash, password })
  await hashPassword(password)
  return false
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

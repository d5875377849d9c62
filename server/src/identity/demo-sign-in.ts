import * as z from 'zod'
import { recordAudit } from '../audit/record-audit.ts'
import { answer } from './auth-answer.ts'
import { isDemoEmail } from './demo-domain.ts'
import { attributionAt, type AuthRequest, type Door } from './door.ts'
import { openSession, signedIn } from './let-in.ts'
import { findSignInPerson } from './people.queries.ts'

const chosen = z.object({ email: z.email() })

/** `POST /api/auth/sign-in/demo {email}`: one click, second factor included. There is no such path outside the demo. */
export async function signInToDemo(door: Door, request: AuthRequest): Promise<Response> {
  if (!door.demo) return answer(404, { message: 'Not found.' })
  const email = chosen.safeParse(request.body).data?.email
  const person =
    email !== undefined && isDemoEmail(email) ? await findSignInPerson(door.db, email) : undefined
  if (!person) {
    await door.db.transaction().execute((trx) =>
      recordAudit(trx, attributionAt(door, request, null), {
        action: 'session.sign_in',
        outcome: 'refused',
        reason: 'nobody of the demo',
      }),
    )
    return answer(401, { message: 'This is nobody of the demo.' })
  }
  const token = await door.db
    .transaction()
    .execute((trx) =>
      openSession(trx, door, { request, person, method: 'demo', factor: 'authenticator' }),
    )
  return signedIn(door, request, { token, person })
}

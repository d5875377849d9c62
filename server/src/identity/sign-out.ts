import { recordAudit } from '../audit/record-audit.ts'
import { done } from './auth-answer.ts'
import { attributionAt, type AuthRequest, type Door } from './door.ts'
import { findPersonById } from './people.queries.ts'
import { endSessionOf } from './sessions.queries.ts'

/** `POST /api/auth/sign-out`: ends the session at Desk, then clears the cookie. */
export async function signOut(door: Door, request: AuthRequest): Promise<Response> {
  const shown = door.sessionCookie.read(request.headers)
  if (shown !== null && shown !== 'forged') {
    const at = door.now()
    await door.db.transaction().execute(async (trx) => {
      const ended = await endSessionOf(trx, shown.value, { because: 'signed_out', at })
      if (!ended) return
      const person = await findPersonById(trx, ended.userId)
      await recordAudit(trx, attributionAt(door, request, person ?? null), {
        action: 'session.sign_out',
        subject: { kind: 'session', id: ended.id },
      })
    })
  }
  return done([door.sessionCookie.clear(), door.pendingCookie.clear()])
}

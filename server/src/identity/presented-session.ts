import type { SessionEnd } from '@desk/shared/identity/session'
import { recordAudit } from '../audit/record-audit.ts'
import { attributionAt, type AuthRequest, type Door } from './door.ts'
import { findPersonById } from './people.queries.ts'
import { networkOf, takeAttempt } from './rate-limits.ts'
import { findEndedSession, markTold } from './sessions.queries.ts'

/** Where a request came from, for whoever shows a session that is not valid. */
export type Visitor = Pick<AuthRequest, 'headers' | 'address' | 'requestId'>

/**
 * Why the session behind this token is over, where it was ended early. The first time its browser shows
 * it stands in the audit log.
 */
export async function endOfSession(
  door: Door,
  visitor: Visitor,
  token: string,
): Promise<SessionEnd | null> {
  const ended = await findEndedSession(door.db, token)
  if (!ended) return null
  const { id, userId, because } = ended
  // Signing out and in again is not worth a word; what others decided is.
  if (!ended.isTold && because !== 'signed_out' && because !== 'replaced') {
    const at = door.now()
    await door.db.transaction().execute(async (trx) => {
      if (!(await markTold(trx, id, at))) return
      const person = await findPersonById(trx, userId)
      await recordAudit(trx, attributionAt(door, visitor, null), {
        action: 'session.presented',
        outcome: 'refused',
        reason: because,
        subject: { kind: 'person', id: userId, ...(person && { label: person.email }) },
      })
    })
  }
  return because
}

/**
 * A cookie that this Desk's key did not sign: planted, or of another Desk. Told once per network and
 * quarter of an hour.
 */
export async function recordForgedCookie(
  door: Door,
  visitor: Visitor,
  action: 'session.presented' | 'session.second_factor',
): Promise<void> {
  const once = {
    kind: `forged-${action}`,
    of: networkOf(visitor.address),
    max: 1,
    onSuccess: 'return',
  } as const
  if ((await takeAttempt(door.db, [once], door.now())) !== null) return
  await door.db.transaction().execute((trx) =>
    recordAudit(trx, attributionAt(door, visitor, null), {
      action,
      outcome: 'refused',
      reason: 'not signed by this Desk',
    }),
  )
}

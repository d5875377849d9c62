import { recordAudit } from '../audit/record-audit.ts'
import type { Db } from '../database.ts'
import { moveRequest, subjectOf } from './request-store.ts'
import { voidVotes } from './void-votes.ts'

const atOnce = 100

/** Ends what waited too long, approved or not; resolves to whether there is more. */
export async function expireRequests(db: Db, at: Date): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const over = await trx
      .selectFrom('withdrawal_request')
      .selectAll()
      .where('state', 'in', ['pending_approval', 'approved'])
      .where('expires_at', '<=', at)
      .orderBy('id')
      .limit(atOnce)
      .forUpdate()
      .skipLocked()
      .execute()
    for (const request of over) {
      await voidVotes(trx, request.id, { at, because: 'The request expired.' })
      await moveRequest(trx, request, {
        to: 'expired',
        event: { kind: 'expired', actorUserId: null, at },
      })
    }
    const by = { actor: null, address: null, requestId: null, at }
    for (const request of over) {
      await recordAudit(trx, by, { action: 'withdrawal.expire', subject: subjectOf(request) })
    }
    return over.length === atOnce
  })
}

import { recordAudit } from '../audit/record-audit.ts'
import type { Trx } from '../database.ts'
import type { Attribution } from '../kernel/actor.ts'
import { moveRequest, type StoredRequest, subjectOf } from './request-store.ts'

/** Voids every vote on a request that the transaction holds; answers how many there were. */
export async function voidVotes(
  trx: Trx,
  requestId: string,
  { at, because }: { readonly at: Date; readonly because: string },
): Promise<number> {
  const { numUpdatedRows } = await trx
    .updateTable('withdrawal_vote')
    .set({ voided_at: at, voided_reason: because })
    .where('request_id', '=', requestId)
    .where('voided_at', 'is', null)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Requests that wait, approved or not, oldest first, held until the end of the transaction. */
async function lockWaiting(trx: Trx): Promise<readonly StoredRequest[]> {
  return trx
    .selectFrom('withdrawal_request')
    .selectAll()
    .where('state', 'in', ['pending_approval', 'approved'])
    .orderBy('id')
    .forUpdate()
    .execute()
}

/**
 * After another policy came into force everything that waits goes back to whoever asked: people approved by
 * rules that hold no more. In the transaction that changes the policy.
 */
export async function voidForPolicy(trx: Trx, by: Attribution): Promise<void> {
  const because = 'The policy changed.'
  for (const request of await lockWaiting(trx)) {
    const voided = await voidVotes(trx, request.id, { at: by.at, because })
    await moveRequest(trx, request, {
      to: 'draft',
      reason: `${because} Submit it again under the new one.`,
      set: unsubmitted(request),
      event: {
        kind: 'policy_changed',
        actorUserId: by.actor?.userId ?? null,
        at: by.at,
        detail: { voidedVotes: voided },
      },
    })
    await recordAudit(trx, by, {
      action: 'withdrawal.void_votes',
      subject: subjectOf(request),
      reason: because,
      after: { votes: voided },
    })
  }
}

/**
 * After somebody lost a role or left: their votes on what waits count no more, and what was approved by
 * them waits again. Answers the requests concerned.
 */
export async function voidVotesOf(
  trx: Trx,
  userId: string,
  { by, because }: { readonly by: Attribution; readonly because: string },
): Promise<readonly StoredRequest[]> {
  const concerned: StoredRequest[] = []
  for (const request of await lockWaiting(trx)) {
    const { numUpdatedRows } = await trx
      .updateTable('withdrawal_vote')
      .set({ voided_at: by.at, voided_reason: because })
      .where('request_id', '=', request.id)
      .where((eb) => eb.or([eb('voter', '=', userId), eb('on_behalf_of', '=', userId)]))
      .where('voided_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) continue
    concerned.push(request)
    if (request.state === 'approved') {
      await moveRequest(trx, request, {
        to: 'pending_approval',
        reason: because,
        event: { kind: 'vote_voided', actorUserId: by.actor?.userId ?? null, at: by.at },
      })
    }
    await recordAudit(trx, by, {
      action: 'withdrawal.void_votes',
      subject: subjectOf(request),
      reason: because,
    })
  }
  return concerned
}

/** What a request is without once it is a draft again. */
export function unsubmitted(request: StoredRequest) {
  return {
    revision: request.revision + 1,
    submitted_at: null,
    expires_at: null,
    policy_version: null,
    nonce: null,
    canonical_content: null,
    fingerprint: null,
    is_break_glass: false,
  } as const
}

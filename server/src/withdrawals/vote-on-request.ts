import { randomUUID } from 'node:crypto'
import type { UserId } from '@desk/shared/identity/session'
import {
  approvalBlock,
  judgeVotes,
  type VoteQuestion,
  waysToApprove,
} from '@desk/shared/withdrawals/judge-votes'
import type { ApproveRequestInput } from '@desk/shared/withdrawals/request-input-schema'
import { isExpired } from '@desk/shared/withdrawals/request-times'
import { recordAudit } from '../audit/record-audit.ts'
import type { Db, Trx } from '../database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { readActivePolicy } from './active-policy.queries.ts'
import type { ByPerson } from './address-book.ts'
import { readQuestion } from './request-votes.queries.ts'
import {
  lockRequest,
  moveRequest,
  refuseStale,
  type StoredRequest,
  subjectOf,
  tellOf,
} from './request-store.ts'
import { voidVotes } from './void-votes.ts'
import { readDelegations } from './voting-people.queries.ts'

/** What voting works with; `provedAt` is when the person last showed who they are. */
export interface VoteCall {
  readonly db: Db
  readonly by: ByPerson
  readonly provedAt: Date
}

/**
 * One approval of exactly the content whose fingerprint the voter's browser showed. The last one that is
 * needed has it sent, by a worker and never from here. Refuses with `withdrawal_changed`,
 * `fingerprint_differs`, `withdrawal_expired`, `policy_changed`, `withdrawal_not_waiting` and
 * `approval_not_counted`.
 */
export async function approveRequest(
  { db, by, provedAt }: VoteCall,
  input: ApproveRequestInput,
): Promise<{ readonly isApproved: boolean }> {
  return db.transaction().execute(async (trx) => {
    const request = await lockRequest(trx, input.id)
    const question = await questionFor(trx, request, { by, input })
    const policy = await readActivePolicy(trx)
    if (policy.version !== request.policy_version) {
      throw new Refusal(
        'conflict',
        'policy_changed',
        'The policy changed meanwhile: it has to be submitted again.',
      )
    }
    await refuseUncounted(trx, question, { by, onBehalfOf: input.onBehalfOf })
    await trx
      .insertInto('withdrawal_vote')
      .values({
        id: randomUUID(),
        request_id: request.id,
        fingerprint: input.fingerprint,
        policy_version: question.policyVersion,
        decision: 'approve',
        voter: by.actor.userId,
        on_behalf_of: input.onBehalfOf,
        stepped_up_at: provedAt,
        at: by.at,
      })
      .execute()
    const after = await readQuestion(trx, request)
    const isApproved = after !== null && judgeVotes(after).isEnough
    const event = { kind: 'approved', actorUserId: by.actor.userId, at: by.at }
    if (isApproved) {
      await moveRequest(trx, request, { to: 'approved', event })
      await enqueue(trx, 'withdrawal.send', [request.id])
    } else {
      await tellOf(trx, request, event)
    }
    await recordAudit(trx, by, {
      action: 'withdrawal.approve',
      subject: subjectOf(request),
      after: {
        fingerprint: input.fingerprint,
        onBehalfOf: input.onBehalfOf,
        policyVersion: question.policyVersion,
        isEnough: isApproved,
      },
    })
    return { isApproved }
  })
}

/** Gives it back to whoever asked, with the reason. Refuses as `approveRequest`. */
export async function rejectRequest(
  { db, by }: Omit<VoteCall, 'provedAt'>,
  input: { readonly id: string; readonly revision: number; readonly reason: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const request = await lockRequest(trx, input.id)
    refuseStale(request, input.revision)
    refuseOver(request, by.at)
    if (request.state !== 'pending_approval' && request.state !== 'approved')
      throw notWaiting(request)
    if (await isOwn(trx, request, by)) {
      throw new Refusal(
        'forbidden',
        'withdrawal_yours',
        'You asked for this withdrawal: cancel or edit it instead.',
      )
    }
    await voidVotes(trx, request.id, { at: by.at, because: 'The request was rejected.' })
    await moveRequest(trx, request, {
      to: 'rejected',
      reason: input.reason,
      event: {
        kind: 'rejected',
        actorUserId: by.actor.userId,
        at: by.at,
        detail: { reason: input.reason },
      },
    })
    await recordAudit(trx, by, {
      action: 'withdrawal.reject',
      subject: subjectOf(request),
      reason: input.reason,
    })
  })
}

/**
 * An admin calls it an emergency: from now on two admins approve it in person, and cooling-off, business
 * hours and limits do not hold it. What was approved before does not count. Refuses as `approveRequest`.
 */
export async function breakGlass(
  { db, by }: Omit<VoteCall, 'provedAt'>,
  input: { readonly id: string; readonly revision: number; readonly reason: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const request = await lockRequest(trx, input.id)
    refuseStale(request, input.revision)
    refuseOver(request, by.at)
    if (request.state !== 'pending_approval') throw notWaiting(request)
    if (await isOwn(trx, request, by)) {
      throw new Refusal(
        'forbidden',
        'withdrawal_yours',
        'You asked for this withdrawal, so another admin must call it one.',
      )
    }
    if (request.is_break_glass) {
      throw new Refusal('conflict', 'emergency_already', 'It is an emergency already.')
    }
    await voidVotes(trx, request.id, { at: by.at, because: 'It was called an emergency.' })
    await trx
      .updateTable('withdrawal_request')
      .set({ is_break_glass: true, revision: request.revision + 1 })
      .where('id', '=', request.id)
      .execute()
    await tellOf(trx, request, {
      kind: 'break_glass',
      actorUserId: by.actor.userId,
      at: by.at,
      detail: { reason: input.reason },
    })
    await recordAudit(trx, by, {
      action: 'withdrawal.break_glass',
      subject: subjectOf(request),
      reason: input.reason,
    })
  })
}

/** The question as it stands, for somebody who saw this revision with this fingerprint. */
async function questionFor(
  trx: Trx,
  request: StoredRequest,
  { by, input }: { readonly by: ByPerson; readonly input: ApproveRequestInput },
): Promise<VoteQuestion> {
  refuseStale(request, input.revision)
  refuseOver(request, by.at)
  if (request.state !== 'pending_approval') throw notWaiting(request)
  const named = [by.actor.userId, ...(input.onBehalfOf === null ? [] : [input.onBehalfOf])]
  const question = await readQuestion(trx, request, named)
  if (question === null) throw notWaiting(request)
  if (question.fingerprint !== input.fingerprint) {
    throw new Refusal(
      'conflict',
      'fingerprint_differs',
      'Your browser computed another fingerprint than Desk: what you saw is not what would be sent. Look at it again, and tell an admin if it happens twice.',
    )
  }
  return question
}

async function refuseUncounted(
  trx: Trx,
  question: VoteQuestion,
  { by, onBehalfOf }: { readonly by: ByPerson; readonly onBehalfOf: UserId | null },
): Promise<void> {
  const held = await readDelegations(trx, by.at)
  const delegators = held.flatMap(({ from, to }) => (to === by.actor.userId ? [from] : []))
  if (waysToApprove(question, by.actor.userId, delegators).includes(onBehalfOf)) return
  const block =
    onBehalfOf !== null && !delegators.includes(onBehalfOf)
      ? 'They have not let you vote in their place, or not any more.'
      : approvalBlock(question, { voter: by.actor.userId, onBehalfOf })
  throw new Refusal('forbidden', 'approval_not_counted', block ?? 'This approval would not count.')
}

/** The same human, by this account or another one of theirs. */
async function isOwn(trx: Trx, request: StoredRequest, by: ByPerson): Promise<boolean> {
  const rows = await trx
    .selectFrom('person')
    .select((eb) => eb.fn.coalesce('same_as', 'id').as('holder'))
    .distinct()
    .where('id', 'in', [request.requested_by, by.actor.userId])
    .execute()
  return rows.length < 2
}

function refuseOver(request: StoredRequest, at: Date): void {
  if (request.expires_at === null || !isExpired(request.expires_at, at)) return
  if (request.state !== 'pending_approval' && request.state !== 'approved') return
  throw new Refusal(
    'conflict',
    'withdrawal_expired',
    'It expired before enough people approved it. Who asked can submit it again.',
  )
}

function notWaiting(request: StoredRequest): Refusal {
  return new Refusal(
    'conflict',
    'withdrawal_not_waiting',
    `There is nothing to decide any more: it is ${request.state.replaceAll('_', ' ')}.`,
  )
}

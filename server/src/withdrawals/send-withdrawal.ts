import { createHash, randomUUID } from 'node:crypto'
import { isAmountCents } from '@desk/shared/money/amount-cents'
import { canonicalContent, fingerprintOf } from '@desk/shared/withdrawals/fingerprint'
import { failedChecks } from '@desk/shared/withdrawals/destination-checks'
import { heldBecause } from '@desk/shared/withdrawals/held-because'
import { exceededLimits } from '@desk/shared/withdrawals/judge-limits'
import { judgeVotes } from '@desk/shared/withdrawals/judge-votes'
import { isExpired } from '@desk/shared/withdrawals/request-times'
import { recordAudit } from '../audit/record-audit.ts'
import type { Db, Trx } from '../database.ts'
import { GatewayError } from '../gateway/gateway-error.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { readActivePolicy } from './active-policy.queries.ts'
import { readChecks } from './destination-passport.queries.ts'
import { readLimitUse } from './limit-use.queries.ts'
import { adoptFound, adoptMirrored } from './learn-withdrawals.ts'
import { recordAccepted, recordFault, stopForKey } from './record-sending.ts'
import { readHolds } from './request-case.queries.ts'
import { readQuestion } from './request-votes.queries.ts'
import { lockRequest, moveRequest, type StoredRequest, subjectOf } from './request-store.ts'
import { holdSending } from './sending-lock.ts'
import { contentOfRequest, holdLimits } from './submit-request.ts'
import { unsubmitted, voidVotes } from './void-votes.ts'
import { findUpstream } from './upstream-withdrawals.ts'
import { withdrawalAnswer } from './withdrawal-observations.ts'

/** The points between which a Desk may die; tests let it. */
export type SendingPoint =
  | 'before_look_up'
  | 'before_commit'
  | 'after_commit'
  | 'after_answer'
  | 'before_record'
  | 'after_record'

export interface Sending {
  readonly db: Db
  readonly gateway: Pick<Gateway, 'withdrawalBody' | 'createWithdrawal' | 'listWithdrawals'>
  readonly now: () => Date
  /** The business zone. */
  readonly zone: string
  readonly passing?: (point: SendingPoint) => Promise<void>
}

/** What is committed before the first byte goes out. */
interface Committed {
  readonly attemptId: string
  readonly requestId: string
  readonly body: string
  readonly idempotencyKey: string
}

/**
 * Sends one approved request to SpacePay, at most once. All that holds it back is judged anew under its
 * lock; then the attempt is committed, then the call is made, then its end is recorded. A Desk that dies in
 * between leaves an attempt that nobody repeats: it is looked for upstream until it is found or a person
 * settles it. Before every call SpacePay's own list is asked for our order id, so that a database that was
 * restored from yesterday pays nothing a second time.
 */
export async function sendWithdrawal(sending: Sending, requestId: string): Promise<void> {
  const pass = sending.passing ?? (() => Promise.resolve())
  await holdSending(sending.db, requestId, async () => {
    // What is held is asked about again and again, and costs SpacePay no call.
    if (!(await isFree(sending, requestId))) return
    await pass('before_look_up')
    if (!(await isUnsent(sending, requestId))) return
    const committed = await commitAttempt(sending, requestId)
    if (committed === null) return
    await pass('after_commit')
    await callAndRecord(sending, committed)
    await pass('after_record')
  })
}

/** Whether nothing holds it now. What was approved and is so no more goes back to who must decide. */
async function isFree({ db, now, zone }: Sending, requestId: string): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const request = await lockRequest(trx, requestId)
    const at = now()
    const verdict = await judgeLeaving(trx, request, { at, zone })
    if (verdict === 'too_few' || verdict === 'altered') {
      await takeBack(trx, request, { verdict, at })
    }
    return verdict === 'leaves'
  })
}

/**
 * Whether SpacePay has nothing by the request's order id, as far as Desk was told and by SpacePay's own list.
 * What it has is learned and adopted. A key that may not even read stops everything.
 */
async function isUnsent(sending: Sending, requestId: string): Promise<boolean> {
  const { db, gateway, now } = sending
  const request = await db
    .selectFrom('withdrawal_request')
    .select(['order_id as orderId', 'created_at as since', 'state'])
    .where('id', '=', requestId)
    .executeTakeFirst()
  if (request?.state !== 'approved') return false
  const { orderId } = request
  if (await db.transaction().execute((trx) => adoptMirrored(trx, orderId, now()))) return false
  try {
    const found = await findUpstream({ gateway, now }, request)
    if (found === null) return true
    await db.transaction().execute((trx) => adoptFound(trx, found))
  } catch (error) {
    if (!(error instanceof GatewayError) || error.outcome !== 'unauthorized') throw error
    await db.transaction().execute((trx) => stopForKey(trx, now()))
  }
  return false
}

async function commitAttempt(sending: Sending, requestId: string): Promise<Committed | null> {
  const { db, gateway, now, zone, passing } = sending
  return db.transaction().execute(async (trx) => {
    await holdLimits(trx)
    const request = await lockRequest(trx, requestId)
    const at = now()
    // Made meanwhile, by whatever way Desk was told of it.
    if (request.withdrawal_id !== null) return null
    if ((await judgeLeaving(trx, request, { at, zone })) !== 'leaves') return null
    const { attempts, body: kept } = await earlierAttempts(trx, request)
    if (!isAmountCents(request.amount_cents))
      throw new RangeError('A request is of no exact amount.')
    const body =
      kept ??
      gateway.withdrawalBody({
        amountCents: request.amount_cents,
        network: request.network,
        recipientAddress: request.destination_address,
        orderId: request.order_id,
      })
    const attempt = {
      id: randomUUID(),
      request_id: request.id,
      number: attempts + 1,
      idempotency_key: keyOf(request),
      body,
      fingerprint: request.fingerprint ?? '',
      state: 'live',
      started_at: at,
    } as const
    await trx.insertInto('withdrawal_attempt').values(attempt).execute()
    await moveRequest(trx, request, {
      to: 'sending',
      event: { kind: 'sending', actorUserId: null, at, detail: { attempt: attempt.number } },
    })
    await recordAudit(trx, byDesk(at), {
      action: 'withdrawal.send',
      subject: subjectOf(request),
      after: { attempt: attempt.number, fingerprint: attempt.fingerprint },
    })
    await passing?.('before_commit')
    return {
      attemptId: attempt.id,
      requestId: request.id,
      body,
      idempotencyKey: attempt.idempotency_key,
    }
  })
}

type LeavingVerdict = 'leaves' | 'held' | 'too_few' | 'altered'

/** Everything that must hold at the moment of sending, judged from what is committed now. */
async function judgeLeaving(
  trx: Trx,
  request: StoredRequest,
  { at, zone }: { readonly at: Date; readonly zone: string },
): Promise<LeavingVerdict> {
  if (request.state !== 'approved' || request.expires_at === null) return 'held'
  if (isExpired(request.expires_at, at)) return 'held'
  if (!(await isWhatWasApproved(trx, request))) return 'altered'
  const question = await readQuestion(trx, request)
  if (question === null || !judgeVotes(question).isEnough) return 'too_few'
  // Held until this transaction ends: who stops withdrawals waits for it, and none begins afterwards.
  await trx.selectFrom('withdrawal_stop').select('is_stopped').forShare().executeTakeFirstOrThrow()
  // The same for whoever freezes its destination.
  await trx
    .selectFrom('destination')
    .select('id')
    .where('id', '=', request.destination_id)
    .forShare()
    .executeTakeFirstOrThrow()
  const policy = await readActivePolicy(trx)
  if (policy.version !== request.policy_version) return 'held'
  const use = await readLimitUse(trx, {
    requestedBy: request.requested_by,
    at,
    moment: 'leaving',
    zone,
    except: request.id,
  })
  const held = heldBecause({
    ...(await readHolds(trx, request)),
    failedChecks: failedChecks(await readChecks(trx, request)),
    businessHours: policy.businessHours,
    exceeded: exceededLimits(policy.limits, { amountCents: request.amount_cents, ...use }),
    isBreakGlass: request.is_break_glass,
    nowMs: at.getTime(),
    zone,
  })
  return held === null ? 'leaves' : 'held'
}

/** An approval that does not count any more is asked for again; a row that is not what was approved is a draft. */
async function takeBack(
  trx: Trx,
  request: StoredRequest,
  { verdict, at }: { readonly verdict: 'too_few' | 'altered'; readonly at: Date },
): Promise<void> {
  const by = byDesk(at)
  const isAltered = verdict === 'altered'
  const reason = isAltered
    ? 'What is stored is not what was approved.'
    : 'Too few of its approvals still count.'
  if (isAltered) await voidVotes(trx, request.id, { at, because: reason })
  await moveRequest(trx, request, {
    to: isAltered ? 'draft' : 'pending_approval',
    reason,
    ...(isAltered && { set: unsubmitted(request) }),
    event: { kind: isAltered ? 'altered' : 'vote_voided', actorUserId: null, at },
  })
  await recordAudit(trx, by, {
    action: 'withdrawal.void_votes',
    subject: subjectOf(request),
    reason,
  })
}

/** The row still says what the fingerprint says. */
async function isWhatWasApproved(trx: Trx, request: StoredRequest): Promise<boolean> {
  const { nonce, policy_version: policyVersion, fingerprint } = request
  if (nonce === null || policyVersion === null || fingerprint === null) return false
  const attachment = await trx
    .selectFrom('withdrawal_attachment')
    .select('sha256')
    .where('request_id', '=', request.id)
    .executeTakeFirst()
  const attachmentSha256 = attachment?.sha256 ?? null
  const canonical = canonicalContent(
    contentOfRequest(request, { nonce, policyVersion, attachmentSha256 }),
  )
  return canonical === request.canonical_content && fingerprintOf(canonical) === fingerprint
}

/** How many there were, and the bytes that were sent for this content before. */
async function earlierAttempts(trx: Trx, request: StoredRequest) {
  const rows = await trx
    .selectFrom('withdrawal_attempt')
    .select(['number', 'body', 'idempotency_key'])
    .where('request_id', '=', request.id)
    .orderBy('number', 'desc')
    .execute()
  const same = rows.find((row) => row.idempotency_key === keyOf(request))
  return { attempts: rows[0]?.number ?? 0, body: same?.body ?? null }
}

/** One for each submission, so that every attempt at one content carries the same. */
function keyOf(request: Pick<StoredRequest, 'nonce'>): string {
  if (request.nonce === null) throw new Error('Only what was submitted has a key.')
  return createHash('sha256').update(`withdrawal ${request.nonce}`).digest('hex').slice(0, 40)
}

async function callAndRecord(sending: Sending, committed: Committed): Promise<void> {
  const { db, gateway, now, passing } = sending
  const askedAt = now()
  try {
    const { value, raw, readAt } = await gateway.createWithdrawal(committed.body, {
      idempotencyKey: committed.idempotencyKey,
    })
    await passing?.('after_answer')
    const answer = withdrawalAnswer({ value, raw, askedAt, answeredAt: readAt })
    await passing?.('before_record')
    await recordAccepted(db, { ...committed, answer, at: now() })
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    await passing?.('before_record')
    await recordFault(db, { ...committed, error, at: now() })
  }
}

function byDesk(at: Date) {
  return { actor: null, address: null, requestId: null, at } as const
}

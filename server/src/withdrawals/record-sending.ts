import { recordAudit } from '../audit/record-audit.ts'
import type { Db, Trx } from '../database.ts'
import type { GatewayError, GatewayOutcome } from '../gateway/gateway-error.ts'
import { adoptAnswered } from './advance-requests.ts'
import { learnWithdrawals } from './learn-withdrawals.ts'
import { lockRequest, moveRequest, type StoredRequest, subjectOf } from './request-store.ts'
import { stopWithdrawals } from './stop-all.ts'
import type { WithdrawalObservation } from './withdrawal-observations.ts'

interface Sent {
  readonly attemptId: string
  readonly requestId: string
  readonly at: Date
}

/** SpacePay made it: the request takes it for its own, whatever it says. */
export async function recordAccepted(
  db: Db,
  { attemptId, requestId, answer, at }: Sent & { readonly answer: WithdrawalObservation },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await learnWithdrawals(trx, [answer])
    await adoptAnswered(trx, { requestId, withdrawalId: answer.withdrawalId, at })
    await trx
      .updateTable('withdrawal_attempt')
      .set({ state: 'accepted', ended_at: at, status: 201, next_look_up_at: null })
      .where('id', '=', attemptId)
      .execute()
  })
}

/** What an attempt is after SpacePay did not simply say yes. */
type FaultState = 'refused' | 'rate_limited' | 'not_sent' | 'unclear'

/** By the gateway's own judgement of what may have happened; only what is certain is called so. */
function faultState(outcome: GatewayOutcome, mayHaveTakenEffect: boolean): FaultState {
  if (mayHaveTakenEffect) return 'unclear'
  if (outcome === 'rate_limited') return 'rate_limited'
  return outcome === 'refused' || outcome === 'not_found' ? 'refused' : 'not_sent'
}

/** Records why there is no withdrawal, or that nobody can tell. */
export async function recordFault(
  db: Db,
  { attemptId, requestId, error, at }: Sent & { readonly error: GatewayError },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const request = await lockRequest(trx, requestId)
    const state = faultState(error.outcome, error.mayHaveTakenEffect)
    const { numUpdatedRows } = await trx
      .updateTable('withdrawal_attempt')
      .set({
        state,
        ended_at: state === 'unclear' ? null : at,
        status: error.status,
        code: error.code,
        message: error.message,
        upstream_request_id: error.requestId,
        ...(state === 'unclear' && { next_look_up_at: at }),
      })
      .where('id', '=', attemptId)
      .where('state', '=', 'live')
      .executeTakeFirst()
    // A webhook told of it while the answer was lost: then it is known, and nothing is unclear.
    if (numUpdatedRows === 0n || request.state !== 'sending') return
    await afterFault(trx, request, { state, error, at })
    if (error.outcome === 'unauthorized') await stopForKey(trx, at)
  })
}

/** Nothing more is tried with a key that SpacePay does not know. */
export async function stopForKey(trx: Trx, at: Date): Promise<void> {
  const by = { actor: null, address: null, requestId: null, at }
  const reason = 'SpacePay does not accept the secret key any more.'
  await stopWithdrawals(trx, by, { cause: 'unauthorized', reason })
}

async function afterFault(
  trx: Trx,
  request: StoredRequest,
  { state, error, at }: { state: FaultState; error: GatewayError; at: Date },
): Promise<void> {
  const to = {
    refused: 'failed',
    rate_limited: 'approved',
    not_sent: 'approved',
    unclear: 'unknown',
  } as const
  await moveRequest(trx, request, {
    to: to[state],
    reason: state === 'refused' || state === 'unclear' ? error.message : null,
    event: {
      kind: state,
      actorUserId: null,
      at,
      detail: { outcome: error.outcome, status: error.status, code: error.code },
    },
  })
  await recordAudit(
    trx,
    { actor: null, address: null, requestId: null, at },
    {
      action: 'withdrawal.learn',
      subject: subjectOf(request),
      before: { state: request.state },
      after: { state: to[state], status: error.status, code: error.code },
    },
  )
}

/**
 * A sending whose Desk died: whether its bytes left nobody can tell, so it is looked for upstream and never
 * repeated. The caller holds the sending lock, so nobody is sending it.
 */
export async function recordAbandoned(db: Db, requestId: string, at: Date): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const request = await lockRequest(trx, requestId)
    if (request.state !== 'sending') return
    await trx
      .updateTable('withdrawal_attempt')
      .set({ state: 'unclear', next_look_up_at: at })
      .where('request_id', '=', requestId)
      .where('state', '=', 'live')
      .execute()
    await moveRequest(trx, request, {
      to: 'unknown',
      reason: 'Desk stopped while it was being sent.',
      event: { kind: 'unclear', actorUserId: null, at, detail: { outcome: 'abandoned' } },
    })
    await recordAudit(
      trx,
      { actor: null, address: null, requestId: null, at },
      {
        action: 'withdrawal.learn',
        subject: subjectOf(request),
        before: { state: 'sending' },
        after: { state: 'unknown' },
      },
    )
  })
}

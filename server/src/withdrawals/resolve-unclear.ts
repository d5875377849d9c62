import { sql } from 'kysely'
import type { ResolveRequestInput } from '@desk/shared/withdrawals/request-input-schema'
import { recordAudit } from '../audit/record-audit.ts'
import type { Db } from '../database.ts'
import { GatewayError } from '../gateway/gateway-error.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { type BackgroundLoop, startLoop } from '../kernel/background-loop.ts'
import { Refusal } from '../kernel/refusal.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { readActivePolicy } from './active-policy.queries.ts'
import type { ByPerson } from './address-book.ts'
import { differencesOf } from './advance-requests.ts'
import { expireRequests } from './expire-requests.ts'
import { learnWithdrawals } from './learn-withdrawals.ts'
import { recordAbandoned, recordAccepted } from './record-sending.ts'
import { lockRequest, moveRequest, subjectOf } from './request-store.ts'
import { holdSending } from './sending-lock.ts'
import { findUpstream } from './upstream-withdrawals.ts'
import { withdrawalAnswer } from './withdrawal-observations.ts'

export interface Resolving {
  readonly db: Db
  readonly gateway: Pick<Gateway, 'listWithdrawals' | 'createWithdrawal' | 'getWithdrawal'>
  readonly now: () => Date
  readonly log: { error(facts: object, message: string): void }
}

const everyMs = 5_000
const atOnce = 20
const firstLookUpMs = 5_000
const longestLookUpMs = 15 * 60_000
/** SpacePay keeps idempotency keys for a day; a repeat well before its end. */
const repeatUntilMs = 23 * 60 * 60_000

/**
 * Gives every sending an end: what a dead Desk left, what nobody can tell, what waits to leave, what waited
 * too long. Several Desks may do it at a time: each request is held by one.
 */
export function startResolving(resolving: Resolving): BackgroundLoop {
  return startLoop({
    name: 'withdrawals',
    intervalMs: everyMs,
    log: resolving.log,
    round: () => resolveOnce(resolving),
  })
}

/** Resolves to whether there is more to do at once. */
export async function resolveOnce(resolving: Resolving): Promise<boolean> {
  const { db, now } = resolving
  for (const id of await idsIn(db, 'sending')) {
    await holdSending(db, id, () => recordAbandoned(db, id, now()))
  }
  for (const attempt of await findDue(db, now())) {
    await holdSending(db, attempt.requestId, () => lookUp(resolving, attempt))
  }
  const waiting = await idsIn(db, 'approved')
  await db.transaction().execute((trx) => enqueue(trx, 'withdrawal.send', waiting))
  return expireRequests(db, now())
}

async function idsIn(db: Db, state: 'sending' | 'approved'): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('withdrawal_request')
    .select('id')
    .where('state', '=', state)
    .orderBy('submitted_at')
    .limit(100)
    .execute()
  return rows.map(({ id }) => id)
}

interface DueAttempt {
  readonly id: string
  readonly requestId: string
  readonly orderId: string
  readonly since: Date
  readonly body: string
  readonly idempotencyKey: string
  readonly startedAt: Date
  readonly lookUps: number
}

async function findDue(db: Db, at: Date): Promise<readonly DueAttempt[]> {
  return db
    .selectFrom('withdrawal_attempt as attempt')
    .innerJoin('withdrawal_request as request', 'request.id', 'attempt.request_id')
    .select([
      'attempt.id',
      'request.id as requestId',
      'request.order_id as orderId',
      'request.created_at as since',
      'attempt.body',
      'attempt.idempotency_key as idempotencyKey',
      'attempt.started_at as startedAt',
      'attempt.look_ups as lookUps',
    ])
    .where('attempt.state', '=', 'unclear')
    .where('request.state', '=', 'unknown')
    .where('attempt.next_look_up_at', '<=', at)
    .orderBy('attempt.next_look_up_at')
    .limit(atOnce)
    .execute()
}

/** Looks for it upstream; found, it is adopted. Where SpacePay does not answer it is looked for later all the same. */
async function lookUp(resolving: Resolving, attempt: DueAttempt): Promise<void> {
  const { db, now, log } = resolving
  try {
    const found = await findUpstream(resolving, attempt)
    if (found !== null) {
      await db.transaction().execute((trx) => learnWithdrawals(trx, [found]))
      return
    }
    await repeatWhereAllowed(resolving, attempt)
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    log.error({ err: error, requestId: attempt.requestId }, 'A withdrawal could not be looked up')
  }
  const pauseMs = Math.min(longestLookUpMs, firstLookUpMs * 2 ** attempt.lookUps)
  await db
    .updateTable('withdrawal_attempt')
    .set({
      look_ups: sql`look_ups + 1`,
      looked_up_at: now(),
      next_look_up_at: new Date(now().getTime() + pauseMs),
    })
    .where('id', '=', attempt.id)
    .where('state', '=', 'unclear')
    .execute()
}

/** The same bytes under the same key, only where the policy says so and the key is young enough to be remembered. */
async function repeatWhereAllowed(resolving: Resolving, attempt: DueAttempt): Promise<void> {
  const { db, gateway, now } = resolving
  const { repeatsWithSameKey } = await readActivePolicy(db)
  const isYoung = now().getTime() - attempt.startedAt.getTime() < repeatUntilMs
  if (!repeatsWithSameKey || !isYoung) return
  const askedAt = now()
  const { value, raw, readAt } = await gateway.createWithdrawal(attempt.body, {
    idempotencyKey: attempt.idempotencyKey,
  })
  const answer = withdrawalAnswer({ value, raw, askedAt, answeredAt: readAt })
  await recordAccepted(db, {
    attemptId: attempt.id,
    requestId: attempt.requestId,
    answer,
    at: now(),
  })
}

/**
 * A named person says what became of a sending that nobody could tell, and what they rely on: this
 * withdrawal of SpacePay's, which is read and compared, or none. Nothing is ever sent again for it. Refuses
 * with `withdrawal_not_unknown`, `withdrawal_not_found`, `withdrawal_is_another` and `withdrawal_yours`.
 */
export async function resolveByPerson(
  { db, gateway, by }: Pick<Resolving, 'db' | 'gateway'> & { readonly by: ByPerson },
  { id, outcome, evidence }: ResolveRequestInput,
): Promise<void> {
  const adopted =
    outcome.kind === 'adopt' ? await readUpstream(gateway, outcome.withdrawalId, by.at) : null
  await db.transaction().execute(async (trx) => {
    const request = await lockRequest(trx, id)
    if (request.state !== 'unknown') {
      throw new Refusal(
        'conflict',
        'withdrawal_not_unknown',
        'Only what is unknown can be resolved.',
      )
    }
    if (request.requested_by === by.actor.userId) {
      throw new Refusal(
        'forbidden',
        'withdrawal_yours',
        'You asked for this withdrawal, so somebody else must resolve it.',
      )
    }
    if (adopted !== null) refuseAnother(request, adopted.value)
    await trx
      .updateTable('withdrawal_attempt')
      .set({
        state: adopted === null ? 'absent' : 'found',
        ended_at: by.at,
        next_look_up_at: null,
        resolved_by: by.actor.userId,
        evidence,
      })
      .where('request_id', '=', id)
      .where('state', '=', 'unclear')
      .execute()
    await moveRequest(trx, request, {
      to: adopted === null ? 'failed' : 'submitted',
      reason: adopted === null ? 'It never reached SpacePay: settled by a person.' : null,
      set: { withdrawal_id: adopted?.value.id ?? null },
      event: {
        kind: 'resolved',
        actorUserId: by.actor.userId,
        at: by.at,
        detail: { outcome: outcome.kind, evidence },
      },
    })
    await recordAudit(trx, by, {
      action: 'withdrawal.resolve',
      subject: subjectOf(request),
      reason: evidence,
      after: outcome,
    })
  })
  if (adopted !== null) {
    const answer = withdrawalAnswer({ ...adopted, askedAt: by.at, answeredAt: adopted.readAt })
    await db.transaction().execute((trx) => learnWithdrawals(trx, [answer]))
  }
}

type Upstream = Awaited<ReturnType<Gateway['getWithdrawal']>>

async function readUpstream(
  gateway: Pick<Gateway, 'getWithdrawal'>,
  withdrawalId: string,
  _at: Date,
): Promise<Upstream> {
  try {
    return await gateway.getWithdrawal(withdrawalId)
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    throw new Refusal(
      'invalid',
      'withdrawal_not_found',
      error.outcome === 'not_found'
        ? 'SpacePay has no withdrawal with this id.'
        : `SpacePay could not be asked for it: ${error.message}`,
    )
  }
}

/** Only the very withdrawal that was approved can be taken for it. */
function refuseAnother(
  request: Parameters<typeof differencesOf>[0] & { readonly order_id: string },
  value: Upstream['value'],
): void {
  const differences = [
    ...differencesOf(request, {
      amount_cents: value.amountCents,
      currency: value.currency,
      network: value.network,
      recipient_address: value.recipientAddress,
    }),
    ...(value.orderId === null || value.orderId === request.order_id ? [] : ['order id']),
  ]
  if (differences.length === 0) return
  throw new Refusal(
    'invalid',
    'withdrawal_is_another',
    `That withdrawal has another ${differences.join(' and ')} than was approved.`,
  )
}

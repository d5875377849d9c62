import type { Db } from '../database.ts'
import { GatewayError } from '../gateway/gateway-error.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { readActivePolicy } from './active-policy.queries.ts'
import { recordAccepted, stopForKey } from './record-sending.ts'
import { lockRequest, tellOf } from './request-store.ts'
import { withdrawalAnswer } from './withdrawal-observations.ts'

/** SpacePay keeps idempotency keys for a day; a repeat well before its end. */
const repeatUntilMs = 23 * 60 * 60_000

/** A sending whose end nobody can tell. */
interface UnclearAttempt {
  readonly id: string
  readonly requestId: string
  readonly body: string
  readonly idempotencyKey: string
  readonly startedAt: Date
}

interface Repeating {
  readonly db: Db
  readonly gateway: Pick<Gateway, 'createWithdrawal'>
  readonly now: () => Date
}

/**
 * The same bytes under the same key, only where the policy says so, nothing is stopped and the key is young
 * enough to be remembered. A clear answer to one, whatever it says, is the last. Resolves to whether one
 * began; throws GatewayError.
 */
export async function repeatWhereAllowed(
  repeating: Repeating,
  attempt: UnclearAttempt,
): Promise<boolean> {
  const { db, gateway, now } = repeating
  if (now().getTime() - attempt.startedAt.getTime() >= repeatUntilMs) return false
  if (!(await beginRepeat(db, attempt, now()))) return false
  const askedAt = now()
  try {
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
    return true
  } catch (error) {
    if (error instanceof GatewayError) await endRepeats(db, attempt, { error, at: now() })
    throw error
  }
}

const repeatsEnded = 'repeats_ended'

/** Committed before the first byte goes out; who stops all withdrawals waits for it, and none begins afterwards. */
async function beginRepeat(db: Db, attempt: UnclearAttempt, at: Date): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const request = await lockRequest(trx, attempt.requestId)
    const { is_stopped: isStopped } = await trx
      .selectFrom('withdrawal_stop')
      .select('is_stopped')
      .forShare()
      .executeTakeFirstOrThrow()
    const { repeatsWithSameKey } = await readActivePolicy(trx)
    if (request.state !== 'unknown' || isStopped || !repeatsWithSameKey) return false
    const ended = await trx
      .selectFrom('withdrawal_event')
      .select('id')
      .where('request_id', '=', request.id)
      .where('kind', '=', repeatsEnded)
      .executeTakeFirst()
    if (ended) return false
    // What was seen before this call says nothing about it.
    await trx
      .updateTable('withdrawal_attempt')
      .set({ looked_up_at: null })
      .where('id', '=', attempt.id)
      .execute()
    await tellOf(trx, request, { kind: 'repeated', actorUserId: null, at })
    return true
  })
}

/** SpacePay said no to a repeat, or knows the key otherwise: another one would be told the same. */
async function endRepeats(
  db: Db,
  attempt: UnclearAttempt,
  { error, at }: { readonly error: GatewayError; readonly at: Date },
): Promise<void> {
  if (!['refused', 'conflict', 'unauthorized', 'not_found'].includes(error.outcome)) return
  await db.transaction().execute(async (trx) => {
    const request = await lockRequest(trx, attempt.requestId)
    const detail = { outcome: error.outcome, status: error.status, code: error.code }
    await tellOf(trx, request, { kind: repeatsEnded, actorUserId: null, at, detail })
    if (error.outcome === 'unauthorized') await stopForKey(trx, at)
  })
}

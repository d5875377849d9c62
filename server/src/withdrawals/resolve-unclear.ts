import { sql } from 'kysely'
import type { Db } from '../database.ts'
import { GatewayError } from '../gateway/gateway-error.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { type BackgroundLoop, startLoop } from '../kernel/background-loop.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { expireRequests } from './expire-requests.ts'
import { adoptFound } from './learn-withdrawals.ts'
import { recordAbandoned, stopForKey } from './record-sending.ts'
import { repeatWhereAllowed } from './repeat-sending.ts'
import { holdSending } from './sending-lock.ts'
import { findUpstream } from './upstream-withdrawals.ts'

export interface Resolving {
  readonly db: Db
  readonly gateway: Pick<Gateway, 'listWithdrawals' | 'createWithdrawal'>
  readonly now: () => Date
  readonly log: { error(facts: object, message: string): void }
}

const everyMs = 5_000
const atOnce = 20
const firstLookUpMs = 5_000
const longestLookUpMs = 15 * 60_000

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
  for (const id of await sendingIds(db)) {
    await alone(resolving, id, () => recordAbandoned(db, id, now()))
  }
  for (const attempt of await findDue(db, now())) {
    await alone(resolving, attempt.requestId, () => lookUp(resolving, attempt))
  }
  await queueApproved(db, now())
  return expireRequests(db, now())
}

/** While nobody else holds the request; what fails for one of them keeps no other waiting. */
async function alone(
  { db, log }: Resolving,
  requestId: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await holdSending(db, requestId, work)
  } catch (error) {
    log.error({ err: error, requestId }, 'A withdrawal could not be brought to its end')
  }
}

const sentAtOnce = 100

/** Gives senders those that wait longest for one: what is held comes again after all others, and takes nobody's turn. */
async function queueApproved(db: Db, at: Date): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const waiting = await trx
      .updateTable('withdrawal_request')
      .set({ queued_at: at })
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('withdrawal_request')
          .select('id')
          .where('state', '=', 'approved')
          .orderBy('queued_at', (by) => by.asc().nullsFirst())
          .orderBy('submitted_at')
          .orderBy('id')
          .limit(sentAtOnce)
          .forUpdate()
          .skipLocked(),
      )
      .returning('id')
      .execute()
    await enqueue(
      trx,
      'withdrawal.send',
      waiting.map(({ id }) => id),
    )
  })
}

async function sendingIds(db: Db): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('withdrawal_request')
    .select('id')
    .where('state', '=', 'sending')
    .orderBy('submitted_at')
    .limit(sentAtOnce)
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
  const { db, now } = resolving
  if (!(await isStillDue(db, attempt, now()))) return
  try {
    const found = await findUpstream(resolving, attempt)
    if (found !== null) {
      await db.transaction().execute((trx) => adoptFound(trx, found))
    } else if (!(await repeatWhereAllowed(resolving, attempt))) {
      await db
        .updateTable('withdrawal_attempt')
        .set({ looked_up_at: now() })
        .where('id', '=', attempt.id)
        .execute()
    }
  } catch (error) {
    if (error instanceof GatewayError && error.outcome === 'unauthorized') {
      await db.transaction().execute((trx) => stopForKey(trx, now()))
    }
    throw error
  }
}

/** Plans the look-up after this one, so that one that fails is not tried at once; another Desk may have been first. */
async function isStillDue(db: Db, attempt: DueAttempt, at: Date): Promise<boolean> {
  const pauseMs = Math.min(longestLookUpMs, firstLookUpMs * 2 ** attempt.lookUps)
  const { numUpdatedRows } = await db
    .updateTable('withdrawal_attempt')
    .set({ look_ups: sql`look_ups + 1`, next_look_up_at: new Date(at.getTime() + pauseMs) })
    .where('id', '=', attempt.id)
    .where('state', '=', 'unclear')
    .where('look_ups', '=', attempt.lookUps)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

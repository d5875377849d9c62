import type { PaymentId } from '@desk/shared/payments/payment'
import type { Db, Trx } from '../database.ts'
import {
  type BackgroundLoop,
  type BackgroundLoopOptions,
  startLoop,
} from '../kernel/background-loop.ts'
import { isPassingFault } from '../kernel/database-fault.ts'
import { publish } from '../kernel/live-events.ts'
import { learn } from '../payments/apply-projection.ts'
import { eventObservation, type Observation } from '../payments/observations.ts'
import { storableText } from '../kernel/storable-text.ts'
import { storableInstant } from '../kernel/storable-value.ts'
import { learnWithdrawals } from '../withdrawals/learn-withdrawals.ts'
import {
  withdrawalEvent,
  type WithdrawalObservation,
} from '../withdrawals/withdrawal-observations.ts'
import { addLags } from './arrival-counts.queries.ts'
import { readDelivery } from './read-delivery.ts'
import {
  claimDeliveries,
  countFailure,
  markProcessed,
  parkDeliveries,
  type WaitingDelivery,
} from './waiting-deliveries.queries.ts'

export interface WebhookProcessing {
  readonly db: Db
  readonly now: () => Date
  readonly log: { error(facts: object, message: string): void }
  /** Has the payments read from the API soon, once each, if and only if the transaction commits. */
  readonly requestRefresh: (trx: Trx, paymentIds: readonly PaymentId[]) => Promise<void>
  /** The same for withdrawals. */
  readonly requestWithdrawalRefresh: (trx: Trx, withdrawalIds: readonly string[]) => Promise<void>
}

/**
 * Works through the stored deliveries for as long as Desk runs: they themselves are the queue, so
 * what a killed Desk leaves behind is found again. Any number of Desks share the work.
 */
export function startWebhookProcessing(
  processing: WebhookProcessing &
    Pick<BackgroundLoopOptions, 'turn'> & { readonly intervalMs?: number },
): BackgroundLoop {
  return startLoop({
    name: 'webhooks',
    round: async () => (await processDeliveries(processing, deliveriesPerRound)) > 0,
    intervalMs: processing.intervalMs ?? 1_000,
    log: processing.log,
    turn: processing.turn,
  })
}

const deliveriesPerRound = 200

/** Works through up to `limit` waiting deliveries and resolves to how many it took. */
export async function processDeliveries(
  processing: WebhookProcessing,
  limit: number,
): Promise<number> {
  let claimed: readonly WaitingDelivery[] = []
  try {
    return await processing.db.transaction().execute(async (trx) => {
      claimed = await claimDeliveries(trx, limit)
      if (claimed.length > 0) await processClaimed(trx, processing, claimed)
      return claimed.length
    })
  } catch (error) {
    const [first] = claimed
    if (!first) throw error
    // One bad delivery spoils the transaction of all, so each gets one of its own.
    if (limit > 1) return processOneByOne(processing, claimed.length)
    // The delivery is not to blame: it waits, and the loop comes back later.
    if (isPassingFault(error)) throw error
    await recordFailure(processing, first.id, error)
    return 1
  }
}

async function processOneByOne(processing: WebhookProcessing, count: number): Promise<number> {
  let taken = 0
  while (taken < count && (await processDeliveries(processing, 1)) > 0) taken++
  return taken
}

async function recordFailure(
  { db, now, log }: WebhookProcessing,
  id: number,
  error: unknown,
): Promise<void> {
  const problem = storableText(error instanceof Error ? error.message : String(error))
  const isParked = await db
    .transaction()
    .execute((trx) => countFailure(trx, { id, problem }, now()))
  log.error({ err: error, deliveryId: id, isParked }, 'A webhook could not be processed')
}

async function processClaimed(
  trx: Trx,
  { now, requestRefresh, requestWithdrawalRefresh }: WebhookProcessing,
  claimed: readonly WaitingDelivery[],
): Promise<void> {
  const judged = claimed.map((delivery) => ({ delivery, id: delivery.id, ...judge(delivery) }))
  const changes = judged.flatMap(({ observation }) => observation ?? [])
  await learn(trx, changes)
  const toRefresh = judged.flatMap(({ refresh }) => refresh ?? [])
  if (toRefresh.length > 0) await requestRefresh(trx, [...new Set(toRefresh)])
  await learnWithdrawals(
    trx,
    judged.flatMap(({ withdrawal }) => withdrawal ?? []),
  )
  const toAsk = judged.flatMap(({ refreshWithdrawal }) => refreshWithdrawal ?? [])
  if (toAsk.length > 0) await requestWithdrawalRefresh(trx, [...new Set(toAsk)])
  const parked = judged.flatMap(({ id, problem }) => (problem === null ? [] : [{ id, problem }]))
  if (parked.length > 0) await parkDeliveries(trx, parked, now())
  const done = judged.flatMap(({ delivery, problem }) => (problem === null ? [delivery] : []))
  const processedAt = now()
  await markProcessed(
    trx,
    done.map(({ id }) => id),
    processedAt,
  )
  await addLags(
    trx,
    done
      .filter(({ isFirstTime }) => isFirstTime)
      .map(({ receivedAt }) => ({
        kind: 'processing',
        receivedAt,
        from: receivedAt,
        to: processedAt,
      })),
  )
  await publish(trx, { kind: 'webhooks.changed' })
}

interface Judged {
  readonly observation: Observation | null
  /** The payment that the API has to be asked about. */
  readonly refresh: PaymentId | null
  readonly withdrawal: WithdrawalObservation | null
  readonly refreshWithdrawal: string | null
  /** Why a person should look at it instead. */
  readonly problem: string | null
}

const nothingToDo: Judged = {
  observation: null,
  refresh: null,
  withdrawal: null,
  refreshWithdrawal: null,
  problem: null,
}

const isConflict = 'Its event id came before over another body: not applied, SpacePay is asked.'

function judge(delivery: WaitingDelivery): Judged {
  if (delivery.body === null) {
    const problem = 'Its bytes were deleted when their time was up, so nothing can be processed.'
    return { ...nothingToDo, problem }
  }
  const content = readDelivery(delivery.body)
  if (content.kind !== 'event') return { ...nothingToDo, problem: content.problem }
  const { subject, createdAt } = content.envelope
  // Events we do not know are kept as deliveries; nothing else follows from them.
  if (subject.kind === 'unknown') return nothingToDo
  const occurredAt = storableInstant(createdAt)
  const event = {
    body: content.text,
    bodySha256: delivery.bodySha256,
    occurredAt:
      occurredAt === null ? (delivery.sentAt ?? delivery.receivedAt) : new Date(occurredAt),
    learnedAt: delivery.receivedAt,
    deliveryId: delivery.id,
  }
  const problem = delivery.isConflicting ? isConflict : null
  const { isConflicting } = delivery
  if (subject.kind === 'withdrawal') {
    const snapshot = subject.withdrawal
    const mustAsk = isConflicting || snapshot.extent === 'minimal'
    const withdrawal = isConflicting ? null : withdrawalEvent({ snapshot, ...event })
    return { ...nothingToDo, withdrawal, refreshWithdrawal: mustAsk ? snapshot.id : null, problem }
  }
  const snapshot = subject.payment
  const mustAsk = isConflicting || snapshot.extent === 'minimal'
  const observation = isConflicting ? null : eventObservation({ snapshot, ...event })
  return { ...nothingToDo, observation, refresh: mustAsk ? snapshot.id : null, problem }
}

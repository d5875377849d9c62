import { paymentId, type PaymentId } from '@desk/shared/payments/payment'
import type { Trx } from '../database.ts'
import { publish } from '../kernel/live-events.ts'
import { accountsOf, recordObservations, type Observation } from './observations.ts'
import { lockPayments, writeMirror } from './payment-mirror.queries.ts'
import { projectPayment } from './project-payment.ts'

export interface MirrorChange {
  readonly paymentId: PaymentId
  readonly isNew: boolean
}

/**
 * The one way anything learned reaches the mirror: lock, record, project, write, announce, in the
 * caller's transaction. Returns the payments about which something new was learned.
 */
export async function learn(
  trx: Trx,
  observations: readonly Observation[],
): Promise<readonly MirrorChange[]> {
  if (observations.length === 0) return []
  const paymentIds = [...new Set(observations.map((learned) => learned.paymentId))]
  await lockPayments(trx, paymentIds)
  const changes = await applyProjection(trx, await recordObservations(trx, observations))
  await announce(trx, changes)
  return changes
}

/** Derives the mirror of these payments anew from everything known. They must be locked. */
export async function applyProjection(
  trx: Trx,
  paymentIds: readonly string[],
): Promise<readonly MirrorChange[]> {
  if (paymentIds.length === 0) return []
  const accounts = await accountsOf(trx, paymentIds)
  const payments = paymentIds
    .map((id) => projectPayment(accounts.get(id) ?? []))
    .filter((payment) => payment !== null)
  const written = await writeMirror(trx, payments)
  return written.map(({ id, isNew }) => ({ paymentId: paymentId.parse(id), isNew }))
}

/** Beyond this many, browsers are told once to read again instead of one payment at a time. */
const announcedEachMax = 25

async function announce(trx: Trx, changes: readonly MirrorChange[]): Promise<void> {
  if (changes.length > announcedEachMax) return publish(trx, { kind: 'resync' })
  for (const change of changes) await publish(trx, { kind: 'payment.changed', ...change })
}

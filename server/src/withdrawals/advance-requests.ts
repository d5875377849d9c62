import type { Selectable } from 'kysely'
import { mayBecome, type RequestState } from '@desk/shared/withdrawals/request-state'
import type { Trx } from '../database.ts'
import type { Database } from '../database-schema.ts'
import { moveRequest, requestName, type StoredRequest, tellOf } from './request-store.ts'
import { stopWithdrawals } from './stop-all.ts'

type Mirrored = Selectable<Database['withdrawal']>

/** What a request becomes by SpacePay's own word for its withdrawal; other words change nothing. */
const stateByStatus: Readonly<Record<string, RequestState>> = {
  pending: 'submitted',
  processing: 'processing',
  completed: 'completed',
  failed: 'failed',
  cancelled: 'failed',
}

/**
 * Brings requests level with what was learned of these withdrawals, and gives those whose sending nobody
 * could tell the end of theirs: by our order id, which stands only once. One that is not exactly what was
 * approved is taken for what it is, money on its way, and everything else is stopped.
 */
export async function advanceRequests(
  trx: Trx,
  withdrawalIds: readonly string[],
  at: Date,
): Promise<void> {
  if (withdrawalIds.length === 0) return
  const mirrored = await trx
    .selectFrom('withdrawal')
    .selectAll()
    .where('id', 'in', [...withdrawalIds])
    .execute()
  const orderIds = mirrored.flatMap((row) => row.order_id ?? [])
  const requests = await trx
    .selectFrom('withdrawal_request')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb('withdrawal_id', 'in', [...withdrawalIds]),
        ...(orderIds.length === 0
          ? []
          : [
              eb.and([
                eb('withdrawal_id', 'is', null),
                eb('state', 'in', ['approved', 'sending', 'unknown']),
                eb('order_id', 'in', orderIds),
              ]),
            ]),
      ]),
    )
    .orderBy('id')
    .forUpdate()
    .execute()
  for (const request of requests) {
    const withdrawal = mirrored.find((row) =>
      request.withdrawal_id === null
        ? row.order_id === request.order_id
        : row.id === request.withdrawal_id,
    )
    if (withdrawal) await advance(trx, { request, withdrawal, at })
  }
}

async function advance(
  trx: Trx,
  { request, withdrawal, at }: { request: StoredRequest; withdrawal: Mirrored; at: Date },
): Promise<void> {
  const adopted =
    request.withdrawal_id === null ? await adopt(trx, { request, withdrawal, at }) : request
  const to = stateByStatus[withdrawal.status]
  if (to === undefined || to === adopted.state || !mayBecome(adopted.state, to)) return
  await moveRequest(trx, adopted, {
    to,
    reason: to === 'failed' ? (withdrawal.error_message ?? 'SpacePay says that it failed.') : null,
    event: {
      kind: 'told_by_spacepay',
      actorUserId: null,
      at,
      detail: { withdrawalId: withdrawal.id, status: withdrawal.status },
    },
  })
}

/** The withdrawal is this request's, whatever it says: no second one may ever be made for it. */
async function adopt(
  trx: Trx,
  { request, withdrawal, at }: { request: StoredRequest; withdrawal: Mirrored; at: Date },
): Promise<StoredRequest> {
  await trx
    .updateTable('withdrawal_attempt')
    .set({ state: 'found', ended_at: at, next_look_up_at: null })
    .where('request_id', '=', request.id)
    .where('state', 'in', ['live', 'unclear'])
    .execute()
  // Approved and upstream already: it was sent by a Desk whose memory of it is lost, as after a restored backup.
  const sent =
    request.state === 'approved'
      ? await moveRequest(trx, request, {
          to: 'sending',
          event: { kind: 'found_upstream', actorUserId: null, at },
        })
      : request
  const adopted = await moveRequest(trx, sent, {
    to: 'submitted',
    set: { withdrawal_id: withdrawal.id },
    event: { kind: 'adopted', actorUserId: null, at, detail: { withdrawalId: withdrawal.id } },
  })
  const differences = differencesOf(request, withdrawal)
  if (differences.length > 0) {
    await tellOf(trx, adopted, { kind: 'differs', actorUserId: null, at, detail: { differences } })
    await stopWithdrawals(
      trx,
      { actor: null, address: null, requestId: null, at },
      {
        cause: 'different_answer',
        reason: `SpacePay made ${requestName(request.number)} with another ${differences.join(' and ')} than was approved.`,
      },
    )
  }
  return adopted
}

/** In what SpacePay's withdrawal is not what was approved; what it does not say differs in nothing. */
export function differencesOf(
  request: Pick<StoredRequest, 'amount_cents' | 'network' | 'destination_address' | 'currency'>,
  withdrawal: Pick<Mirrored, 'amount_cents' | 'network' | 'recipient_address' | 'currency'>,
): readonly string[] {
  const other = withdrawal.recipient_address
  return [
    ...(withdrawal.amount_cents !== null && withdrawal.amount_cents !== request.amount_cents
      ? ['amount']
      : []),
    ...(withdrawal.currency !== request.currency ? ['currency'] : []),
    ...(withdrawal.network !== null && withdrawal.network !== request.network ? ['network'] : []),
    ...(other !== null && other.toLowerCase() !== request.destination_address.toLowerCase()
      ? ['address']
      : []),
  ]
}

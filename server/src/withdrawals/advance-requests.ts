import { type Selectable, sql } from 'kysely'
import { mayBecome, type RequestState } from '@desk/shared/withdrawals/request-state'
import type { Trx } from '../database.ts'
import type { Database } from '../database-schema.ts'
import {
  lockRequest,
  moveRequest,
  requestName,
  type StoredRequest,
  tellOf,
} from './request-store.ts'
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

/** Sent, or about to be: what SpacePay has by our order id is theirs. */
const adopting: ReadonlySet<RequestState> = new Set(['approved', 'sending', 'unknown'])

/**
 * Brings requests level with what was learned of these withdrawals, and gives those whose sending nobody
 * could tell the end of theirs: by our order id, which stands only once. One that is not exactly what was
 * approved is taken for what it is, money on its way, and everything else is stopped; so it is where SpacePay
 * has one for a request that was not sent, or a second one for the same.
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
        ...(orderIds.length === 0 ? [] : [eb('order_id', 'in', orderIds)]),
      ]),
    )
    .orderBy('id')
    .forUpdate()
    .execute()
  for (const request of requests) {
    const ours = mirrored.filter(
      (row) => row.id === request.withdrawal_id || row.order_id === request.order_id,
    )
    for (const withdrawal of ours) await advance(trx, { request, withdrawal, at })
  }
}

/**
 * SpacePay answered this request's own call with this withdrawal: it is this request's by that alone, whatever
 * order id it carries. The withdrawal must have been learned.
 */
export async function adoptAnswered(
  trx: Trx,
  { requestId, withdrawalId, at }: { requestId: string; withdrawalId: string; at: Date },
): Promise<void> {
  const request = await lockRequest(trx, requestId)
  const withdrawal = await trx
    .selectFrom('withdrawal')
    .selectAll()
    .where('id', '=', withdrawalId)
    .executeTakeFirstOrThrow()
  if (request.withdrawal_id !== withdrawalId) await advance(trx, { request, withdrawal, at })
}

interface Learned {
  readonly request: StoredRequest
  readonly withdrawal: Mirrored
  readonly at: Date
}

async function advance(trx: Trx, learned: Learned): Promise<void> {
  const { withdrawal, at } = learned
  const request = await settled(trx, learned)
  if (request?.withdrawal_id !== withdrawal.id) return
  const to = stateByStatus[withdrawal.status]
  if (to === undefined || to === request.state || !mayBecome(request.state, to)) return
  await moveRequest(trx, request, {
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

/** The request with its withdrawal, as far as this one is it; null where it must not be there at all. */
async function settled(trx: Trx, learned: Learned): Promise<StoredRequest | null> {
  const { request, withdrawal } = learned
  const isOther = request.withdrawal_id !== null && request.withdrawal_id !== withdrawal.id
  if (isOther) {
    await stopForSecond(trx, learned)
    return null
  }
  if (adopting.has(request.state)) return adopt(trx, learned)
  return request.withdrawal_id === null ? stopForUnsent(trx, learned) : request
}

/** The withdrawal is this request's, whatever it says: no second one may ever be made for it. */
async function adopt(trx: Trx, { request, withdrawal, at }: Learned): Promise<StoredRequest> {
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
          set: { left_at: withdrawal.created_at },
          event: { kind: 'found_upstream', actorUserId: null, at },
        })
      : request
  const adopted = await moveRequest(trx, sent, {
    to: 'submitted',
    set: { withdrawal_id: withdrawal.id },
    event: { kind: 'adopted', actorUserId: null, at, detail: { withdrawalId: withdrawal.id } },
  })
  const differences = [
    ...differencesOf(request, withdrawal),
    ...(withdrawal.order_id === null || withdrawal.order_id === request.order_id
      ? []
      : ['order id']),
  ]
  if (differences.length > 0) {
    await tellOf(trx, adopted, { kind: 'differs', actorUserId: null, at, detail: { differences } })
    await stopFor(
      trx,
      at,
      `SpacePay made ${requestName(request.number)} with another ${differences.join(' and ')} than was approved.`,
    )
  }
  return adopted
}

/** SpacePay has it, and Desk never sent it, or was told that it was not there: as after a restored backup. */
async function stopForUnsent(
  trx: Trx,
  { request, withdrawal, at }: Learned,
): Promise<StoredRequest> {
  const held = await trx
    .updateTable('withdrawal_request')
    .set({ withdrawal_id: withdrawal.id })
    .where('id', '=', request.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await tellOf(trx, request, {
    kind: 'appeared_upstream',
    actorUserId: null,
    at,
    detail: { withdrawalId: withdrawal.id, status: withdrawal.status },
  })
  await stopFor(
    trx,
    at,
    `SpacePay has a withdrawal for ${requestName(request.number)}, which is ${request.state.replaceAll('_', ' ')} here.`,
  )
  return held
}

/** Told once for each: what is learned of it again is no news. */
async function stopForSecond(trx: Trx, { request, withdrawal, at }: Learned): Promise<void> {
  const kind = 'second_withdrawal'
  const told = await trx
    .selectFrom('withdrawal_event')
    .select('id')
    .where('request_id', '=', request.id)
    .where('kind', '=', kind)
    .where(sql<boolean>`detail ->> 'withdrawalId' = ${withdrawal.id}`)
    .executeTakeFirst()
  if (told) return
  const detail = { withdrawalId: withdrawal.id, first: request.withdrawal_id }
  await tellOf(trx, request, { kind, actorUserId: null, at, detail })
  await stopFor(
    trx,
    at,
    `SpacePay has two withdrawals for ${requestName(request.number)}: ${request.withdrawal_id} and ${withdrawal.id}.`,
  )
}

async function stopFor(trx: Trx, at: Date, reason: string): Promise<void> {
  const by = { actor: null, address: null, requestId: null, at }
  await stopWithdrawals(trx, by, { cause: 'different_answer', reason })
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

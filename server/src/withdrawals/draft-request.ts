import { randomBytes } from 'node:crypto'
import type {
  CreateRequestInput,
  EditRequestInput,
} from '@desk/shared/withdrawals/request-input-schema'
import { readAddress } from '@desk/shared/withdrawals/destination-address'
import type { DestinationState } from '@desk/shared/withdrawals/passport'
import { newOrderId, ORDER_ID_RANDOM_BYTES } from '@desk/shared/withdrawals/order-id'
import type { RequestState } from '@desk/shared/withdrawals/request-state'
import { type NewAuditEntry, recordAudit } from '../audit/record-audit.ts'
import type { Db, Trx } from '../database.ts'
import { dayOf } from '../kernel/business-days.ts'
import { Refusal } from '../kernel/refusal.ts'
import { type ByPerson, proposeDestination } from './address-book.ts'
import {
  lockRequest,
  moveRequest,
  refuseStale,
  type StoredRequest,
  subjectOf,
  tellOf,
} from './request-store.ts'
import { unsubmitted, voidVotes } from './void-votes.ts'

/** What changing requests works with. */
export interface RequestCall {
  readonly db: Db
  readonly by: ByPerson
  /** The business zone. */
  readonly zone: string
}

/**
 * Writes a draft. The attempt is its id: sent again after a lost answer it is the same draft. Refuses with
 * `destination_unknown`, `destination_not_usable`, `address_invalid` and `attempt_used`.
 */
export async function draftRequest(
  { db, by, zone }: RequestCall,
  input: CreateRequestInput,
): Promise<{ readonly id: string }> {
  const id = input.attempt
  return db.transaction().execute(async (trx) => {
    if (await isRepeat(trx, by, input)) return { id }
    const { destination, entries } = await destinationOf(trx, by, input)
    const draft = await trx
      .insertInto('withdrawal_request')
      .values({
        id,
        state: 'draft',
        requested_by: by.actor.userId,
        amount_cents: input.amountCents,
        currency: 'USD',
        network: input.network,
        destination_id: destination.id,
        destination_address: destination.address,
        order_id: newOrderId(dayOf(by.at, zone), randomBytes(ORDER_ID_RANDOM_BYTES)),
        reason: input.reason,
        created_at: by.at,
        state_at: by.at,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returningAll()
      .executeTakeFirst()
    if (!draft) {
      // The same click came in twice at the same time: the other one made it.
      await isRepeat(trx, by, input)
      return { id }
    }
    await tellOf(trx, draft, { kind: 'drafted', actorUserId: by.actor.userId, at: by.at })
    for (const entry of entries) await recordAudit(trx, by, entry)
    await recordAudit(trx, by, {
      action: 'withdrawal.draft',
      subject: subjectOf(draft),
      after: contentOf(draft),
    })
    return { id }
  })
}

/** Whether this attempt has made its draft already. Refuses with `attempt_used` where it made another one. */
async function isRepeat(trx: Trx, by: ByPerson, input: CreateRequestInput): Promise<boolean> {
  const made = await trx
    .selectFrom('withdrawal_request')
    .selectAll()
    .where('id', '=', input.attempt)
    .executeTakeFirst()
  if (!made) return false
  const { destination } = input
  const isSame =
    made.requested_by === by.actor.userId &&
    made.amount_cents === input.amountCents &&
    made.network === input.network &&
    made.reason === input.reason &&
    (destination.kind === 'book'
      ? made.destination_id === destination.id
      : made.destination_address === readAddress(input.network, destination.address).address)
  if (isSame) return true
  const message = 'This was drafted already, with other content. Look at that draft first.'
  throw new Refusal('conflict', 'attempt_used', message)
}

/**
 * Changes what is asked for. What was approved of it is void, and it is a draft again. Refuses with
 * `withdrawal_changed`, `withdrawal_not_yours` and `withdrawal_not_editable`.
 */
export async function editRequest(call: RequestCall, input: EditRequestInput): Promise<void> {
  const { db, by } = call
  await db.transaction().execute(async (trx) => {
    const request = await lockOwn(trx, call, input)
    const { destination, entries } = await destinationOf(trx, by, input)
    const asked = {
      amount_cents: input.amountCents,
      network: input.network,
      destination_id: destination.id,
      destination_address: destination.address,
      reason: input.reason,
    }
    const changed = await backToDraft(trx, request, { call, asked, kind: 'edited' })
    for (const entry of entries) await recordAudit(trx, by, entry)
    await recordAudit(trx, by, {
      action: 'withdrawal.edit',
      subject: subjectOf(request),
      before: contentOf(request),
      after: contentOf(changed),
    })
  })
}

/** Gives it up for good. Refuses as `editRequest`. */
export async function cancelRequest(
  call: RequestCall,
  input: { readonly id: string; readonly revision: number },
): Promise<void> {
  const { db, by } = call
  await db.transaction().execute(async (trx) => {
    const request = await lockOwn(trx, call, input)
    await voidVotes(trx, request.id, { at: by.at, because: 'The request was cancelled.' })
    await moveRequest(trx, request, {
      to: 'cancelled',
      event: { kind: 'cancelled', actorUserId: by.actor.userId, at: by.at },
    })
    await recordAudit(trx, by, { action: 'withdrawal.cancel', subject: subjectOf(request) })
  })
}

const editable: ReadonlySet<RequestState> = new Set([
  'draft',
  'pending_approval',
  'approved',
  'rejected',
  'expired',
])

/** One's own request, as the page showed it, in a state in which it is still one's own to change. */
export async function lockOwn(
  trx: Trx,
  { by }: RequestCall,
  {
    states = editable,
    ...input
  }: {
    readonly id: string
    readonly revision: number
    readonly states?: ReadonlySet<RequestState>
  },
): Promise<StoredRequest> {
  const request = await lockRequest(trx, input.id)
  if (request.requested_by !== by.actor.userId) {
    throw new Refusal(
      'forbidden',
      'withdrawal_not_yours',
      'Only who asked for it can change it. Others can reject it.',
    )
  }
  refuseStale(request, input.revision)
  if (!states.has(request.state)) {
    throw new Refusal(
      'conflict',
      'withdrawal_not_editable',
      `It cannot be changed any more: it is ${request.state.replaceAll('_', ' ')}.`,
    )
  }
  return request
}

/** What editing sets. */
type AskedFor = Pick<
  StoredRequest,
  'amount_cents' | 'network' | 'destination_id' | 'destination_address' | 'reason'
>

/** A request that the transaction holds becomes a draft with another content, and what was voted is void. */
export async function backToDraft(
  trx: Trx,
  request: StoredRequest,
  change: {
    readonly call: RequestCall
    readonly kind: string
    readonly asked?: AskedFor
  },
): Promise<StoredRequest> {
  const { by } = change.call
  await voidVotes(trx, request.id, { at: by.at, because: 'The request was changed.' })
  const set = { ...unsubmitted(request), ...change.asked }
  const event = { kind: change.kind, actorUserId: by.actor.userId, at: by.at }
  if (request.state !== 'draft') return moveRequest(trx, request, { to: 'draft', event, set })
  const changed = await trx
    .updateTable('withdrawal_request')
    .set(set)
    .where('id', '=', request.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await tellOf(trx, request, event)
  return changed
}

/** What the audit log keeps of what is asked for. */
function contentOf(request: StoredRequest) {
  return {
    amountCents: request.amount_cents,
    network: request.network,
    destination: request.destination_address,
    orderId: request.order_id,
    reason: request.reason,
  }
}

async function destinationOf(
  trx: Trx,
  by: ByPerson,
  { network, destination }: Pick<CreateRequestInput, 'network' | 'destination'>,
): Promise<{
  readonly destination: { readonly id: string; readonly address: string }
  readonly entries: readonly NewAuditEntry[]
}> {
  if (destination.kind === 'new') {
    const { entries, ...proposed } = await proposeDestination(trx, by, { network, ...destination })
    refuseUnusable(proposed.state)
    return { destination: proposed, entries }
  }
  const entry = await trx
    .selectFrom('destination')
    .select(['id', 'address', 'network', 'state'])
    .where('id', '=', destination.id)
    .executeTakeFirst()
  if (!entry || entry.network !== network) {
    throw new Refusal(
      'invalid',
      'destination_unknown',
      'The address book has no such destination on this network. Choose another one.',
    )
  }
  refuseUnusable(entry.state)
  return { destination: entry, entries: [] }
}

/** What waits for its approval can be asked for already; it leaves once it is approved. */
export function refuseUnusable(state: DestinationState): void {
  if (state === 'active' || state === 'proposed') return
  throw new Refusal(
    'invalid',
    'destination_not_usable',
    `This destination is ${state}. Choose another one.`,
  )
}

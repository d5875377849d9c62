import type { Selectable } from 'kysely'
import type { RequestState } from '@desk/shared/withdrawals/request-state'
import { leftAfter } from '@desk/shared/withdrawals/limits-use'
import { mayBecome } from '@desk/shared/withdrawals/request-state'
import type { Trx } from '../database.ts'
import type { Database } from '../database-schema.ts'
import { publish } from '../kernel/live-events.ts'
import { Refusal } from '../kernel/refusal.ts'

export type StoredRequest = Selectable<Database['withdrawal_request']>

/** How people call a request: `W-12`. */
export function requestName(number: number): string {
  return `W-${number}`
}

/**
 * The request, held against everybody else until the end of the transaction: whatever is decided about it
 * is decided one after the other. Refuses with `withdrawal_unknown`.
 */
export async function lockRequest(trx: Trx, id: string): Promise<StoredRequest> {
  const row = await trx
    .selectFrom('withdrawal_request')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'withdrawal_unknown', 'There is no such withdrawal.')
  return row
}

/** Refuses with `withdrawal_changed` where the page showed another revision than there is. */
export function refuseStale(request: StoredRequest, revision: number): void {
  if (request.revision === revision) return
  throw new Refusal(
    'conflict',
    'withdrawal_changed',
    `${requestName(request.number)} was changed meanwhile. Look at it again before you decide.`,
  )
}

/** What happened to a request, for its story. */
export interface NewEvent {
  readonly kind: string
  /** Null where Desk did it by itself. */
  readonly actorUserId: string | null
  readonly at: Date
  readonly detail?: Readonly<Record<string, unknown>>
}

/**
 * Moves a request that the transaction holds into another state, with its story and those who look at it.
 * Throws for a step that no request may take: that is a defect, and nothing is written.
 */
export async function moveRequest(
  trx: Trx,
  request: StoredRequest,
  change: {
    readonly to: RequestState
    readonly event: NewEvent
    readonly reason?: string | null
    readonly set?: Partial<Omit<StoredRequest, 'id' | 'number' | 'state'>>
  },
): Promise<StoredRequest> {
  const { to, event, reason = null, set = {} } = change
  if (!mayBecome(request.state, to)) {
    throw new Error(`${requestName(request.number)} cannot go from ${request.state} to ${to}.`)
  }
  const moved = await trx
    .updateTable('withdrawal_request')
    .set({
      left_at: leftAfter(request.left_at, { to, at: event.at }),
      ...set,
      state: to,
      state_at: event.at,
      state_reason: reason,
    })
    .where('id', '=', request.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await tellOf(trx, request, { ...event, to })
  return moved
}

/** Adds to the story of a request and tells those who look at it. */
export async function tellOf(
  trx: Trx,
  request: Pick<StoredRequest, 'id' | 'state'>,
  event: NewEvent & { readonly to?: RequestState },
): Promise<void> {
  await trx
    .insertInto('withdrawal_event')
    .values({
      request_id: request.id,
      at: event.at,
      kind: event.kind,
      from_state: event.to === undefined ? null : request.state,
      to_state: event.to ?? null,
      actor_user_id: event.actorUserId,
      detail: JSON.stringify(event.detail ?? {}),
    })
    .execute()
  await publish(trx, { kind: 'withdrawals.changed', requestId: request.id })
}

/** What an audit entry is about. */
export function subjectOf(request: Pick<StoredRequest, 'id' | 'number'>) {
  return { kind: 'withdrawal', id: request.id, label: requestName(request.number) } as const
}

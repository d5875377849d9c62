import { sql } from 'kysely'
import * as z from 'zod'
import type { RequestPageInput } from '@desk/shared/withdrawals/request-input-schema'
import type { RequestRow } from '@desk/shared/withdrawals/request-view'
import { type RequestState, requestStates } from '@desk/shared/withdrawals/request-state'
import type { Db } from '../database.ts'
import { openCursor, sealCursor } from '../kernel/checked-cursor.ts'
import { Refusal } from '../kernel/refusal.ts'
import { requestRows, toRequestRows } from './request-rows.queries.ts'

const PAGE_SIZE = 50
const SUMMED_MAX = 10_000

export interface RequestPage {
  readonly rows: readonly RequestRow[]
  /** Null on the last page. */
  readonly nextCursor: string | null
}

/** One page, the newest first, by keyset. Refuses with `cursor_invalid`. */
export async function readRequestPage(
  db: Db,
  { cursor, ...query }: RequestPageInput,
): Promise<RequestPage> {
  const after = cursor == null ? null : positionIn(cursor, query)
  let rows = requestRows(db)
    .orderBy('request.created_at', 'desc')
    .orderBy('request.id', 'desc')
    .limit(PAGE_SIZE + 1)
  if (query.states !== undefined) rows = rows.where('request.state', 'in', query.states)
  if (query.requestedBy !== undefined) {
    rows = rows.where('request.requested_by', '=', query.requestedBy)
  }
  if (query.network !== undefined) rows = rows.where('request.network', '=', query.network)
  if (query.destinationId !== undefined) {
    rows = rows.where('request.destination_id', '=', query.destinationId)
  }
  const words = query.q?.trim().toLowerCase() ?? ''
  if (words !== '') {
    const part = `%${words.replace(/[\\%_]/g, String.raw`\$&`)}%`
    rows = rows.where(
      sql<boolean>`(lower(request.order_id) like ${part} or lower(request.destination_address) like ${part}
        or lower(destination.label) like ${part} or lower(request.reason) like ${part}
        or lower(request.withdrawal_id) = ${words} or 'w-' || request.number = ${words})`,
    )
  }
  if (after !== null) {
    rows = rows.where(
      sql<boolean>`(request.created_at, request.id) < (${after.at}::timestamptz, ${after.id})`,
    )
  }
  const found = await rows.execute()
  const page = found.slice(0, PAGE_SIZE)
  const last = page.at(-1)
  return {
    rows: await toRequestRows(db, page),
    nextCursor:
      found.length > PAGE_SIZE && last !== undefined
        ? sealCursor(JSON.stringify({ at: last.created_at.toISOString(), id: last.id }), query)
        : null,
  }
}

const position = z.object({ at: z.iso.datetime(), id: z.string() })

function positionIn(cursor: string, query: object): z.infer<typeof position> {
  const text = openCursor(cursor, query)
  if (text === null) {
    throw new Refusal('invalid', 'cursor_invalid', 'This page is of another list. Begin anew.')
  }
  return position.parse(JSON.parse(text))
}

/** How many there are in each state, what they add up to, and since when the oldest is in it; at most 10,000 are counted. */
export interface RequestSummary {
  readonly byState: readonly {
    readonly state: RequestState
    readonly count: number
    readonly cents: string
    readonly oldestAt: string
  }[]
  readonly isExact: boolean
}

export async function readRequestSummary(db: Db): Promise<RequestSummary> {
  const rows = await db
    .selectFrom(
      db
        .selectFrom('withdrawal_request')
        .select(['state', 'amount_cents', 'state_at'])
        .limit(SUMMED_MAX)
        .as('counted'),
    )
    .select((eb) => [
      'state',
      eb.fn.countAll<number>().as('count'),
      eb.fn.sum<string>('amount_cents').as('cents'),
      eb.fn.min('state_at').as('oldestAt'),
    ])
    .groupBy('state')
    .execute()
  const total = rows.reduce((sum, { count }) => sum + count, 0)
  return {
    byState: requestStates.flatMap((state) =>
      rows
        .filter((row) => row.state === state)
        .map(({ oldestAt, ...row }) => ({ ...row, oldestAt: oldestAt.toISOString() })),
    ),
    isExact: total < SUMMED_MAX,
  }
}

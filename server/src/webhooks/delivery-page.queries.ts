import { sql } from 'kysely'
import type { BusinessDayRule } from '@desk/shared/time/business-day'
import type { DeliveryPage, DeliveryRow } from '@desk/shared/webhooks/delivery-list'
import type { Db } from '../database.ts'
import { refuseTooBroad } from '../kernel/refuse-too-broad.ts'
import { acceptedMatching, refusedMatching } from './delivery-matching.ts'
import {
  type DeliveryPageRequest,
  encodeCursor,
  type TimelinePosition,
} from './delivery-page-request.ts'
import { type AcceptedRow, acceptedRow, type RefusedRow, refusedRow } from './delivery-rows.ts'

const PAGE_SIZE = 50

/**
 * One page of everything that came, refused or not, newest first, by keyset: every page costs the same
 * however deep it is, and what arrives meanwhile neither repeats nor hides others. Refuses with
 * `search_too_broad`.
 */
export async function readDeliveryPage(
  reads: Db,
  { query, after }: DeliveryPageRequest,
  days: BusinessDayRule,
): Promise<DeliveryPage> {
  const [accepted, refused] = await refuseTooBroad(() =>
    Promise.all([
      readAccepted(reads, { query, after }, days),
      readRefused(reads, { query, after }, days),
    ]),
  )
  const found = [...accepted, ...refused].sort(newestFirst)
  const page = found.slice(0, PAGE_SIZE)
  const last = page.at(-1)
  return {
    items: page.map(({ row }) => row),
    nextCursor:
      found.length > PAGE_SIZE && last !== undefined ? encodeCursor(last.position, query) : null,
  }
}

interface Placed {
  readonly position: TimelinePosition
  readonly row: DeliveryRow
}

function newestFirst({ position: a }: Placed, { position: b }: Placed): number {
  if (a.microseconds !== b.microseconds) return b.microseconds - a.microseconds
  if (a.source !== b.source) return a.source === 'delivery' ? -1 : 1
  return b.id - a.id
}

async function readAccepted(
  reads: Db,
  { query, after }: DeliveryPageRequest,
  days: BusinessDayRule,
): Promise<readonly Placed[]> {
  const found = acceptedPage(reads, { query, after }, days)
  if (found === null) return []
  const rows: readonly (AcceptedRow & { microseconds: number })[] = await found.execute()
  return rows.map((row) => ({
    position: { microseconds: row.microseconds, source: 'delivery', id: row.id },
    row: acceptedRow(row),
  }))
}

/** The statement of a page, apart so that its plan can be looked at. */
export function acceptedPage(
  reads: Db,
  { query, after }: DeliveryPageRequest,
  days: BusinessDayRule,
) {
  const matching = acceptedMatching(reads.selectFrom('webhook_delivery'), query, days)
  if (matching === null) return null
  return matching
    .where(isAfter(after, 'delivery'))
    .select([
      'id',
      'received_at',
      'verdict',
      'event_type',
      'status',
      'payment_id',
      'withdrawal_id',
      'processed_at',
      'parked_at',
      'processing_error',
      'duplicate_of',
      'conflicting_event',
      'secret_id',
      'remote_address',
    ])
    .select([
      microseconds.as('microseconds'),
      sql<string | null>`(
        select payment.order_id from payment where payment.id = webhook_delivery.payment_id
      )`.as('order_id'),
    ])
    .orderBy('received_at', 'desc')
    .orderBy('id', 'desc')
    .limit(PAGE_SIZE + 1)
}

async function readRefused(
  reads: Db,
  { query, after }: DeliveryPageRequest,
  days: BusinessDayRule,
): Promise<readonly Placed[]> {
  const matching = refusedMatching(reads.selectFrom('webhook_quarantine'), query, days)
  if (matching === null) return []
  const rows: readonly (RefusedRow & { microseconds: number })[] = await matching
    .where(isAfter(after, 'refused'))
    .select(['id', 'received_at', 'verdict', 'reason', 'remote_address'])
    .select(microseconds.as('microseconds'))
    .orderBy('received_at', 'desc')
    .orderBy('id', 'desc')
    .limit(PAGE_SIZE + 1)
    .execute()
  return rows.map((row) => ({
    position: { microseconds: row.microseconds, source: 'refused', id: row.id },
    row: refusedRow(row),
  }))
}

/** Whole microseconds since 1970: what the database keeps of an instant, and still an exact number. */
const microseconds = sql<number>`(extract(epoch from received_at) * 1000000)::bigint`

/** Below a position in the order of the time line. */
function isAfter(position: TimelinePosition | null, source: TimelinePosition['source']) {
  if (position === null) return sql<boolean>`true`
  const at = sql`(timestamptz 'epoch' + ${position.microseconds}::bigint * interval '1 microsecond')`
  if (position.source === source) {
    return sql<boolean>`(received_at, id) < (${at}, ${position.id}::bigint)`
  }
  return source === 'refused'
    ? sql<boolean>`received_at <= ${at}`
    : sql<boolean>`received_at < ${at}`
}

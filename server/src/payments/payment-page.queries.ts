import { type Expression, sql, type SqlBool } from 'kysely'
import { paymentId } from '@desk/shared/payments/payment'
import type { PaymentListPage } from '@desk/shared/payments/payment-list'
import type { PaymentSort } from '@desk/shared/payments/payment-query'
import type { Db } from '../database.ts'
import { encodeCursor, type PagePosition } from './payment-cursor.ts'
import type { SearchPlace } from './payment-conditions.ts'
import { type Matching, matches, type PaymentExpressions, understand } from './payment-matching.ts'
import type { PaymentPageRequest } from './payment-page-request.ts'
import { listColumns, type ListRow, microsOf, toListItem } from './payment-row.ts'
import { refuseTooBroad } from '../kernel/refuse-too-broad.ts'
import { untilGone } from '../kernel/until-gone.ts'
import { isSortedAsAWhole } from './sorted-as-a-whole.ts'
import { readPaymentWork } from './payment-work.queries.ts'

/**
 * One page by keyset: every page costs the same however deep it is, and rows that arrive meanwhile
 * neither repeat nor hide others. Amounts that are not known stand last in both amount orders.
 * Refuses with `search_too_broad`.
 */
export async function readPaymentPage(
  reads: Db,
  { query, after, limit, withWork, asOf, signal }: PaymentPageRequest,
  place: SearchPlace,
): Promise<PaymentListPage> {
  const rows = await refuseTooBroad(async () => {
    const matching = await understand(reads, query, place)
    return readRows(reads, matching, { after, limit: limit + 1, signal })
  }, signal)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const more = rows.length > limit && last !== undefined
  const items = page.map((row) => ({
    ...toListItem(row),
    ...(asOf === null && row.is_drifted && { isDrifted: true }),
  }))
  const workOf =
    withWork &&
    (await readPaymentWork(
      reads,
      page.map(({ id }) => id),
    ))
  return {
    items: workOf ? items.map((item) => ({ ...item, work: workOf(item.id) })) : items,
    nextCursor: more ? encodeCursor(positionOf(last, query.sort), query) : null,
  }
}

interface Stretch {
  readonly after: PagePosition | null
  readonly limit: number
  readonly signal: AbortSignal | undefined
  /** Which part of an amount order to read: its two parts lie apart in the index. */
  readonly amount?: 'known' | 'unknown'
  /** Whether all is read and sorted, by the time as no index has it. */
  readonly isSorted?: boolean
}

interface PageRow extends ListRow {
  readonly is_drifted: boolean
}

async function readRows(reads: Db, matching: Matching, stretch: Stretch): Promise<PageRow[]> {
  const { sort, minCents, maxCents } = matching.query
  if (sort === 'created_desc' || sort === 'created_asc') {
    const isSorted = await isSortedAsAWhole(reads, matching)
    return readStretch(reads, matching, { ...stretch, isSorted })
  }

  const { after, limit, signal } = stretch
  const pastKnown = after !== null && after.key === null
  const known = pastKnown
    ? []
    : await readStretch(reads, matching, { after, limit, signal, amount: 'known' })
  if (known.length === limit || minCents !== null || maxCents !== null) return known
  // One after the other: an `or` between the two parts would read the whole index.
  const unknown = await readStretch(reads, matching, {
    after: pastKnown ? after : null,
    limit: limit - known.length,
    signal,
    amount: 'unknown',
  })
  return [...known, ...unknown]
}

async function readStretch(
  reads: Db,
  matching: Matching,
  { after, limit, signal, amount, isSorted = false }: Stretch,
): Promise<PageRow[]> {
  const { sort } = matching.query
  return (
    reads
      .selectFrom('payment')
      .select(listColumns)
      // A look into a small index for each row of the page, and for no other.
      .select(
        sql<boolean>`exists (select from drift where drift.payment_id = payment.id and drift.state = 'open')`.as(
          'is_drifted',
        ),
      )
      .where((eb) =>
        eb.and([
          matches(eb, matching),
          ...(amount ? [eb('amount_cents', amount === 'known' ? 'is not' : 'is', null)] : []),
          ...(after ? [comesAfter(eb, after, { sort, isSorted })] : []),
        ]),
      )
      .orderBy((isSorted ? sortedOrders : orders)[sort])
      .limit(limit)
      .execute(untilGone(signal))
  )
}

/** Each is the order of one index, read forwards or backwards. */
const orders = {
  created_desc: sql`created_at desc, id desc`,
  created_asc: sql`created_at asc, id asc`,
  amount_desc: sql`amount_cents desc nulls last, id desc`,
  amount_asc: sql`amount_cents asc nulls first, id asc`,
} as const satisfies Record<PaymentSort, unknown>

/** The time as no index has it, for what is sorted as a whole. */
const unindexedTime = sql`created_at + interval '0'`
const sortedOrders = {
  created_desc: sql`${unindexedTime} desc, id desc`,
  created_asc: sql`${unindexedTime} asc, id asc`,
  amount_desc: orders.amount_desc,
  amount_asc: orders.amount_asc,
} as const satisfies Record<PaymentSort, unknown>

function comesAfter(
  eb: PaymentExpressions,
  { key, id }: PagePosition,
  { sort, isSorted }: { readonly sort: PaymentSort; readonly isSorted: boolean },
): Expression<SqlBool> {
  const beyond = sort.endsWith('_desc') ? sql`<` : sql`>`
  if (key === null) return eb(sql<string>`id`, beyond, id)
  const time = isSorted ? unindexedTime : sql`created_at`
  return sort.startsWith('created')
    ? sql<SqlBool>`(${time}, id) ${beyond} (${instantOfMicros(key)}::timestamptz, ${id})`
    : sql<SqlBool>`(amount_cents, id) ${beyond} (${key}, ${id})`
}

function positionOf(row: ListRow, sort: PaymentSort): PagePosition {
  const key = sort.startsWith('created') ? microsOf(row.created_utc) : row.amount_cents
  return { key, id: paymentId.parse(row.id) }
}

/** ISO 8601 with all six decimals, which a Date cannot hold. */
function instantOfMicros(micros: number): string {
  const milliseconds = Math.floor(micros / 1_000)
  const rest = String(micros - milliseconds * 1_000).padStart(3, '0')
  return new Date(milliseconds).toISOString().replace('Z', `${rest}Z`)
}

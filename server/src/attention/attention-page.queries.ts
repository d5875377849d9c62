import { sql, type SqlBool } from 'kysely'
import type { AttentionItem } from '@desk/shared/attention/attention-item'
import type { AttentionQuery } from '@desk/shared/attention/attention-query'
import type { Db } from '../database.ts'
import { refuseTooBroad } from '../kernel/refuse-too-broad.ts'
import { selectItems, toItem } from './attention-items.queries.ts'
import { matches, type Viewer } from './attention-matching.ts'
import {
  type AttentionPageRequest,
  encodeCursor,
  type ItemPosition,
} from './attention-page-request.ts'

const PAGE_SIZE = 50

export interface AttentionPage {
  readonly items: readonly AttentionItem[]
  /** Null on the last page. */
  readonly nextCursor: string | null
}

/** One page of the queue by keyset, in the query's order. Refuses with `search_too_broad`. */
export async function readAttentionPage(
  reads: Db,
  { query, after }: AttentionPageRequest,
  viewer: Viewer,
): Promise<AttentionPage> {
  const order = orderOf(query)
  const comesAfter =
    after === null
      ? sql<SqlBool>`true`
      : sql<SqlBool>`(${order.key}, item.id) ${order.beyond} (${order.value(after.key)}, ${after.id})`
  const rows = await refuseTooBroad(() =>
    selectItems(reads)
      .where((eb) => matches(eb, query, viewer))
      .where(comesAfter)
      .orderBy(sql`${order.key} ${order.direction}, item.id ${order.direction}`)
      .limit(PAGE_SIZE + 1)
      .execute(),
  )
  const items = rows.slice(0, PAGE_SIZE).map(toItem)
  const last = items.at(-1)
  const more = rows.length > PAGE_SIZE && last !== undefined
  return { items, nextCursor: more ? encodeCursor(positionOf(last, query), query) : null }
}

/** Each is the order of one index, read forwards or backwards. */
const orders = {
  oldest: { key: sql`item.opened_at`, isDescending: false },
  stake: { key: sql`coalesce(item.stake_cents, -1)`, isDescending: true },
  due: { key: sql`coalesce(item.due_at, 'infinity')`, isDescending: false },
  resolved: { key: sql`item.resolved_at`, isDescending: true },
} as const

function orderOf({ state, sort }: AttentionQuery) {
  const name = state === 'resolved' ? 'resolved' : sort
  const { key, isDescending } = orders[name]
  return {
    key,
    beyond: isDescending ? sql`<` : sql`>`,
    direction: isDescending ? sql`desc` : sql`asc`,
    value: (known: number | null) => {
      if (name === 'stake') return sql`${known ?? -1}::bigint`
      return known === null
        ? sql`'infinity'::timestamptz`
        : sql`${new Date(known).toISOString()}::timestamptz`
    },
  }
}

function positionOf(item: AttentionItem, { state, sort }: AttentionQuery): ItemPosition {
  const { id } = item
  if (state === 'resolved') return { key: millisOf(item.resolvedAt), id }
  if (sort === 'stake') return { key: item.stakeCents, id }
  return { key: millisOf(sort === 'due' ? item.dueAt : item.openedAt), id }
}

function millisOf(instant: string | null): number | null {
  return instant === null ? null : Date.parse(instant)
}

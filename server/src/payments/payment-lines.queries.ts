import { type RawBuilder, sql } from 'kysely'
import type { MatchedOn } from '@desk/shared/payments/payment-find'
import type { Db } from '../database.ts'
import { type HitRow, hitColumns } from './payment-find.queries.ts'
import { formsOf } from './payment-matching.ts'

/** A payment that answers one of several texts; `position` counts them from 0. */
export interface CarrierRow extends HitRow {
  readonly position: number
  readonly matched_on: Exclude<MatchedOn, 'text'>
  /** How many payments answer that text, counted as far as was asked. */
  readonly found: number
}

/**
 * The payments that carry one of the texts as their own id, order id, hash or address, for all texts in one
 * statement, the best evidence first. Every text is looked up in every index by itself, and no further than
 * `counted`: however large the table and however frequent an address, there is no other way to plan it.
 */
export async function findCarriersOfLines(
  reads: Db,
  texts: readonly string[],
  { listed, counted }: { readonly listed: number; readonly counted: number },
): Promise<CarrierRow[]> {
  // What a text is kept as that has lost its `0x`, else the same as the text in lower case.
  const others = texts.map((text) => formsOf(text).at(-1))
  const columns = hitColumns.map((column) => sql`payment.${sql.id(column)}`)
  const { rows } = await sql<CarrierRow>`
    select asked.position - 1 as position, hit.matched_on, hit.found, ${sql.join(columns)}
    from unnest(${texts}::text[], ${others}::text[]) with ordinality as asked(text, other, position)
    cross join lateral (
      select id, min(rank) as rank, (array_agg(matched_on order by rank))[1] as matched_on,
        max(created_at) as created_at, count(*) over () as found
      from (${sql.join(carriers(counted), sql` union all `)})
        as carrier(rank, matched_on, id, created_at)
      group by id
      order by rank, max(created_at) desc, id
      limit ${listed}
    ) as hit
    join payment on payment.id = hit.id
    order by asked.position, hit.rank, hit.created_at desc, hit.id
  `.execute(reads)
  return rows
}

const exactColumns = ['id', 'tx_hash', 'deposit_address', 'sender_address'] as const

const evidence = {
  id: { rank: 1, matchedOn: 'payment_id' },
  tx_hash: { rank: 3, matchedOn: 'tx_hash' },
  deposit_address: { rank: 4, matchedOn: 'deposit_address' },
  sender_address: { rank: 5, matchedOn: 'sender_address' },
} as const satisfies Record<
  (typeof exactColumns)[number],
  { readonly rank: number; readonly matchedOn: MatchedOn }
>

/** The order by the indexed expression itself makes any way but its index a detour. */
function carriers(counted: number): RawBuilder<unknown>[] {
  const byColumn = exactColumns.map((column) => {
    const { rank, matchedOn } = evidence[column]
    return sql`(
      select ${sql.lit(rank)}, ${sql.lit(matchedOn)}, id, created_at from payment
      where ${sql.id(column)} = any(array[asked.text, lower(asked.text), asked.other])
      order by ${sql.id(column)} limit ${counted})`
  })
  const byOrder = sql`(
    select 2, 'order_id', id, created_at from payment where lower(order_id) = lower(asked.text)
    order by lower(order_id) limit ${counted})`
  return [...byColumn, byOrder]
}

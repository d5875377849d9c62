import { type Kysely, sql } from 'kysely'
import type { Database } from '../../src/database-schema.ts'

const DRAWN = 400

/** A payment that a scenario asks for. */
export interface Drawn {
  readonly id: string
  readonly order: string
  readonly address: string
  readonly sender: string
  readonly hash: string
  readonly createdAt: string
  readonly micros: number
}

/** Drawn evenly over all payments that have a history and money on chain, so that nothing lives off one hot page. */
export async function drawPayments(owner: Kysely<Database>): Promise<Drawn[]> {
  const { rows } = await sql<Drawn>`
    select id, order_id as order, deposit_address as address, sender_address as sender, tx_hash as hash,
      to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "createdAt",
      (extract(epoch from created_at) * 1000000)::bigint as micros
    from payment where id in (select payment_id from receipt)
    order by md5(id) limit ${DRAWN}
  `.execute(owner)
  return rows
}

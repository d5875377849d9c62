import type { Selectable } from 'kysely'
import type { SearchTerm } from '@desk/shared/payments/search-text'
import type { Db } from '../database.ts'
import type { Database } from '../database-schema.ts'
import { carries, matchesText } from './payment-matching.ts'

export const hitColumns = [
  'id',
  'order_id',
  'status',
  'amount_cents',
  'currency',
  'created_at',
  'tx_hash',
  'deposit_address',
  'sender_address',
] as const

export type HitRow = Pick<Selectable<Database['payment']>, (typeof hitColumns)[number]>

/** The newest payments that carry the text as their own id, order id, hash or address. */
export async function findCarriers(reads: Db, text: string, limit: number): Promise<HitRow[]> {
  return reads
    .selectFrom('payment')
    .select(hitColumns)
    .where((eb) => carries(eb, text))
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute()
}

/** The newest payments that the text occurs in. */
export async function findResembling(
  reads: Db,
  term: SearchTerm,
  limit: number,
): Promise<HitRow[]> {
  return reads
    .selectFrom('payment')
    .select(hitColumns)
    .where((eb) => eb.and(matchesText(eb, term)))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

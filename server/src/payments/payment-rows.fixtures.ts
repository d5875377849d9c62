import type { Insertable } from 'kysely'
import type { Db } from '../database.ts'
import type { Database } from '../database-schema.ts'
import { searchTextOf } from './payment-search-text.ts'

type NewPayment = Insertable<Database['payment']>

/** A mirror row with only what matters to a test spelled out; found by its id and order id. */
export function paymentRow(row: Partial<NewPayment> & { readonly id: string }): NewPayment {
  const words = [row.id, row.order_id, row.deposit_address, row.tx_hash, row.sender_address]
  return {
    type: 'payment',
    status: 'completed',
    amount_cents: 1_000,
    currency: 'USD',
    search_text: searchTextOf({
      words: words.map((word) => word ?? null),
      customMetadata: row.custom_metadata ?? null,
    }),
    created_at: '2026-11-01T12:00:00Z',
    updated_at: '2026-11-01T12:00:00Z',
    observation_id: 1,
    ...row,
  }
}

export async function insertPayments(
  db: Db,
  rows: readonly (Partial<NewPayment> & { readonly id: string })[],
): Promise<void> {
  await db.insertInto('payment').values(rows.map(paymentRow)).execute()
}

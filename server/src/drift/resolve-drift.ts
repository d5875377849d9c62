import { sql } from 'kysely'
import type { Trx } from '../database.ts'

/** Holds all drift of the payments behind these items, before the items themselves: in the order of the sweep. */
export async function lockDriftOfItems(trx: Trx, itemIds: readonly number[]): Promise<void> {
  await trx
    .selectFrom('drift')
    .select('id')
    .where('payment_id', 'in', (items) =>
      items
        .selectFrom('attention_item')
        .select('attention_item.payment_id')
        .where('kind', '=', 'drifted')
        .where('attention_item.id', 'in', itemIds),
    )
    .orderBy('id')
    .forUpdate()
    .execute()
}

/** Closes what is open of these payments in the name of a person, with their reason. */
export async function resolveDrift(
  trx: Trx,
  paymentIds: readonly string[],
  by: { readonly userId: string; readonly reason: string; readonly at: Date },
): Promise<void> {
  if (paymentIds.length === 0) return
  await trx
    .updateTable('drift')
    .set({
      state: 'closed',
      closed_at: by.at,
      resolution: 'resolved',
      resolved_by: by.userId,
      resolved_because: by.reason,
    })
    .where(sql<boolean>`payment_id = any(${paymentIds}::text[])`)
    .where('state', '=', 'open')
    .execute()
}

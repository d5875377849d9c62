import type { PendingWork } from '@desk/shared/identity/team'
import type { Db } from '../database.ts'
import type { LeaverDuty } from '../kernel/leaver-duty.ts'
import { publish } from '../kernel/live-events.ts'
import { insertEvents } from './attention-events.queries.ts'

/** What was handed to somebody goes back to the queue it came from, or to nobody, and waits there. */
export const handedToThem: LeaverDuty = {
  pending: async (db, userId) => (await findHeldBy(db, userId)).map(inWords),

  async release(trx, userId, by) {
    const held = await findHeldBy(trx, userId)
    if (held.length === 0) return []
    const ids = held.map(({ id }) => id)
    await trx
      .updateTable('attention_item')
      .set({ assignee_id: null })
      .where('id', 'in', ids)
      .execute()
    await insertEvents(
      trx,
      held.map(({ id, role }) => ({
        item_id: id,
        what: 'released',
        at: by.at,
        actor_id: by.actor?.userId ?? null,
        assignee_role: role,
      })),
    )
    await publish(trx, { kind: 'attention.changed', paymentId: null })
    return held.map(inWords)
  },
}

async function findHeldBy(db: Db, userId: string) {
  return db
    .selectFrom('attention_item as item')
    .innerJoin('payment', 'payment.id', 'item.payment_id')
    .select(['item.id', 'item.payment_id as paymentId'])
    .select(['item.assignee_role as role', 'payment.order_id as orderId'])
    .where('item.state', '=', 'open')
    .where('item.assignee_id', '=', userId)
    .orderBy('item.id')
    .execute()
}

function inWords(held: {
  readonly paymentId: string
  readonly orderId: string | null
}): PendingWork {
  return { kind: 'hand_over', label: held.orderId ?? held.paymentId }
}

import type { AttentionEvent } from '@desk/shared/attention/attention-item'
import { attentionKind, attentionKinds } from '@desk/shared/attention/attention-kind'
import type { Insertable } from 'kysely'
import type { Database } from '../database-schema.ts'
import type { Db, Trx } from '../database.ts'
import { toAssigned, toPerson } from './attention-items.queries.ts'

const EVENTS_MAX = 100

export async function insertEvents(
  trx: Trx,
  events: readonly Insertable<Database['attention_event']>[],
): Promise<void> {
  if (events.length > 0) await trx.insertInto('attention_event').values(events).execute()
}

/** What happened to all items of a payment, newest first. */
export async function findEventsOf(db: Db, paymentId: string): Promise<AttentionEvent[]> {
  const rows = await db
    .selectFrom('attention_event as event')
    .innerJoin('attention_item as item', 'item.id', 'event.item_id')
    .leftJoin('person as actor', 'actor.id', 'event.actor_id')
    .leftJoin('person as holder', 'holder.id', 'event.assignee_id')
    .where('item.payment_id', '=', paymentId)
    .where('item.kind', 'in', attentionKinds)
    .select([
      'event.id',
      'item.kind',
      'event.what',
      'event.at',
      'event.assignee_role as role',
      'event.due_at as dueAt',
      'event.reason',
      'actor.id as actorId',
      'actor.name as actorName',
      'holder.id as holderId',
      'holder.name as holderName',
    ])
    .orderBy('event.id', 'desc')
    .limit(EVENTS_MAX)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    kind: attentionKind.parse(row.kind),
    what: row.what,
    at: row.at.toISOString(),
    actor: toPerson(row.actorId, row.actorName),
    assigned: toAssigned({ role: row.role, id: row.holderId, name: row.holderName }),
    dueAt: row.dueAt?.toISOString() ?? null,
    reason: row.reason,
  }))
}

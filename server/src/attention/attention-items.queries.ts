import { sql } from 'kysely'
import type { Assigned, PersonName } from '@desk/shared/attention/assignee'
import type { AttentionItem } from '@desk/shared/attention/attention-item'
import { attentionKind, attentionKinds } from '@desk/shared/attention/attention-kind'
import { driftKinds } from '@desk/shared/drift/drift'
import { userId } from '@desk/shared/identity/session'
import { paymentId } from '@desk/shared/payments/payment'
import type { Db, Trx } from '../database.ts'
import { toCents } from '../payments/payment-row.ts'

/** Items with what screens show of them; the where-clause, order and limit are the caller's. Kinds of a newer Desk are left out. */
export function selectItems(db: Db) {
  return db
    .selectFrom('attention_item as item')
    .innerJoin('payment', 'payment.id', 'item.payment_id')
    .leftJoin('person as holder', 'holder.id', 'item.assignee_id')
    .leftJoin('person as giver', 'giver.id', 'item.assigned_by')
    .leftJoin('person as resolver', 'resolver.id', 'item.resolved_by')
    .where('item.kind', 'in', attentionKinds)
    .select([
      'item.id',
      'item.kind',
      'item.state',
      'item.payment_id as paymentId',
      'item.stake_cents as stakeCents',
      'item.opened_at as openedAt',
      'item.assignee_role as role',
      'item.assigned_because as assignedBecause',
      'item.due_at as dueAt',
      'item.resolved_at as resolvedAt',
      'item.resolved_because as resolvedBecause',
      'payment.order_id as orderId',
      'payment.status',
      'payment.amount_cents as amountCents',
      'payment.currency',
      'holder.id as holderId',
      'holder.name as holderName',
      'giver.id as giverId',
      'giver.name as giverName',
      'resolver.id as resolverId',
      'resolver.name as resolverName',
    ])
    .select(driftKindsOf.as('driftKinds'))
}

/** Of an item about drift what is open, or what was before it was resolved; null for all others. */
const driftKindsOf = sql<string[] | null>`case when item.kind = 'drifted' then (
  select array_agg(distinct drift.kind) from drift
  where drift.payment_id = item.payment_id
    and drift.state = case item.state when 'open' then 'open' else 'closed' end) end`

type Row = Awaited<ReturnType<ReturnType<typeof selectItems>['executeTakeFirstOrThrow']>>

export function toItem(row: Row): AttentionItem {
  return {
    id: row.id,
    kind: attentionKind.parse(row.kind),
    state: row.state,
    payment: {
      id: paymentId.parse(row.paymentId),
      orderId: row.orderId,
      status: row.status,
      amountCents: toCents(row.amountCents),
      currency: row.currency,
    },
    driftKinds: driftKinds.filter((kind) => row.driftKinds?.includes(kind)),
    stakeCents: toCents(row.stakeCents),
    openedAt: row.openedAt.toISOString(),
    assigned: toAssigned({ role: row.role, id: row.holderId, name: row.holderName }),
    assignedBy: toPerson(row.giverId, row.giverName),
    assignedBecause: row.assignedBecause,
    dueAt: row.dueAt?.toISOString() ?? null,
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
    resolvedBy: toPerson(row.resolverId, row.resolverName),
    resolvedBecause: row.resolvedBecause,
  }
}

export function toAssigned(row: {
  readonly role: Assigned['role']
  readonly id: string | null
  readonly name: string | null
}): Assigned {
  return { role: row.role, person: toPerson(row.id, row.name) }
}

export function toPerson(id: string | null, name: string | null): PersonName | null {
  return id === null ? null : { id: userId.parse(id), name: name ?? '' }
}

/** Open ones first, then what was resolved last. */
export async function findItemsOf(db: Db, id: string): Promise<AttentionItem[]> {
  const rows = await selectItems(db)
    .where('item.payment_id', '=', id)
    .orderBy('item.state')
    .orderBy(sql`coalesce(item.resolved_at, item.opened_at)`, 'desc')
    .execute()
  return rows.map(toItem)
}

/** Locked until the transaction ends, in the order of their ids, so that two batches never wait for each other. */
export async function lockItems(
  trx: Trx,
  ids: readonly number[],
): Promise<readonly { readonly id: number; readonly state: 'open' | 'resolved' }[]> {
  return trx
    .selectFrom('attention_item')
    .select(['id', 'state'])
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute()
}

export async function itemsById(db: Db, ids: readonly number[]): Promise<AttentionItem[]> {
  if (ids.length === 0) return []
  const rows = await selectItems(db).where('item.id', 'in', ids).orderBy('item.id').execute()
  return rows.map(toItem)
}

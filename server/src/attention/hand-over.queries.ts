import type { Assigned } from '@desk/shared/attention/assignee'
import type { Role } from '@desk/shared/identity/roles'
import type { Trx } from '../database.ts'
import type { KnownPayment } from './known-payment.ts'
import { toAssigned, toPerson } from './attention-items.queries.ts'

/** A hand-over as it stood when it was locked. */
export interface LockedHandOver {
  readonly id: number
  readonly state: 'open' | 'resolved'
  readonly assigned: Assigned
  /** Who gave it to whoever has it, and whether they are still here. */
  readonly giver: { readonly id: string; readonly name: string; readonly isHere: boolean } | null
}

/** The payment's hand-over, made where there is none yet, held until the transaction ends. */
export async function lockOrMakeHandOver(
  trx: Trx,
  payment: KnownPayment,
  at: Date,
): Promise<LockedHandOver> {
  await trx
    .insertInto('attention_item')
    .values({
      payment_id: payment.id,
      kind: 'handed_over',
      state: 'resolved',
      opened_at: at,
      resolved_at: at,
    })
    .onConflict((conflict) => conflict.columns(['payment_id', 'kind']).doNothing())
    .execute()
  const made = await lockHandOver(trx, payment.id)
  if (!made) throw new Error(`The hand-over of ${payment.id} was just made and is not there.`)
  return made
}

export async function lockHandOver(
  trx: Trx,
  paymentId: string,
): Promise<LockedHandOver | undefined> {
  // First the lock, then the reading: what is joined in a locking statement stays as it was before the wait.
  await trx
    .selectFrom('attention_item')
    .select('id')
    .where('payment_id', '=', paymentId)
    .where('kind', '=', 'handed_over')
    .forUpdate()
    .executeTakeFirst()
  const row = await trx
    .selectFrom('attention_item as item')
    .leftJoin('person as holder', 'holder.id', 'item.assignee_id')
    .leftJoin('person as giver', 'giver.id', 'item.assigned_by')
    .select(['item.id', 'item.state', 'item.assignee_role as role'])
    .select(['holder.id as holderId', 'holder.name as holderName'])
    .select(['giver.id as giverId', 'giver.name as giverName'])
    .select(['giver.disabled_at as disabledAt', 'giver.removed_at as removedAt'])
    .where('item.payment_id', '=', paymentId)
    .where('item.kind', '=', 'handed_over')
    .executeTakeFirst()
  if (!row) return undefined
  const giver = toPerson(row.giverId, row.giverName)
  return {
    id: row.id,
    state: row.state,
    assigned: toAssigned({ role: row.role, id: row.holderId, name: row.holderName }),
    giver: giver && { ...giver, isHere: row.disabledAt === null && row.removedAt === null },
  }
}

export interface Assignment {
  readonly role: Role | null
  readonly personId: string | null
  readonly by: string
  readonly because: string
  readonly at: Date
  readonly dueAt: Date | null
  readonly stakeCents: number | null
}

/** Opens it where it was resolved; one that was open keeps its age. */
export async function setAssignment(
  trx: Trx,
  { id, state }: Pick<LockedHandOver, 'id' | 'state'>,
  assignment: Assignment,
): Promise<void> {
  await trx
    .updateTable('attention_item')
    .set({
      state: 'open',
      ...(state === 'resolved' && { opened_at: assignment.at }),
      stake_cents: assignment.stakeCents,
      assignee_role: assignment.role,
      assignee_id: assignment.personId,
      assigned_at: assignment.at,
      assigned_by: assignment.by,
      assigned_because: assignment.because,
      due_at: assignment.dueAt,
      resolved_at: null,
      resolved_by: null,
      resolved_because: null,
    })
    .where('id', '=', id)
    .execute()
}

import type { AttentionItem, Resolved } from '@desk/shared/attention/attention-item'
import { attentionKindText } from '@desk/shared/attention/attention-kind'
import { recordAudit } from '../audit/record-audit.ts'
import { lockDriftOfItems, resolveDrift } from '../drift/resolve-drift.ts'
import type { Trx } from '../database.ts'
import type { Attribution } from '../kernel/actor.ts'
import { publish } from '../kernel/live-events.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { AttentionCall } from './attention-call.ts'
import { insertEvents } from './attention-events.queries.ts'
import { itemsById, lockItems } from './attention-items.queries.ts'
import { subjectOf } from './known-payment.ts'

/**
 * Resolves what of these items is still open. Refuses with `item_unknown`, and with `already_resolved` where
 * nothing is left to resolve: whoever was slower learns who was faster, and why.
 */
export async function resolveItems(
  { db, actor, by }: AttentionCall,
  { items: ids, reason }: { readonly items: readonly number[]; readonly reason: string },
): Promise<Resolved> {
  return db.transaction().execute(async (trx) => {
    await lockDriftOfItems(trx, ids)
    const locked = await lockItems(trx, [...new Set(ids)])
    if (locked.length === 0) {
      throw new Refusal('not_found', 'item_unknown', 'There is nothing like this in the queue.')
    }
    const open = locked.filter(({ state }) => state === 'open').map(({ id }) => id)
    if (open.length === 0)
      throw await alreadyResolved(
        trx,
        locked.map(({ id }) => id),
      )
    await trx
      .updateTable('attention_item')
      .set({
        state: 'resolved',
        resolved_at: by.at,
        resolved_by: actor.userId,
        resolved_because: reason,
      })
      .where('id', 'in', open)
      .execute()
    const done = { what: 'resolved', at: by.at, actor_id: actor.userId, reason } as const
    await insertEvents(
      trx,
      open.map((id) => ({ item_id: id, ...done })),
    )
    const resolved = await itemsById(trx, open)
    await resolveDrift(
      trx,
      resolved.filter(({ kind }) => kind === 'drifted').map(({ payment }) => payment.id),
      { userId: actor.userId, reason, at: by.at },
    )
    const payments = Map.groupBy(resolved, ({ payment }) => payment.id)
    const [only] = payments.size === 1 ? payments.keys() : []
    await publish(trx, { kind: 'attention.changed', paymentId: only ?? null })
    for (const items of payments.values()) await auditOf(trx, by, { items, reason })
    return { resolved: open.length, wasResolved: locked.length - open.length }
  })
}

/** One entry for each payment, so that it stands in the history of every one of them. */
async function auditOf(
  trx: Trx,
  by: Attribution,
  { items, reason }: { readonly items: readonly AttentionItem[]; readonly reason: string },
): Promise<void> {
  const [first] = items
  if (!first) return
  await recordAudit(trx, by, {
    action: 'payment.resolve',
    reason,
    subject: subjectOf(first.payment),
    after: { kinds: items.map(({ kind }) => attentionKindText[kind].label) },
  })
}

async function alreadyResolved(trx: Trx, ids: readonly number[]): Promise<Refusal> {
  const [first, ...others] = await itemsById(trx, ids)
  if (!first || others.length > 0) {
    const message = 'All of them were resolved meanwhile, by others or by themselves.'
    return new Refusal('conflict', 'already_resolved', message)
  }
  const { resolvedBy, resolvedBecause } = first
  const message =
    resolvedBy === null
      ? 'It was over by itself meanwhile.'
      : `${resolvedBy.name} resolved it meanwhile: ${resolvedBecause ?? ''}`
  return new Refusal('conflict', 'already_resolved', message)
}

import { assignedText } from '@desk/shared/attention/assignee'
import { userId } from '@desk/shared/identity/session'
import type { PaymentWork } from '@desk/shared/payments/payment-list'
import type { Db } from '../database.ts'

/** What people did about these payments: their tags, and with whom each of them is. */
export async function readPaymentWork(
  reads: Db,
  ids: readonly string[],
): Promise<(id: string) => PaymentWork> {
  if (ids.length === 0) return () => nothing
  const [tags, handOvers] = await Promise.all([
    reads
      .selectFrom('payment_tag')
      .select(['payment_id', 'tag'])
      .where('payment_id', 'in', ids)
      .orderBy('tag')
      .execute(),
    reads
      .selectFrom('attention_item as item')
      .leftJoin('person as holder', 'holder.id', 'item.assignee_id')
      .select(['item.payment_id', 'item.assignee_role as role'])
      .select(['holder.id as holderId', 'holder.name as holderName'])
      .where('item.payment_id', 'in', ids)
      .where('item.kind', '=', 'handed_over')
      .where('item.state', '=', 'open')
      .execute(),
  ])
  const tagsOf = Map.groupBy(tags, ({ payment_id }) => payment_id)
  const holders = new Map(
    handOvers.map(({ payment_id, role, holderId, holderName }) => {
      const person =
        holderId === null ? null : { id: userId.parse(holderId), name: holderName ?? '' }
      return [payment_id, assignedText({ role, person })]
    }),
  )
  return (id) => ({
    tags: tagsOf.get(id)?.map(({ tag }) => tag) ?? [],
    assignee: holders.get(id) ?? null,
  })
}

const nothing: PaymentWork = { tags: [], assignee: null }

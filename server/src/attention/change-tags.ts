import { TAGS_MAX } from '@desk/shared/attention/payment-tag'
import type { PaymentId } from '@desk/shared/payments/payment'
import { recordAudit } from '../audit/record-audit.ts'
import type { Trx } from '../database.ts'
import { publish } from '../kernel/live-events.ts'
import { Refusal } from '../kernel/refusal.ts'
import { lockPayments } from '../payments/payment-mirror.queries.ts'
import type { AttentionCall } from './attention-call.ts'
import { knownPayment, subjectOf } from './known-payment.ts'
import { deleteTag, findTagsOf, insertTag } from './tags.queries.ts'

interface Tagging {
  readonly id: PaymentId
  readonly tag: string
}

/** Does nothing where the payment has it already. Refuses with `payment_unknown` and `too_many_tags`. */
export async function addTag(call: AttentionCall, { id, tag }: Tagging): Promise<void> {
  await changeTags(call, id, async (trx, tags) => {
    if (tags.includes(tag)) return
    if (tags.length >= TAGS_MAX) {
      const message = `A payment has at most ${TAGS_MAX} tags. Take one away first.`
      throw new Refusal('conflict', 'too_many_tags', message)
    }
    await insertTag(trx, { paymentId: id, tag, by: call.actor.userId, at: call.by.at })
  })
}

/** Does nothing where the payment does not have it. Refuses with `payment_unknown`. */
export async function removeTag(call: AttentionCall, { id, tag }: Tagging): Promise<void> {
  await changeTags(call, id, (trx) => deleteTag(trx, id, tag))
}

async function changeTags(
  { db, by }: AttentionCall,
  id: PaymentId,
  change: (trx: Trx, tags: readonly string[]) => Promise<void>,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const payment = await knownPayment(trx, id)
    // Two people who add the last one that fits are judged one after the other.
    await lockPayments(trx, [id])
    const before = await findTagsOf(trx, id)
    await change(trx, before)
    const after = await findTagsOf(trx, id)
    if (after.join() === before.join()) return
    await publish(trx, { kind: 'attention.changed', paymentId: id })
    await recordAudit(trx, by, {
      action: 'payment.change_tags',
      subject: subjectOf(payment),
      before: { tags: before },
      after: { tags: after },
    })
  })
}

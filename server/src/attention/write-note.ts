import { type EditNoteInput, noteEditBlock } from '@desk/shared/attention/payment-note'
import type { PaymentId } from '@desk/shared/payments/payment'
import { recordAudit } from '../audit/record-audit.ts'
import { publish } from '../kernel/live-events.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { AttentionCall } from './attention-call.ts'
import { knownPayment, subjectOf } from './known-payment.ts'
import { insertNote, lockNote, replaceText } from './notes.queries.ts'

/** Answers the note's number. Refuses with `payment_unknown`. */
export async function writeNote(
  { db, actor, by }: AttentionCall,
  { id, text }: { readonly id: PaymentId; readonly text: string },
): Promise<{ readonly noteId: number }> {
  return db.transaction().execute(async (trx) => {
    const payment = await knownPayment(trx, id)
    const note = { paymentId: id, authorId: actor.userId, text, at: by.at }
    const noteId = await insertNote(trx, note)
    await publish(trx, { kind: 'attention.changed', paymentId: id })
    await recordAudit(trx, by, {
      action: 'payment.write_note',
      subject: subjectOf(payment),
      after: { noteId, text },
    })
    return { noteId }
  })
}

/**
 * Within a quarter of an hour its author may correct a note; what it said before is kept. Refuses with
 * `note_unknown`, `note_closed` (not theirs, or too late) and `note_changed` (it reads otherwise by now).
 */
export async function editNote(
  { db, actor, by }: AttentionCall,
  { id, noteId, version, text }: EditNoteInput,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const payment = await knownPayment(trx, id)
    const note = await lockNote(trx, { id, noteId })
    if (!note) throw new Refusal('not_found', 'note_unknown', 'There is no such note here.')
    const block = noteEditBlock(note, { userId: actor.userId, nowMs: by.at.getTime() })
    if (block) throw new Refusal('conflict', 'note_closed', block)
    if (note.version !== version) {
      const message = 'You changed this note in another window meanwhile. Read it again first.'
      throw new Refusal('conflict', 'note_changed', message)
    }
    if (note.text === text) return
    await replaceText(trx, note, { text, at: by.at })
    await publish(trx, { kind: 'attention.changed', paymentId: id })
    await recordAudit(trx, by, {
      action: 'payment.edit_note',
      subject: subjectOf(payment),
      before: { noteId, text: note.text },
      after: { noteId, text },
    })
  })
}

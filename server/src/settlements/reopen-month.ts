import type {
  DecideReopeningInput,
  ProposeReopeningInput,
} from '@desk/shared/settlements/settlement-input'
import { recordAudit } from '../audit/record-audit.ts'
import type { Db, Trx } from '../database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { areOnePerson } from '../kernel/same-person.queries.ts'
import type { MonthCall } from './close-month.ts'

/**
 * Puts the reopening of a closed month before a second person. Refuses with `close_unknown`, `month_open` and
 * `reopening_proposed_already`.
 */
export async function proposeReopening(
  { db, by }: MonthCall,
  { closeId, reason }: ProposeReopeningInput,
): Promise<{ readonly id: number }> {
  return db.transaction().execute(async (trx) => {
    const close = await lockClose(trx, closeId)
    const open = await trx
      .selectFrom('settlement_reopening')
      .select('id')
      .where('close_id', '=', closeId)
      .where('state', '=', 'proposed')
      .executeTakeFirst()
    if (open) {
      throw new Refusal(
        'conflict',
        'reopening_proposed_already',
        'Reopening this month waits for a decision already.',
      )
    }
    const { id } = await trx
      .insertInto('settlement_reopening')
      .values({
        close_id: closeId,
        reason,
        state: 'proposed',
        proposed_by: by.actor.userId,
        proposed_at: by.at,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await recordAudit(trx, by, {
      action: 'month.propose_reopening',
      subject: subjectOf(close.month),
      reason,
    })
    return { id }
  })
}

/**
 * The second person's word. A month that is reopened counts as payments stand, and what was adjusted is part of
 * it again. Refuses with `reopening_decided`, `month_open` and, for who proposed it, `own_reopening`.
 */
export async function decideReopening(
  { db, by }: MonthCall,
  input: DecideReopeningInput,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const proposal = await lockProposal(trx, input.id)
    const block = await decideBlock(trx, proposal.proposedBy, by.actor.userId)
    if (block !== null) throw new Refusal('forbidden', 'own_reopening', block)
    const isReopened = input.decision === 'reopen'
    const note = input.decision === 'refuse' ? input.note : null
    await trx
      .updateTable('settlement_reopening')
      .set({
        state: isReopened ? 'approved' : 'refused',
        decided_by: by.actor.userId,
        decided_at: by.at,
        decision_note: note,
      })
      .where('id', '=', input.id)
      .execute()
    if (isReopened) {
      await trx
        .updateTable('settlement_close')
        .set({ reopened_at: by.at })
        .where('id', '=', proposal.closeId)
        .execute()
    }
    await recordAudit(trx, by, {
      action: 'month.decide_reopening',
      subject: subjectOf(proposal.month),
      ...(note !== null && { reason: note }),
      before: { state: 'proposed', reason: proposal.reason },
      after: { state: isReopened ? 'reopened' : 'refused' },
    })
  })
}

/** For who proposed it. Refuses with `reopening_decided`, and others with `reopening_not_yours`. */
export async function takeBackReopening({ db, by }: MonthCall, id: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const proposal = await lockProposal(trx, id)
    if (proposal.proposedBy !== by.actor.userId) {
      const message = 'Only who proposed it can take it back. You can refuse it.'
      throw new Refusal('forbidden', 'reopening_not_yours', message)
    }
    await trx
      .updateTable('settlement_reopening')
      .set({ state: 'taken_back', decided_by: by.actor.userId, decided_at: by.at })
      .where('id', '=', id)
      .execute()
    await recordAudit(trx, by, {
      action: 'month.take_back_reopening',
      subject: subjectOf(proposal.month),
    })
  })
}

/** Why this person may not decide on a reopening, in words for them; null where they may. */
export async function decideBlock(
  db: Db,
  proposedBy: string,
  viewer: string,
): Promise<string | null> {
  return (await areOnePerson(db, proposedBy, viewer))
    ? 'You proposed to reopen it, so somebody else must decide.'
    : null
}

/** Held until the end of the transaction: one change to a closed month at a time. */
async function lockClose(trx: Trx, closeId: number): Promise<{ readonly month: string }> {
  const close = await trx
    .selectFrom('settlement_close')
    .select(['month', 'reopened_at'])
    .where('id', '=', closeId)
    .forUpdate()
    .executeTakeFirst()
  if (!close) throw new Refusal('not_found', 'close_unknown', 'There is no such closed month.')
  if (close.reopened_at !== null) {
    throw new Refusal('conflict', 'month_open', 'This month is open again.')
  }
  return { month: close.month }
}

async function lockProposal(trx: Trx, id: number) {
  const known = await trx
    .selectFrom('settlement_reopening')
    .select('close_id as closeId')
    .where('id', '=', id)
    .executeTakeFirst()
  if (!known) throw decided()
  const { month } = await lockClose(trx, known.closeId)
  // Read behind the lock: what another transaction made of it is only seen by a later statement.
  const proposal = await trx
    .selectFrom('settlement_reopening')
    .select(['state', 'reason', 'proposed_by as proposedBy'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  if (proposal.state !== 'proposed') throw decided()
  return { month, closeId: known.closeId, reason: proposal.reason, proposedBy: proposal.proposedBy }
}

function decided(): Refusal {
  return new Refusal('conflict', 'reopening_decided', 'This was decided meanwhile. Look again.')
}

function subjectOf(month: string) {
  return { kind: 'settlement_month', id: month, label: month } as const
}

import { randomInt } from 'node:crypto'
import type { MakeMonthFileInput } from '@desk/shared/settlements/settlement-input'
import { recordAudit } from '../audit/record-audit.ts'
import { Refusal } from '../kernel/refusal.ts'
import { enqueue } from '../outbox/enqueue.ts'
import type { MonthCall } from './close-month.ts'

/**
 * Asks for a file of a closed month; some Desk writes it soon and says how it differs from the one before of the
 * same month and kind. Refuses with `close_unknown` and `month_open`.
 */
export async function makeMonthFile(
  { db, by }: MonthCall,
  { closeId, kind }: MakeMonthFileInput,
): Promise<{ readonly id: string }> {
  return db.transaction().execute(async (trx) => {
    const close = await trx
      .selectFrom('settlement_close')
      .select(['month', 'reopened_at as reopenedAt'])
      .where('id', '=', closeId)
      .executeTakeFirst()
    if (!close) throw new Refusal('not_found', 'close_unknown', 'There is no such closed month.')
    if (close.reopenedAt !== null) {
      const message = 'This month is open again. Close it before you have a file of it made.'
      throw new Refusal('conflict', 'month_open', message)
    }
    const previous = await trx
      .selectFrom('settlement_file as file')
      .innerJoin('settlement_close as closed', 'closed.id', 'file.close_id')
      .select('file.id')
      .where('closed.month', '=', close.month)
      .where('file.kind', '=', kind)
      .where('file.state', '=', 'done')
      .orderBy('file.requested_at', 'desc')
      .orderBy('file.id', 'desc')
      .limit(1)
      .executeTakeFirst()
    const id = newId()
    await trx
      .insertInto('settlement_file')
      .values({
        id,
        close_id: closeId,
        kind,
        state: 'queued',
        previous_id: previous?.id ?? null,
        requested_by: by.actor.userId,
        requested_at: by.at,
      })
      .execute()
    await enqueue(trx, 'month.file', [id])
    await recordAudit(trx, by, {
      action: 'month.make_file',
      subject: { kind: 'settlement_month', id: close.month, label: close.month },
      after: { file: id, kind },
    })
    return { id }
  })
}

const idCharacters = '0123456789abcdefghijklmnopqrstuvwxyz'

function newId(): string {
  return Array.from({ length: 10 }, () => idCharacters.charAt(randomInt(36))).join('')
}

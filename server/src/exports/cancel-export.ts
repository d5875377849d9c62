import { recordAudit } from '../audit/record-audit.ts'
import type { Db } from '../database.ts'
import type { Attribution } from '../kernel/actor.ts'
import { deleteParts } from './export-parts.queries.ts'
import { readExport } from './exports.queries.ts'

/**
 * Stops an export; whichever Desk writes it hears of it within half a second. One that has ended stays as it
 * is. Refuses with `export_unknown`.
 */
export async function cancelExport(db: Db, by: Attribution, id: string): Promise<void> {
  await readExport(db, id)
  await db.transaction().execute(async (trx) => {
    const cancelled = await trx
      .updateTable('export')
      .set({ state: 'cancelled', finished_at: by.at })
      .where('id', '=', id)
      .where('state', 'in', ['queued', 'running'])
      .executeTakeFirst()
    if (cancelled.numUpdatedRows === 0n) return
    await deleteParts(trx, id)
    await recordAudit(trx, by, { action: 'export.cancel', subject: { kind: 'export', id } })
  })
}

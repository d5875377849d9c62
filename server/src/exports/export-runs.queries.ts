import type { ControlTotals } from '@desk/shared/exports/control-totals'
import type { ExportDifference } from '@desk/shared/exports/payment-export'
import { recordAudit } from '../audit/record-audit.ts'
import type { Db, Trx } from '../database.ts'
import type { StateChange } from './compare-states.ts'
import { deleteParts, type ExportRun, ExportStopped } from './export-parts.queries.ts'

const changesAtOnce = 200

/** Begins an export, or begins it anew after a Desk that died; nothing is left of what that one wrote. Null where it has ended. */
export async function claimExport(db: Db, id: string, at: Date) {
  return db.transaction().execute(async (trx) => {
    const claimed = await trx
      .updateTable('export')
      .set((eb) => ({
        state: 'running',
        attempt: eb('attempt', '+', 1),
        rows_done: 0,
        rows_expected: null,
        started_at: at,
      }))
      .where('id', '=', id)
      .where('state', 'in', ['queued', 'running'])
      .returningAll()
      .executeTakeFirst()
    if (!claimed) return null
    await clear(trx, id)
    return claimed
  })
}
export type ClaimedExport = NonNullable<Awaited<ReturnType<typeof claimExport>>>

/** Tells how far it is; false where it was cancelled or begun anew meanwhile. */
export async function tellProgress(
  db: Db,
  run: ExportRun,
  rows: { readonly done: number; readonly expected: number | null },
): Promise<boolean> {
  const told = await running(db, run)
    .set({ rows_done: rows.done, rows_expected: rows.expected })
    .executeTakeFirst()
  return told.numUpdatedRows > 0n
}

export interface FinishedExport {
  readonly at: Date
  readonly fileName: string
  readonly bytes: number
  readonly sha256: Buffer
  readonly totals: ControlTotals
  readonly snapshotAt: Date
  readonly difference: ExportDifference | null
  readonly changes: readonly StateChange[]
}

/** Makes the file one that can be had. Throws `ExportStopped` where it is not wanted any more. */
export async function finishExport(db: Db, run: ExportRun, made: FinishedExport): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const finished = await running(trx, run)
      .set({
        state: 'done',
        rows_done: made.totals.count,
        rows_expected: made.totals.count,
        file_name: made.fileName,
        bytes: made.bytes,
        sha256: made.sha256,
        totals: JSON.stringify(made.totals),
        snapshot_at: made.snapshotAt,
        difference: made.difference && JSON.stringify(made.difference),
        error: null,
        finished_at: made.at,
      })
      .executeTakeFirst()
    if (finished.numUpdatedRows === 0n) throw new ExportStopped()
    await insertChanges(trx, run.id, made.changes)
    await recordAudit(
      trx,
      { actor: null, address: null, requestId: null, at: made.at },
      {
        action: 'export.finish',
        subject: { kind: 'export', id: run.id },
        after: {
          rows: made.totals.count,
          bytes: made.bytes,
          sha256: made.sha256.toString('hex'),
        },
      },
    )
  })
}

/** Gives up, in words for people. */
export async function failExport(
  db: Db,
  run: ExportRun,
  { at, words }: { readonly at: Date; readonly words: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const failed = await running(trx, run)
      .set({ state: 'failed', error: words, finished_at: at })
      .executeTakeFirst()
    if (failed.numUpdatedRows > 0n) await clear(trx, run.id)
  })
}

/** Puts it back, to be begun anew by whoever comes. */
export async function putBackExport(db: Db, run: ExportRun): Promise<void> {
  await running(db, run).set({ state: 'queued' }).execute()
}

/** What was written before it was cancelled. */
export async function clearCancelled(db: Db, { id }: ExportRun): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const cancelled = await trx
      .selectFrom('export')
      .select('id')
      .where('id', '=', id)
      .where('state', '=', 'cancelled')
      .forUpdate()
      .executeTakeFirst()
    if (cancelled) await clear(trx, id)
  })
}

function running(db: Db, { id, attempt }: ExportRun) {
  return db
    .updateTable('export')
    .where('id', '=', id)
    .where('attempt', '=', attempt)
    .where('state', '=', 'running')
}

async function clear(trx: Trx, id: string): Promise<void> {
  await deleteParts(trx, id)
  await trx.deleteFrom('export_change').where('export_id', '=', id).execute()
}

async function insertChanges(
  trx: Trx,
  exportId: string,
  changes: readonly StateChange[],
): Promise<void> {
  for (let from = 0; from < changes.length; from += changesAtOnce) {
    await trx
      .insertInto('export_change')
      .values(
        changes.slice(from, from + changesAtOnce).map((change, index) => ({
          export_id: exportId,
          number: from + index + 1,
          payment_id: change.paymentId,
          change: change.change,
          fields: JSON.stringify(change.fields),
        })),
      )
      .execute()
  }
}

import { FILE_DAYS, type PaymentExport } from '@desk/shared/exports/payment-export'
import { recordAudit } from '../audit/record-audit.ts'
import type { Db } from '../database.ts'
import type { Attribution } from '../kernel/actor.ts'
import { Refusal } from '../kernel/refusal.ts'
import { readParts } from './export-parts.queries.ts'
import { readExport } from './exports.queries.ts'

export interface DownloadedExport {
  readonly file: NonNullable<PaymentExport['file']>
  readonly format: PaymentExport['format']
  readonly chunks: AsyncIterable<Buffer>
}

/** Writes down who takes the file, and gives it. Refuses with `export_unknown`, `export_not_done` and `export_expired`. */
export async function downloadExport(
  db: Db,
  by: Attribution,
  id: string,
): Promise<DownloadedExport> {
  const { file, format } = await readExport(db, id)
  if (file === null) {
    throw new Refusal('conflict', 'export_not_done', 'This export has no file: it is not done.')
  }
  if (file.expiredAt !== null) {
    const message = `The file was deleted after ${FILE_DAYS} days. Run the export again for one of today.`
    throw new Refusal('conflict', 'export_expired', message)
  }
  await db.transaction().execute((trx) =>
    recordAudit(trx, by, {
      action: 'export.download',
      subject: { kind: 'export', id },
      after: { file: file.name, sha256: file.sha256 },
    }),
  )
  return { file, format, chunks: readParts(db, id, 'file') }
}

import * as z from 'zod'
import { centsToDecimal } from '@desk/shared/money/amount-cents'
import type { MonthFile } from '@desk/shared/settlements/month-files'
import { recordAudit } from '../audit/record-audit.ts'
import type { Db } from '../database.ts'
import type { Attribution } from '../kernel/actor.ts'
import { Refusal } from '../kernel/refusal.ts'

const filesMax = 50

const totals = z.object({
  rows: z.number(),
  grossCents: z.number(),
  netCents: z.number(),
  adjustments: z.number(),
  debitCents: z.number(),
  creditCents: z.number(),
})
const difference = z.object({ isIdentical: z.boolean(), moved: z.array(z.string()) })

/** The last files of a month, the newest first. */
export async function readMonthFiles(db: Db, month: string): Promise<MonthFile[]> {
  const rows = await fileRows(db)
    .where('closed.month', '=', month)
    .orderBy('file.requested_at', 'desc')
    .orderBy('file.id', 'desc')
    .limit(filesMax)
    .execute()
  return rows.map(fileOfRow)
}

export interface DownloadedMonthFile {
  readonly name: string
  readonly bytes: Buffer
}

/** Writes down who takes the file, and gives it. Refuses with `file_unknown` and `file_not_done`. */
export async function downloadMonthFile(
  db: Db,
  by: Attribution,
  id: string,
): Promise<DownloadedMonthFile> {
  const { file, month } = await readDone(db, id)
  const { bytes } = await db
    .selectFrom('settlement_file')
    .select('bytes')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  if (bytes === null || file.name === null) throw notDone()
  await db.transaction().execute((trx) =>
    recordAudit(trx, by, {
      action: 'month.download',
      subject: { kind: 'settlement_month', id: month, label: month },
      after: { file: file.name, sha256: file.sha256 },
    }),
  )
  return { name: file.name, bytes }
}

/** What a file was made of, by whom and when. Refuses with `file_unknown` and `file_not_done`. */
export async function readMonthManifest(db: Db, id: string) {
  const { file, month, row } = await readDone(db, id)
  if (file.totals === null) throw notDone()
  const sums = file.totals
  return {
    manifest: 1,
    file: { name: file.name, kind: file.kind, bytes: file.bytes, sha256: file.sha256 },
    month,
    zone: row.zone,
    cutOff: row.cutOff,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    closed: { at: row.closedAt.toISOString(), sha256: row.contentSha256 },
    adjustedThrough: row.adjustedThrough,
    accounts: row.accounts,
    rows: sums.rows,
    totals: {
      gross: centsToDecimal(sums.grossCents),
      net: centsToDecimal(sums.netCents),
      adjustments: sums.adjustments,
      debit: centsToDecimal(sums.debitCents),
      credit: centsToDecimal(sums.creditCents),
    },
    requestedBy: file.requestedBy,
    requestedAt: file.requestedAt,
    previousFile: row.previousId,
    difference: file.difference,
  }
}

async function readDone(db: Db, id: string) {
  const row = await fileRows(db).where('file.id', '=', id).executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'file_unknown', 'There is no such file.')
  if (row.state !== 'done') throw notDone()
  return { row, month: row.month, file: fileOfRow(row) }
}

function notDone(): Refusal {
  return new Refusal('conflict', 'file_not_done', 'This file is not done.')
}

function fileRows(db: Db) {
  return db
    .selectFrom('settlement_file as file')
    .innerJoin('settlement_close as closed', 'closed.id', 'file.close_id')
    .innerJoin('person', 'person.id', 'file.requested_by')
    .leftJoin('journal_accounts', 'journal_accounts.id', 'file.accounts_id')
    .select([
      'file.id',
      'file.kind',
      'file.state',
      'file.file_name as name',
      'file.sha256',
      'file.totals',
      'file.difference',
      'file.error',
      'file.previous_id as previousId',
      'file.adjusted_through as adjustedThrough',
      'file.requested_at as requestedAt',
      'person.id as personId',
      'person.name as personName',
      'closed.month',
      'closed.zone',
      'closed.cut_off as cutOff',
      'closed.starts_at as startsAt',
      'closed.ends_at as endsAt',
      'closed.closed_at as closedAt',
      'closed.sha256 as contentSha256',
      'journal_accounts.accounts',
    ])
    .select((eb) => eb.fn<number | null>('octet_length', ['file.bytes']).as('bytes'))
}

type FileRow = Awaited<ReturnType<ReturnType<typeof fileRows>['execute']>>[number]

function fileOfRow(row: FileRow): MonthFile {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    name: row.name,
    bytes: row.bytes,
    sha256: row.sha256,
    totals: row.totals === null ? null : totals.parse(row.totals),
    difference: row.difference === null ? null : difference.parse(row.difference),
    error: row.error,
    requestedBy: { id: row.personId, name: row.personName },
    requestedAt: row.requestedAt.toISOString(),
  }
}

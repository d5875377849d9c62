import { createHash } from 'node:crypto'
import { journalOf } from '@desk/shared/settlements/journal'
import type { JournalAccounts } from '@desk/shared/settlements/journal-accounts'
import type { MonthContent } from '@desk/shared/settlements/month-content'
import type {
  MonthFileDifference,
  MonthFileKind,
  MonthFileTotals,
} from '@desk/shared/settlements/month-files'
import type { MonthAdjustment } from '@desk/shared/settlements/settlement-month'
import type { Db, Trx } from '../database.ts'
import { journalFile } from './journal-file.ts'
import { readAccounts } from './journal-accounts.queries.ts'
import { allAdjustments } from './month-adjustments.queries.ts'
import { reportSheets } from './month-report.ts'
import { readContent } from './read-content.ts'
import { workbook } from './workbook.ts'

export interface MonthFileDesk {
  readonly db: Db
  readonly now: () => Date
  readonly log: { error(fields: object, message: string): void }
}

/** Writes one file of a closed month, all of one moment; harmless when repeated. */
export async function writeMonthFile({ db, now, log }: MonthFileDesk, id: string): Promise<void> {
  try {
    await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (trx) => {
        const asked = await trx
          .selectFrom('settlement_file as file')
          .innerJoin('settlement_close as closed', 'closed.id', 'file.close_id')
          .select(['file.kind', 'file.close_id as closeId', 'file.previous_id as previousId'])
          .select(['closed.content', 'closed.month', 'closed.sha256 as contentSha256'])
          .where('file.id', '=', id)
          .where('file.state', '=', 'queued')
          .forUpdate('file')
          .executeTakeFirst()
        if (!asked) return
        const adjustments = await allAdjustments(trx, asked.closeId)
        const { id: accountsId, accounts } = await readAccounts(trx)
        const content = readContent(asked.content)
        const made = await fileOf(asked.kind, { content, adjustments, accounts })
        const sha256 = createHash('sha256').update(made.bytes).digest('hex')
        const through = adjustments.at(-1)?.id ?? 0
        const written = { sha256, through, accountsId, closeId: asked.closeId }
        const difference = await differenceFrom(trx, asked.previousId, {
          ...written,
          kind: asked.kind,
        })
        await trx
          .updateTable('settlement_file')
          .set({
            state: 'done',
            adjusted_through: through,
            accounts_id: accountsId,
            file_name: fileName(asked.kind, asked.month),
            bytes: made.bytes,
            sha256,
            totals: JSON.stringify(made.totals),
            difference: difference && JSON.stringify(difference),
            finished_at: now(),
          })
          .where('id', '=', id)
          .execute()
      })
  } catch (error) {
    log.error({ err: error, fileId: id }, 'A file of a month could not be written')
    await db
      .updateTable('settlement_file')
      .set({
        state: 'failed',
        error: 'It could not be written. Whoever runs Desk finds the reason in its log.',
        finished_at: now(),
      })
      .where('id', '=', id)
      .where('state', '=', 'queued')
      .execute()
  }
}

interface FileParts {
  readonly content: MonthContent
  readonly adjustments: readonly MonthAdjustment[]
  readonly accounts: JournalAccounts
}

/** The bytes say only what is booked, not when or for whom they were made: the same month is the same file. */
export async function fileOf(
  kind: MonthFileKind,
  { content, adjustments, accounts }: FileParts,
): Promise<{ readonly bytes: Buffer; readonly totals: MonthFileTotals }> {
  const { grossCents, netCents } = content.totals
  const known = { grossCents, netCents, adjustments: adjustments.length }
  if (kind === 'report') {
    const bytes = await workbook(reportSheets(content, adjustments))
    const rows = content.days.length
    return { bytes, totals: { ...known, rows, debitCents: 0, creditCents: 0 } }
  }
  const entries = journalOf(content, adjustments)
  const lines = entries.flatMap((entry) => entry.lines)
  const sum = (side: 'debitCents' | 'creditCents') =>
    lines.reduce((total, line) => total + line[side], 0)
  const sums = { debitCents: sum('debitCents'), creditCents: sum('creditCents') }
  return {
    bytes: journalFile(entries, accounts),
    totals: { ...known, ...sums, rows: lines.length },
  }
}

interface WrittenFile {
  readonly kind: MonthFileKind
  readonly sha256: string
  readonly through: number
  readonly accountsId: number | null
  readonly closeId: number
}

async function differenceFrom(
  trx: Trx,
  previousId: string | null,
  now: WrittenFile,
): Promise<MonthFileDifference | null> {
  if (previousId === null) return null
  const before = await trx
    .selectFrom('settlement_file')
    .select(['sha256', 'adjusted_through as through', 'accounts_id as accountsId'])
    .select('close_id as closeId')
    .where('id', '=', previousId)
    .executeTakeFirstOrThrow()
  const isIdentical = before.sha256 === now.sha256
  if (isIdentical) return { isIdentical, moved: [] }
  const moved: string[] = []
  if (before.closeId !== now.closeId) {
    moved.push('The month was reopened and closed anew in between.')
  } else if ((before.through ?? 0) !== now.through) {
    const { count } = await trx
      .selectFrom('settlement_adjustment')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('close_id', '=', now.closeId)
      .where('id', '>', before.through ?? 0)
      .executeTakeFirstOrThrow()
    moved.push(`${count} ${count === 1 ? 'adjustment' : 'adjustments'} came since.`)
  }
  if (now.kind === 'journal' && before.accountsId !== now.accountsId) {
    moved.push('The accounts of the journal were changed.')
  }
  return {
    isIdentical,
    moved: moved.length > 0 ? moved : ['Desk writes this file differently now.'],
  }
}

function fileName(kind: MonthFileKind, month: string): string {
  return kind === 'report' ? `desk-month-${month}.xlsx` : `desk-journal-${month}.csv`
}

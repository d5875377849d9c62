import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { ControlTotalsCounter } from '@desk/shared/exports/control-totals'
import {
  type ComparedColumn,
  comparedColumns,
  type ExportColumn,
  isExportColumn,
} from '@desk/shared/exports/export-columns'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import { userId } from '@desk/shared/identity/session'
import type { Db } from '../database.ts'
import {
  changedFields,
  type PaymentState,
  type StateChange,
  StateComparison,
} from './compare-states.ts'
import { csvFile } from './csv-file.ts'
import { exportFileName } from './export-file-name.ts'
import type { ClaimedExport, FinishedExport } from './export-runs.queries.ts'
import { readParts, storeParts } from './export-parts.queries.ts'
import type { FileSheet, RowBatches } from './file-sheet.ts'
import { countedPayment, type ExportedPayment, fileValue, storedValue } from './file-values.ts'
import { type PaymentSnapshot, withPaymentSnapshot } from './payment-snapshot.ts'
import { readStates, stateHead, stateLine } from './state-lines.ts'
import { xlsxFile } from './xlsx-file.ts'

/** How far it is: written by whoever writes the file, told to people by somebody else. */
export interface ExportProgress {
  done: number
  expected: number | null
}

interface Writing {
  readonly claimed: ClaimedExport
  readonly query: PaymentQuery
  readonly progress: ExportProgress
  readonly signal: AbortSignal
}

/**
 * Writes the file, what a later run will be compared with, and how it differs from the run before, all of one
 * moment. Memory does not grow with the number of payments.
 */
export async function writeExport(
  db: Db,
  { claimed, query, progress, signal }: Writing,
): Promise<Omit<FinishedExport, 'at'>> {
  const place = {
    zone: claimed.zone,
    cutOff: claimed.cut_off,
    today: claimed.asked_on,
    viewer: { userId: userId.parse(claimed.viewer_id), roles: [] },
  }
  const run = { id: claimed.id, attempt: claimed.attempt }
  const before = await comparableParts(db, claimed.previous_id)
  return withPaymentSnapshot(db, { query, place, signal }, async (snapshot) => {
    progress.expected = snapshot.count
    const columns = claimed.columns.filter(isExportColumn)
    const sheet: FileSheet = {
      columns,
      timesZone: claimed.times_zone,
      hasMark: claimed.has_mark,
      rowsExpected: snapshot.count,
    }
    const totals = new ControlTotalsCounter()
    const rows = rowBatches(snapshot, columns, { totals, progress })
    const chunks = claimed.format === 'csv' ? csvFile(sheet, rows) : xlsxFile(sheet, rows)
    const { bytes, sha256 } = await storeParts(db, { run, kind: 'file' }, chunks)

    const comparison = before && new StateComparison(readStates(before))
    const lines = Readable.from(stateLines(snapshot, comparison))
    const compressed = lines.pipe(createGzip({ level: 6 }))
    lines.on('error', (error) => compressed.destroy(error))
    await storeParts(db, { run, kind: 'state' }, buffersOf(compressed))
    const difference = comparison && (await comparison.end())
    return {
      fileName: exportFileName({ id: claimed.id, format: claimed.format, query, place }),
      bytes,
      sha256,
      totals: totals.totals(),
      snapshotAt: snapshot.at,
      difference,
      changes: comparison ? await withLaterStates(snapshot, comparison.changes) : [],
    }
  })
}

/** What the run before left to be compared with; null where there is nothing. */
async function comparableParts(
  db: Db,
  previousId: string | null,
): Promise<AsyncIterable<Buffer> | null> {
  if (previousId === null) return null
  const previous = await db
    .selectFrom('export')
    .select('id')
    .where('id', '=', previousId)
    .where('state', '=', 'done')
    .where('forgotten_at', 'is', null)
    .executeTakeFirst()
  return previous ? readParts(db, previous.id, 'state') : null
}

async function* rowBatches(
  snapshot: PaymentSnapshot,
  columns: readonly ExportColumn[],
  { totals, progress }: { totals: ControlTotalsCounter; progress: ExportProgress },
): RowBatches {
  const withWork = columns.includes('tags') || columns.includes('assignee')
  for await (const batch of snapshot.inOrder(withWork)) {
    for (const { payment } of batch) totals.add(countedPayment(payment))
    yield batch.map(({ payment, work }) =>
      columns.map((column) => fileValue(column, payment, work)),
    )
    progress.done += batch.length
  }
}

async function* stateLines(
  snapshot: PaymentSnapshot,
  comparison: StateComparison | null,
): AsyncGenerator<string> {
  yield stateHead()
  for await (const batch of snapshot.byId()) {
    let lines = ''
    for (const payment of batch) {
      const state = stateOf(payment)
      lines += stateLine(state)
      await comparison?.take(state)
    }
    yield lines
  }
}

function stateOf(payment: ExportedPayment): PaymentState {
  const values: Partial<Record<ComparedColumn, string | null>> = {}
  for (const column of comparedColumns) values[column] = storedValue(column, payment)
  return { id: payment.id, values }
}

/** A payment that is not found any more is mostly still there, and says itself why. */
async function withLaterStates(
  snapshot: PaymentSnapshot,
  changes: readonly StateChange[],
): Promise<StateChange[]> {
  const gone = changes.filter(({ change }) => change === 'removed')
  const found = await snapshot.find(gone.map(({ paymentId }) => paymentId))
  const later = new Map(found.map((payment) => [payment.id, stateOf(payment)]))
  return changes.map((change) => {
    const now = change.change === 'removed' ? later.get(change.paymentId) : undefined
    if (!now) return change
    const before = Object.fromEntries(
      comparedColumns.map((column) => [column, change.fields[column]?.[0] ?? null]),
    )
    return { ...change, fields: changedFields(before, now.values) }
  })
}

async function* buffersOf(bytes: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('Not bytes.')
    yield chunk
  }
}

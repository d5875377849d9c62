import { type Selectable, sql } from 'kysely'
import * as z from 'zod'
import type { ControlTotals } from '@desk/shared/exports/control-totals'
import { isExportColumn } from '@desk/shared/exports/export-columns'
import type {
  ExportChangePage,
  ExportDifference,
  ExportPage,
  PaymentExport,
} from '@desk/shared/exports/payment-export'
import { everyPayment } from '@desk/shared/payments/payment-query'
import { readStoredQuery } from '@desk/shared/views/saved-view-input'
import type { Db } from '../database.ts'
import type { Database } from '../database-schema.ts'
import { Refusal } from '../kernel/refusal.ts'

const pageRows = 50
const changesPage = 100

/** Newest first; `after` is the last one of the page before. */
export async function readExports(reads: Db, after: string | null): Promise<ExportPage> {
  const rows = await exportsWithNames(reads)
    .$if(after !== null, (query) =>
      query.where(
        sql<boolean>`(export.requested_at, export.id) < (select last.requested_at, last.id from export as last where last.id = ${after})`,
      ),
    )
    .orderBy('export.requested_at', 'desc')
    .orderBy('export.id', 'desc')
    .limit(pageRows + 1)
    .execute()
  return { exports: rows.slice(0, pageRows).map(toExport), isLast: rows.length <= pageRows }
}

/** Refuses with `export_unknown`. */
export async function readExport(reads: Db, id: string): Promise<PaymentExport> {
  const row = await exportsWithNames(reads).where('export.id', '=', id).executeTakeFirst()
  if (row) return toExport(row)
  throw new Refusal('not_found', 'export_unknown', `There is no export "${id}".`)
}

/** One page of the payments that differ from the run before. */
export async function readExportChanges(
  reads: Db,
  { id, after }: { readonly id: string; readonly after: number | null },
): Promise<ExportChangePage> {
  const rows = await reads
    .selectFrom('export_change')
    .select(['number', 'payment_id', 'change', 'fields'])
    .where('export_id', '=', id)
    .where('number', '>', after ?? 0)
    .orderBy('number')
    .limit(changesPage + 1)
    .execute()
  return {
    changes: rows.slice(0, changesPage).map(({ number, payment_id, change, fields }) => ({
      number,
      paymentId: payment_id,
      change,
      fields: changedFields.parse(fields),
    })),
    isLast: rows.length <= changesPage,
  }
}

function exportsWithNames(reads: Db) {
  return reads
    .selectFrom('export')
    .innerJoin('person', 'person.id', 'export.requested_by')
    .selectAll('export')
    .select('person.name as requester')
}

type ExportRow = Selectable<Database['export']> & { readonly requester: string }

function toExport(row: ExportRow): PaymentExport {
  return {
    id: row.id,
    // An export of a Desk to come may ask for what this one does not know; it is shown, never run.
    query: readStoredQuery(row.query) ?? everyPayment,
    zone: row.zone,
    cutOff: row.cut_off,
    askedOn: row.asked_on,
    timesZone: row.times_zone,
    columnSet: row.column_set,
    columns: row.columns.filter(isExportColumn),
    format: row.format,
    hasMark: row.has_mark,
    state: row.state,
    rowsDone: row.rows_done,
    rowsExpected: row.rows_expected,
    file: fileOf(row),
    totals: row.totals === null ? null : controlTotals.parse(row.totals),
    snapshotAt: row.snapshot_at?.toISOString() ?? null,
    previousId: row.previous_id,
    difference: row.difference === null ? null : difference.parse(row.difference),
    error: row.error,
    requestedBy: { id: row.requested_by, name: row.requester },
    requestedAt: row.requested_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
  }
}

function fileOf({ state, file_name: name, bytes, sha256, expired_at }: ExportRow) {
  if (state !== 'done' || name === null || bytes === null || sha256 === null) return null
  return {
    name,
    bytes,
    sha256: sha256.toString('hex'),
    expiredAt: expired_at?.toISOString() ?? null,
  }
}

const changedFields = z.record(
  z.string(),
  z.tuple([z.nullable(z.string()), z.nullable(z.string())]),
)
const integer = z.string().regex(/^-?\d+$/)
const controlTotals: z.ZodType<ControlTotals> = z.object({
  count: z.int(),
  currencies: z.array(
    z.object({
      currency: z.string(),
      count: z.int(),
      withoutAmount: z.int(),
      grossCents: integer,
      convenienceFeeCents: integer,
      merchantFeeCents: integer,
      swapFeeCents: integer,
      netCents: integer,
    }),
  ),
  tokens: z.array(
    z.object({
      token: z.string(),
      decimals: z.nullable(z.int()),
      count: z.int(),
      baseUnits: integer,
    }),
  ),
})
const difference: z.ZodType<ExportDifference> = z.object({
  added: z.int(),
  removed: z.int(),
  changed: z.int(),
  listed: z.int(),
})

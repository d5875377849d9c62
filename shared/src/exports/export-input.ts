import * as z from 'zod/mini'
import { paymentQuery } from '../payments/payment-query-schema.ts'
import { zoneName } from '../time/zone-schema.ts'
import { exportColumns } from './export-columns.ts'
import { exportFormats } from './payment-export.ts'

export const exportId = z.string().check(z.regex(/^[0-9a-z]{10}$/, 'is no export'))

const column = z.enum(exportColumns)

export const createExportInput = z.object({
  query: paymentQuery,
  format: z.enum(exportFormats),
  /** In their order, each once. */
  columns: z.array(column).check(
    z.minLength(1, 'needs at least one'),
    z.maxLength(exportColumns.length),
    z.refine((columns) => new Set(columns).size === columns.length, { error: 'names one twice' }),
  ),
  /** The zone in which the file writes its times. The days of the query stay business days. */
  timesZone: zoneName,
  /** Whether a CSV file begins with the mark by which spreadsheets know UTF-8. */
  hasMark: z.boolean(),
})
export type CreateExportInput = z.infer<typeof createExportInput>

export const listExportsInput = z.object({
  /** The last one of the page before. */
  cursor: z.optional(z.nullable(exportId)),
})

export const exportChangesInput = z.object({
  id: exportId,
  /** The number of the last one of the page before. */
  cursor: z.optional(z.nullable(z.int().check(z.nonnegative()))),
})

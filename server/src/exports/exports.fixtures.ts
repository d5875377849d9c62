import { buffer } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import * as z from 'zod'
import type { CreateExportInput } from '@desk/shared/exports/export-input'
import { exportColumns } from '@desk/shared/exports/export-columns'
import { everyPayment, type PaymentQuery } from '@desk/shared/payments/payment-query'
import type { Db } from '../database.ts'
import { readParts } from './export-parts.queries.ts'

export function exportInput(
  query: Partial<PaymentQuery> = {},
  rest: Partial<CreateExportInput> = {},
): CreateExportInput {
  return {
    query: { ...everyPayment, ...query },
    format: 'csv',
    columns: [...exportColumns],
    timesZone: 'UTC',
    hasMark: false,
    ...rest,
  }
}

export async function fileOf(db: Db, id: string): Promise<Buffer> {
  return buffer(readParts(db, id, 'file'))
}

/** The rows of a CSV file by the names of its columns, as any reader sees them. */
export function csvRows(file: Buffer): Record<string, string>[] {
  return records.parse(parse(file, { columns: true, bom: true, record_delimiter: '\r\n' }))
}

const records = z.array(z.record(z.string(), z.string()))

import type { ExportColumn } from '@desk/shared/exports/export-columns'
import type { FileValue } from './file-values.ts'

/** What a file shows, and how. */
export interface FileSheet {
  readonly columns: readonly ExportColumn[]
  readonly timesZone: string
  readonly hasMark: boolean
  /** How many rows will come, exactly. */
  readonly rowsExpected: number
}

/** Rows in the order of the columns, some at a time. */
export type RowBatches = AsyncIterable<readonly (readonly FileValue[])[]>

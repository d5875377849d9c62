import { stringify } from 'csv-stringify/sync'
import { csvCell, rfc4180 } from './csv-cells.ts'

type Cell = string | number | null

/**
 * A table as CSV text that spreadsheets open as it is: commas, CRLF, quotes where needed, a mark for UTF-8.
 * Text that a spreadsheet would run as a formula gets an apostrophe in front. For tables that fit in memory.
 */
export function csvText(rows: readonly (readonly Cell[])[]): string {
  return stringify(
    rows.map((row) => row.map((cell) => (typeof cell === 'string' ? csvCell(cell) : cell))),
    { ...rfc4180, bom: true },
  )
}

import { stringify } from 'csv-stringify/sync'

type Cell = string | number | null

/**
 * A table as CSV text that spreadsheets open as it is: commas, CRLF, quotes where needed, a mark for UTF-8.
 * Text that a spreadsheet would run as a formula gets an apostrophe in front. For tables that fit in memory.
 */
export function csvText(rows: readonly (readonly Cell[])[]): string {
  return stringify(
    rows.map((row) => row.map((cell) => (typeof cell === 'string' ? harmless(cell) : cell))),
    { bom: true, record_delimiter: '\r\n', quoted_match: /[\r\n]/, escape_formulas: true },
  )
}

/** What csv-stringify does not take for the beginning of a formula: a line end, and blanks before one. */
function harmless(text: string): string {
  const shown = text.replaceAll('\u0000', '\u2400')
  return /^(?:\n|[ \u00A0\uFEFF]+[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/.test(shown) ? `'${shown}` : shown
}

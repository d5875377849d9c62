import { CsvError, parse } from 'csv-parse/sync'

/** One row of a file: its cells, the line on which it begins, from 1, and itself as it is. */
export interface CsvRow {
  readonly line: number
  readonly cells: readonly string[]
  readonly text: string
  /** Why it is no row, where a quotation mark is not closed. */
  readonly fault: string | null
}

/** So many lines may lie between quotation marks; what stays open longer was never meant to be. */
const linesOfRowMax = 20

/**
 * The rows of a file that are not empty, one by one. A quotation mark that is not closed costs the row it
 * stands in and none behind it.
 */
export function* csvRows(text: string, delimiter: string): Generator<CsvRow> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  let width: number | null = null
  for (let at = 0; at < lines.length;) {
    const row = rowAt(lines, at, { delimiter, width })
    if (row.cells === null || row.cells.some((cell) => cell.trim() !== '')) {
      const fault = row.cells === null ? 'A quotation mark is not closed.' : null
      yield { line: at + 1, cells: row.cells ?? [], text: row.text, fault }
      width = row.cells?.length ?? width
    }
    at += row.lines
  }
}

interface RowShape {
  readonly delimiter: string
  /** Of the row before. */
  readonly width: number | null
}

function rowAt(lines: readonly string[], at: number, { delimiter, width }: RowShape) {
  const first = lines[at] ?? ''
  if (!opensQuote(first, delimiter)) {
    return { text: first, cells: cellsOf(first, delimiter), lines: 1 }
  }
  const length = linesUntilClosed(lines, at)
  const text = lines.slice(at, at + (length ?? 1)).join('\n')
  const cells = length === null ? null : cellsOf(text, delimiter)
  // Two marks that were never meant as one pair would swallow whatever lies between them.
  const isMeant = cells !== null && (width === null || cells.length === width)
  return isMeant && length !== null
    ? { text, cells, lines: length }
    : { text: first, cells: null, lines: 1 }
}

function cellsOf(row: string, delimiter: string): readonly string[] | null {
  if (!row.includes('"')) return row.split(delimiter)
  try {
    const [cells = []] = parse(row, { delimiter, relax_quotes: true, relax_column_count: true })
    return cells
  } catch (error) {
    if (error instanceof CsvError) return null
    throw error
  }
}

/** Whether some cell begins with a quotation mark and the line does not close it. */
function opensQuote(line: string, delimiter: string): boolean {
  return quotesIn(line) % 2 === 1 && (line.startsWith('"') || line.includes(`${delimiter}"`))
}

function linesUntilClosed(lines: readonly string[], from: number): number | null {
  let quotes = 0
  for (const [index, line] of lines.slice(from, from + linesOfRowMax).entries()) {
    quotes += quotesIn(line)
    if (quotes % 2 === 0) return index + 1
  }
  return null
}

function quotesIn(line: string): number {
  return line.split('"').length - 1
}

import { parse } from 'papaparse'
import { type PastedLines, readPastedCells, splitPasted } from '@desk/shared/payments/pasted-lines'
import {
  cellsOfColumn,
  isTable,
  type PastedColumn,
  readPastedTable,
} from '@desk/shared/payments/pasted-table'

/** What somebody pasted or chose, and how they want it read; null leaves that to us. */
export interface Paste {
  readonly text: string
  readonly fileName: string | null
  readonly column: number | null
  readonly hasHeading: boolean | null
}

export const noPaste: Paste = { text: '', fileName: null, column: null, hasHeading: null }

export interface ReadPaste extends PastedLines {
  /** How many lines or rows hold anything to look up, repeated and left out ones among them. */
  readonly filled: number
  /** Null for a plain list. */
  readonly table: { readonly columns: readonly PastedColumn[]; readonly column: number } | null
  /** The first line names what follows and is not looked up. */
  readonly hasHeading: boolean
  /** The texts of the lines that are left out, one per line, to go on with. */
  readonly rest: string
}

/** Reads a list, or one column of a table with commas, semicolons or tabs between its columns. */
export function readPaste(paste: Paste): ReadPaste {
  const tableRows = rowsOfTable(paste.text)
  const rows = tableRows ?? splitPasted(paste.text).map((line) => [line])
  const { hasHeading, columns, likeliest } = readPastedTable(rows, paste.hasHeading)
  const column = paste.column !== null && paste.column < columns.length ? paste.column : likeliest
  const cells = cellsOfColumn(rows, { hasHeading, column })
  const { lines, leftOut } = readPastedCells(cells)
  const isLeftOut = new Set(leftOut)
  return {
    lines,
    leftOut,
    filled: lines.reduce((sum, { repeatedOn }) => sum + 1 + repeatedOn.length, leftOut.length),
    table: tableRows && { columns, column },
    hasHeading,
    rest: cells
      .filter(({ line }) => isLeftOut.has(line))
      .map(({ text }) => text)
      .join('\n'),
  }
}

/** Where figures have a decimal comma, semicolons divide the columns: what is rarer inside a cell goes first. */
const separators = ['\t', ';', ',']

function rowsOfTable(text: string): string[][] | null {
  for (const delimiter of separators.filter((sign) => text.includes(sign))) {
    const { data, errors } = parse<string[]>(text.replace(/^\uFEFF/, ''), { delimiter })
    // A stray quote would make one cell of all that follows.
    if (isTable(data) && errors.every(({ type }) => type !== 'Quotes')) return data
  }
  return null
}

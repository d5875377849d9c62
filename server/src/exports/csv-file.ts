import { type Input, stringify } from 'csv-stringify/sync'
import { columnHeader, columnKind } from '@desk/shared/exports/export-columns'
import { type FileSheet, type RowBatches, visibleText } from './file-sheet.ts'
import { zoneClock } from './zone-clock.ts'

/**
 * A CSV file as RFC 4180 has it: commas, CRLF, quotes where needed, UTF-8. Text that a spreadsheet would
 * run as a formula gets an apostrophe in front; amounts, which cannot be one, stay as they are.
 */
export async function* csvFile(sheet: FileSheet, batches: RowBatches): AsyncGenerator<Buffer> {
  const { columns, timesZone, hasMark } = sheet
  const clock = zoneClock(timesZone)
  const kinds = columns.map(columnKind)
  yield Buffer.from(
    stringify([columns.map((column) => columnHeader(column, timesZone))], {
      ...rfc4180,
      bom: hasMark,
    }),
  )
  for await (const batch of batches) {
    if (batch.length === 0) continue
    const records: Input = batch.map((values) =>
      values.map((value, index) => {
        if (value === null) return null
        if (typeof value === 'number') return clock.iso(value)
        return kinds[index] === 'text' ? harmless(value) : new Amount(value)
      }),
    )
    yield Buffer.from(stringify(records, rfc4180))
  }
}

/** An exact decimal: its minus sign begins no formula. */
class Amount {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

const rfc4180 = {
  record_delimiter: '\r\n',
  escape_formulas: true,
  cast: {
    object: (value: object) =>
      value instanceof Amount ? amountCell(value.text) : JSON.stringify(value),
  },
} as const

/** Settings of its own take time, and only a minus sign needs them. */
function amountCell(text: string) {
  return text.startsWith('-') ? { value: text, escape_formulas: false } : text
}

/** What csv-stringify does not take for the beginning of a formula: a line end, and blanks before one. */
function harmless(text: string): string {
  const visible = visibleText(text)
  return /^(?:\n|[\s\uFEFF]+[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/.test(visible) &&
    !/^[\t\r]/.test(visible)
    ? `'${visible}`
    : visible
}

import { type Input, stringify } from 'csv-stringify/sync'
import { columnHeader, columnKind } from '@desk/shared/exports/export-columns'
import { csvCell, rfc4180 } from '../kernel/csv-cells.ts'
import type { FileSheet, RowBatches } from './file-sheet.ts'
import { zoneClock } from './zone-clock.ts'

/**
 * A CSV file in UTF-8 that no spreadsheet runs (`rfc4180`); amounts, which cannot be formulas, stay as they
 * are.
 */
export async function* csvFile(sheet: FileSheet, batches: RowBatches): AsyncGenerator<Buffer> {
  const { columns, timesZone, hasMark } = sheet
  const clock = zoneClock(timesZone)
  const kinds = columns.map(columnKind)
  yield Buffer.from(
    stringify([columns.map((column) => columnHeader(column, timesZone))], {
      ...exactly,
      bom: hasMark,
    }),
  )
  for await (const batch of batches) {
    if (batch.length === 0) continue
    const records: Input = batch.map((values) =>
      values.map((value, index) => {
        if (value === null) return null
        if (typeof value === 'number') return clock.iso(value)
        return kinds[index] === 'text' ? csvCell(value) : new Amount(value)
      }),
    )
    yield Buffer.from(stringify(records, exactly))
  }
}

/** An exact decimal: its minus sign begins no formula. */
class Amount {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

const exactly = {
  ...rfc4180,
  cast: {
    object: (value: object) =>
      value instanceof Amount ? amountCell(value.text) : JSON.stringify(value),
  },
} as const

/** Settings of its own take time, and only a minus sign needs them. */
function amountCell(text: string) {
  return text.startsWith('-') ? { value: text, escape_formulas: false } : text
}

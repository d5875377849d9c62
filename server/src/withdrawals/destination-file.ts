import { CsvError, parse } from 'csv-parse/sync'
import * as z from 'zod'
import { networkNamed } from '@desk/shared/networks/networks'
import { proposeDestinationInput } from '@desk/shared/withdrawals/destination-input-schema'
import { Refusal } from '../kernel/refusal.ts'
import type { NewDestination } from './address-book.ts'

const ROWS_MAX = 500

const columns = ['network', 'address', 'label'] as const
type Cells = Readonly<Record<(typeof columns)[number], string>>

export interface FileRow {
  /** From 1; the heading is one. */
  readonly line: number
  readonly cells: Cells
}

/**
 * Reads a CSV file whose first line names the columns network, address and label, in any order, between
 * commas, semicolons or tabs. Refuses with `csv_unreadable` and `csv_too_long`.
 */
export function readDestinationFile(text: string): readonly FileRow[] {
  const delimiter = delimiterOf(text)
  const [heading, ...rows] = recordsOf(text, delimiter)
  const names = (heading?.record ?? []).map((name) => name.trim().toLowerCase())
  const missing = columns.filter((column) => !names.includes(column))
  if (missing.length > 0) {
    const hint = isGarbled(text) ? ' It was not read as text: save it as CSV in UTF-8.' : ''
    throw unreadable(
      `The first line must name the columns network, address and label; ${missing.join(' and ')} is missing.${hint}`,
    )
  }
  if (rows.length === 0) throw unreadable('The file has no line below its heading.')
  if (rows.length > ROWS_MAX) {
    const message = `The file has ${rows.length} lines. Import at most ${ROWS_MAX} at a time.`
    throw new Refusal('invalid', 'csv_too_long', message)
  }
  const cellOf = (record: readonly string[], column: string) =>
    (record[names.indexOf(column)] ?? '').trim()
  return rows.map(({ line, record }) => ({
    line,
    cells: {
      network: cellOf(record, 'network'),
      address: cellOf(record, 'address'),
      label: cellOf(record, 'label'),
    },
  }))
}

function delimiterOf(text: string): string {
  const [heading = ''] = text.split(/[\r\n]/, 1)
  const count = (sign: string) => heading.split(sign).length
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}

const records = z.array(
  z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }),
)

function recordsOf(text: string, delimiter: string) {
  try {
    const read: unknown = parse(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    })
    return records.parse(read).map(({ record, info }) => ({ record, line: info.lines }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw unreadable('A quotation mark in the file is opened and never closed, or stands alone.')
  }
}

/** What a decoder puts where bytes are no UTF-8. */
function isGarbled(text: string): boolean {
  return /[\uFFFD\0]/.test(text)
}

/** What the row asks for, or in words why it asks for nothing. */
export function readFileRow({
  cells,
}: FileRow):
  | { readonly asked: NewDestination; readonly problem: null }
  | { readonly asked: null; readonly problem: string } {
  const problem = cellProblem(cells)
  if (problem !== null) return { asked: null, problem }
  const network = networkNamed(cells.network) ?? cells.network
  const read = proposeDestinationInput.safeParse({ ...cells, network })
  return read.success
    ? { asked: read.data, problem: null }
    : { asked: null, problem: read.error.issues.map(({ message }) => message).join(' ') }
}

function cellProblem(cells: Cells): string | null {
  if (Object.values(cells).some(isGarbled)) {
    return 'It has characters that could not be read. Save the file as CSV in UTF-8.'
  }
  const empty = columns.find((column) => cells[column] === '')
  if (empty !== undefined) return `The ${empty} is missing.`
  // As far as a spreadsheet is concerned: what one of ours wrote has an apostrophe in front.
  return /^['\s]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/.test(cells.label)
    ? `The label begins with “${cells.label.replace(/^['\s]*/, '').charAt(0)}”: a spreadsheet would run it as a formula. Begin it with a letter.`
    : null
}

function unreadable(message: string): Refusal {
  return new Refusal('invalid', 'csv_unreadable', message)
}

import type { CsvMapping } from '@desk/shared/settlements/csv-mapping'
import { parseCamtStatement } from './camt-statement.ts'
import { parseCsvStatement } from './csv-statement.ts'
import { decodeText } from './decode-text.ts'
import {
  type ParsedStatement,
  type StatementAccount,
  UnreadableStatement,
} from './parsed-statement.ts'

export interface StatementFile {
  readonly bytes: Uint8Array
  readonly account: StatementAccount
  /** For CSV only. */
  readonly mapping: CsvMapping | null
}

/** So many are kept in one go; a shop's account has no more in a year. */
const linesMax = 100_000
const tooManyLines = 'This file has more than 100,000 lines. Import shorter periods.'

/** What a bank's file says; throws `UnreadableStatement` where nothing of it can be used. */
export function parseStatement({ bytes, account, mapping }: StatementFile): ParsedStatement {
  const { text } = decodeText(bytes)
  const read = isXml(text) ? parseCamtStatement(text, account) : parseCsv(text, mapping, account)
  const [error] = read.errors
  if (read.lines.length > linesMax) throw new UnreadableStatement(tooManyLines)
  if (read.lines.length > 0) return read
  throw new UnreadableStatement(
    error
      ? `None of its ${read.errors.length} rows could be read. Row ${error.row}: ${error.reason}`
      : 'There are no booked lines in this file.',
  )
}

function parseCsv(text: string, mapping: CsvMapping | null, account: StatementAccount) {
  if (mapping) return parseCsvStatement(text, mapping, account)
  throw new UnreadableStatement('Say first which column of this file is which.')
}

export function isXml(text: string): boolean {
  return /^\uFEFF?\s*</.test(text)
}

import type { RowError } from '@desk/shared/settlements/bank-statements'
import { type BankLineValues, bankLineValues } from './bank-line-values.ts'
import type { ParsedStatement } from './parsed-statement.ts'
import { parseStatement, type StatementFile } from './parse-statement.ts'

/** A statement as it becomes rows. */
export interface StatementRows extends Pick<
  ParsedStatement,
  'format' | 'fingerprint' | 'openingMinor' | 'closingMinor' | 'notices'
> {
  readonly rows: readonly BankLineValues[]
  /** The first and the last day of its lines. */
  readonly periodFrom: string
  readonly periodTo: string
  /** The first of those rows that could not be read, and how many there are. */
  readonly errors: readonly RowError[]
  readonly errorCount: number
}

/** So many rows that could not be read are kept with their text; all are counted. */
const errorsKept = 500

/** Throws `UnreadableStatement`. */
export function statementRows(file: StatementFile): StatementRows {
  const { lines, errors, ...statement } = parseStatement(file)
  const days = lines.map(({ bookedOn }) => bookedOn)
  return {
    ...statement,
    rows: bankLineValues(lines, file.account),
    periodFrom: days.reduce((a, b) => (a < b ? a : b)),
    periodTo: days.reduce((a, b) => (a > b ? a : b)),
    errors: errors.slice(0, errorsKept),
    errorCount: errors.length,
  }
}

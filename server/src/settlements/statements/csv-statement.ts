import type { RowError } from '@desk/shared/settlements/bank-statements'
import type { CsvMapping } from '@desk/shared/settlements/csv-mapping'
import { csvLayout } from './csv-layout.ts'
import { type CsvRow, csvRows } from './csv-rows.ts'
import { parseMinor } from './minor-units.ts'
import {
  asRowError,
  checkText,
  type ParsedLine,
  type ParsedStatement,
  plainIdentifier,
  type StatementAccount,
  UnreadableRow,
} from './parsed-statement.ts'
import { parseDay } from './statement-date.ts'

/** Reads a CSV file as the mapping says. A row that cannot be read is told with its reason; the others are kept. */
export function parseCsvStatement(
  text: string,
  mapping: CsvMapping,
  account: StatementAccount,
): ParsedStatement {
  const { delimiter, head, fingerprint } = csvLayout(text)
  const lines: ParsedLine[] = []
  const errors: RowError[] = []
  for (const row of csvRows(text, delimiter)) {
    if (row.line <= head.line) continue
    try {
      lines.push(lineOf(row, { mapping, account, width: head.cells.length }))
    } catch (error) {
      errors.push(asRowError(error, row.line, row.text))
    }
  }
  return {
    format: 'csv',
    fingerprint,
    lines,
    errors,
    openingMinor: null,
    closingMinor: null,
    notices: [],
  }
}

interface RowRules {
  readonly mapping: CsvMapping
  readonly account: StatementAccount
  readonly width: number
}

function lineOf(row: CsvRow, { mapping, account, width }: RowRules): ParsedLine {
  if (row.fault !== null) throw new UnreadableRow(row.fault)
  checkText(row.text)
  // Some banks end rows with one delimiter more, or leave out what is empty at the end.
  const surplus = row.cells.slice(width).some((cell) => cell.trim() !== '')
  if (surplus) {
    throw new UnreadableRow(`It has ${row.cells.length} cells; the headings have ${width}.`)
  }
  const cell = (column: number | null) => (column === null ? '' : (row.cells[column] ?? '').trim())
  const day = (column: number, name: string) => {
    const read = parseDay(cell(column), mapping.dateOrder)
    if (read === null) throw new UnreadableRow(`The ${name} “${cell(column)}” is no day.`)
    return read
  }
  refuseOthers(cell(mapping.currency), cell(mapping.account), account)
  const { valueOn, decimalMark } = mapping
  const amountOf = (column: number | null, name: string) => {
    const text = cell(column)
    if (text === '') return null
    const read = parseMinor(text, decimalMark)
    if (read === null) throw new UnreadableRow(`The ${name} “${text}” is no amount.`)
    return read
  }
  const amountMinor = signedAmount(mapping, amountOf)
  const original = amountOf(mapping.originalAmount, 'original amount')
  const charge = amountOf(mapping.charge, 'charge') ?? 0n
  return {
    row: row.line,
    bookedOn: day(mapping.bookedOn, 'date'),
    valueOn: valueOn === null || cell(valueOn) === '' ? null : day(valueOn, 'value date'),
    amountMinor,
    reference: cell(mapping.reference),
    counterparty: cell(mapping.counterparty),
    description: cell(mapping.description),
    text: row.text,
    originalMinor: original,
    originalCurrency:
      original === null ? null : cell(mapping.originalCurrency).toUpperCase() || account.currency,
    rate: cell(mapping.rate) || null,
    chargeMinor: charge < 0n ? -charge : charge,
  }
}

function signedAmount(
  { amount }: CsvMapping,
  amountOf: (column: number, name: string) => bigint | null,
): bigint {
  const read =
    amount.kind === 'signed'
      ? amountOf(amount.column, 'amount')
      : oneOf(amountOf(amount.credit, 'credit'), amountOf(amount.debit, 'debit'))
  if (read === null || read === 0n) throw new UnreadableRow('It has no amount.')
  return read
}

function oneOf(credit: bigint | null, debit: bigint | null): bigint | null {
  if (credit && debit) throw new UnreadableRow('It has both a credit and a debit.')
  // Debits are written with and without a minus sign.
  return debit ? (debit < 0n ? debit : -debit) : credit
}

function refuseOthers(currency: string, number: string, account: StatementAccount): void {
  if (currency !== '' && currency.toUpperCase() !== account.currency) {
    throw new UnreadableRow(`It is in ${currency}; the account is in ${account.currency}.`)
  }
  if (number !== '' && plainIdentifier(number) !== account.identifier) {
    throw new UnreadableRow(`It is of another account, ${number}.`)
  }
}

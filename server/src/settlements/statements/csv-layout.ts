import { createHash } from 'node:crypto'
import type { CsvMapping } from '@desk/shared/settlements/csv-mapping'
import { type CsvRow, csvRows } from './csv-rows.ts'
import { parseMinor } from './minor-units.ts'
import { UnreadableStatement } from './parsed-statement.ts'
import { parseDay } from './statement-date.ts'

export interface CsvLayout {
  readonly delimiter: string
  /** The row with the headings; banks may put others before it. */
  readonly head: CsvRow
  /** SHA-256 of the headings, by which a mapping is remembered. */
  readonly fingerprint: string
}

const delimiters = [';', '\t', ',', '|'] as const
const sampledRows = 40

/** Finds out how a file is laid out: the delimiter by which most of its first rows have the same width. */
export function csvLayout(text: string): CsvLayout {
  const [best] = delimiters
    .map((delimiter) => ({ delimiter, ...widest(firstRows(text, delimiter)) }))
    .toSorted((a, b) => b.alike * (b.width - 1) - a.alike * (a.width - 1))
  if (!best?.head || best.width < 2) {
    throw new UnreadableStatement(
      'No columns were found in this file. Is it a statement as CSV, with a row of headings?',
    )
  }
  const headings = best.head.cells.map((cell) => cell.trim().toLowerCase())
  const fingerprint = createHash('sha256').update(JSON.stringify(headings)).digest('hex')
  return { delimiter: best.delimiter, head: best.head, fingerprint }
}

/** The first rows behind the headings. */
export function sampleRows(text: string, layout: CsvLayout): readonly CsvRow[] {
  return firstRows(text, layout.delimiter).filter(({ line }) => line > layout.head.line)
}

function firstRows(text: string, delimiter: string): readonly CsvRow[] {
  return csvRows(text, delimiter).take(sampledRows).toArray()
}

/** The width that most rows have, and the first of those. */
function widest(rows: readonly CsvRow[]) {
  const byWidth = [...Map.groupBy(rows, ({ cells }) => cells.length)]
  const [width, alike] = byWidth.toSorted((a, b) => b[1].length * b[0] - a[1].length * a[0])[0] ?? [
    0,
    [],
  ]
  return { width, alike: alike.length, head: alike[0] }
}

const headingWords = {
  bookedOn:
    /^(?:booking ?date|booked( on)?|transaction date|posting date|posted|date|datum|buchungstag|buchungsdatum|fecha)$/,
  valueOn: /^(?:value ?date|value|valuta|valutadatum|wertstellung|effective date)$/,
  amount: /^(?:amount|betrag|umsatz|value \(?[a-z]{3}\)?|importe|montant|transaction amount)$/,
  credit: /^(?:credit|credit amount|paid in|money in|in|haben|deposits?)$/,
  debit: /^(?:debit|debit amount|paid out|money out|out|soll|withdrawals?)$/,
  reference:
    /^(?:reference|ref|payment reference|customer reference|end.?to.?end.*|kundenreferenz|remittance.*)$/,
  counterparty: /^(?:counter ?party|name|payee|payer|from|beneficiary.*|auftraggeber.*|merchant)$/,
  description:
    /^(?:description|details|narrative|memo|transaction|verwendungszweck|buchungstext|text)$/,
  currency: /^(?:currency|ccy|währung|waehrung|account currency)$/,
  account: /^(?:account|account number|iban|konto|auftragskonto)$/,
  originalAmount: /^(?:original amount|instructed amount|source amount)$/,
  originalCurrency: /^(?:original currency|instructed currency|source currency)$/,
  rate: /^(?:rate|exchange rate|fx rate|kurs)$/,
  charge: /^(?:fee|fees|charge|charges|gebühr|entgelt)$/,
} as const

/** What the headings and the first rows suggest; null where no day or no amount is found. */
export function guessMapping(layout: CsvLayout, rows: readonly CsvRow[]): CsvMapping | null {
  const headings = layout.head.cells.map((cell) => cell.trim().toLowerCase())
  const at = (name: keyof typeof headingWords) => {
    const index = headings.findIndex((heading) => headingWords[name].test(heading))
    return index === -1 ? null : index
  }
  const [bookedOn, signed, credit, debit] = [
    at('bookedOn') ?? at('valueOn'),
    at('amount'),
    at('credit'),
    at('debit'),
  ]
  const amount =
    credit !== null && debit !== null
      ? ({ kind: 'split', credit, debit } as const)
      : signed !== null && ({ kind: 'signed', column: signed } as const)
  if (bookedOn === null || !amount) return null
  const cellsAt = (column: number) =>
    rows.map(({ cells }) => (cells[column] ?? '').trim()).filter((cell) => cell !== '')
  const amounts =
    amount.kind === 'split'
      ? [...cellsAt(amount.credit), ...cellsAt(amount.debit)]
      : cellsAt(amount.column)
  return {
    bookedOn,
    valueOn: at('valueOn'),
    dateOrder: mostRead(dateOrders, cellsAt(bookedOn), parseDay),
    amount,
    decimalMark: mostRead(decimalMarks, amounts, parseMinor),
    reference: at('reference'),
    counterparty: at('counterparty'),
    description: at('description'),
    currency: at('currency'),
    account: at('account'),
    originalAmount: at('originalAmount'),
    originalCurrency: at('originalCurrency'),
    rate: at('rate'),
    charge: at('charge'),
  }
}

const dateOrders = ['year_month_day', 'day_month_year', 'month_day_year'] as const
const decimalMarks = ['.', ','] as const

/** The way by which most of these are read; the first of equal ones. */
function mostRead<T>(
  ways: readonly [T, ...T[]],
  cells: readonly string[],
  read: (cell: string, way: T) => unknown,
): T {
  const counted = ways.map((way) => ({
    way,
    count: cells.filter((cell) => read(cell, way) !== null).length,
  }))
  return counted.toSorted((a, b) => b.count - a.count)[0]?.way ?? ways[0]
}

import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import {
  columnHeader,
  columnKind,
  type ExportColumnKind,
} from '@desk/shared/exports/export-columns'
import { columnLetters, xlsxText } from '../kernel/xlsx-text.ts'
import type { FileSheet, RowBatches } from './file-sheet.ts'
import type { FileValue } from './file-values.ts'
import { type ZoneClock, zoneClock } from './zone-clock.ts'

/** A sheet holds 1,048,576 rows; what is more goes to the next. */
const sheetRowsMax = 1_000_000
/** Spreadsheets keep 15 digits of a number; whatever has more stays exact as text. */
const digitsMax = 15
/** A cell holds 32,767 characters. */
const cellCharactersMax = 32_767
const chunkCharacters = 32 * 1024

/**
 * An XLSX workbook, made row by row. Amounts of money are numbers with two decimals, times are of the wall
 * clock in the zone that the header names, and everything else is text, which no spreadsheet runs as a formula;
 * amounts of tokens are text too, since they have more digits than a spreadsheet keeps.
 */
export async function* xlsxFile(
  sheet: FileSheet,
  batches: RowBatches,
  sheetRows: number = sheetRowsMax,
): AsyncGenerator<Buffer> {
  const zip = new ZipFile()
  const output = Readable.from(zip.outputStream)
  // The archive itself waits for ever for what broke.
  const fail = (error: Error) => output.destroy(error)
  zip.on('error', fail)
  const sources: Readable[] = []
  const sheets = Math.max(1, Math.ceil(sheet.rowsExpected / sheetRows))
  const rows = rowsOf(batches)
  // The same bytes for the same rows: the hash of the file says what is in it.
  const options = { mtime: new Date(2026, 0, 1), forceDosTimestamp: true }
  for (const [path, xml] of Object.entries(frame(sheets))) {
    zip.addBuffer(Buffer.from(xml), path, options)
  }
  for (let number = 1; number <= sheets; number += 1) {
    const isLast = number === sheets
    zip.addReadStreamLazy(`xl/worksheets/sheet${number}.xml`, options, (hand) => {
      const source = Readable.from(sheetXml(sheet, rows, isLast ? Infinity : sheetRows))
      source.on('error', fail)
      sources.push(source)
      hand(null, source)
    })
  }
  zip.end()
  try {
    for await (const chunk of output) yield bytesOf(chunk)
  } finally {
    for (const source of sources) source.destroy()
  }
}

function bytesOf(chunk: unknown): Buffer {
  if (chunk instanceof Uint8Array) return Buffer.from(chunk)
  throw new TypeError('The archive gave something else than bytes.')
}

type Row = readonly FileValue[]

async function* rowsOf(batches: RowBatches): AsyncGenerator<Row> {
  for await (const batch of batches) yield* batch
}

async function* sheetXml(
  { columns, timesZone }: FileSheet,
  rows: AsyncIterator<Row>,
  rowsMax: number,
): AsyncGenerator<string> {
  const clock = zoneClock(timesZone)
  const kinds = columns.map(columnKind)
  const letters = columns.map((_, index) => columnLetters(index))
  const headers = columns.map(
    (column, index) =>
      `<c r="${letters[index]}1" s="3" t="inlineStr"><is><t>${xlsxText(columnHeader(column, timesZone))}</t></is></c>`,
  )
  let chunk = `${sheetHead(kinds)}<row r="1">${headers.join('')}</row>`
  for (let taken = 0; taken < rowsMax; taken += 1) {
    const next = await rows.next()
    if (next.done) break
    const number = taken + 2
    chunk += `<row r="${number}">`
    for (const [index, value] of next.value.entries()) {
      if (value === null) continue
      chunk += cell(value, { at: `${letters[index]}${number}`, kind: kinds[index], clock })
    }
    chunk += '</row>'
    if (chunk.length < chunkCharacters) continue
    yield chunk
    chunk = ''
  }
  yield `${chunk}</sheetData></worksheet>`
}

interface CellPlace {
  readonly at: string
  readonly kind: ExportColumnKind | undefined
  readonly clock: ZoneClock
}

function cell(value: string | number, { at, kind, clock }: CellPlace): string {
  if (typeof value === 'number') return `<c r="${at}" s="2"><v>${clock.serial(value)}</v></c>`
  if (kind === 'cents' && value.replace(/\D/g, '').length <= digitsMax) {
    return `<c r="${at}" s="1"><v>${value}</v></c>`
  }
  return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${xlsxText(cellText(value))}</t></is></c>`
}

/** Cut with a sign that it was: a longer cell makes the whole workbook unreadable. */
function cellText(text: string): string {
  if (text.length <= cellCharactersMax) return text
  return `${text.slice(0, cellCharactersMax - 1).toWellFormed()}…`
}

const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'http://schemas.openxmlformats.org/package/2006'
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const widths = { text: 22, cents: 14, token: 26, instant: 24 } as const satisfies Record<
  ExportColumnKind,
  number
>

/** The header stays in sight. */
function sheetHead(kinds: readonly ExportColumnKind[]): string {
  const columns = kinds.map(
    (kind, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${widths[kind]}" customWidth="1"/>`,
  )
  return `${xmlHead}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns.join('')}</cols><sheetData>`
}

/** Every part of the workbook but its sheets, by path. */
function frame(sheets: number): Readonly<Record<string, string>> {
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1)
  const nameOf = (number: number) => (sheets === 1 ? 'Payments' : `Payments ${number}`)
  return {
    '[Content_Types].xml': `${xmlHead}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${spreadsheet}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${spreadsheet}.styles+xml"/>${numbers.map((number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${spreadsheet}.worksheet+xml"/>`).join('')}</Types>`,
    '_rels/.rels': `${xmlHead}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${xmlHead}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${numbers.map((number) => `<sheet name="${nameOf(number)}" sheetId="${number}" r:id="rId${number}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${xmlHead}<Relationships xmlns="${packaged}/relationships">${numbers.map((number) => `<Relationship Id="rId${number}" Type="${office}/worksheet" Target="worksheets/sheet${number}.xml"/>`).join('')}<Relationship Id="rId${sheets + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `${xmlHead}<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf numFmtId="4" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`,
  }
}

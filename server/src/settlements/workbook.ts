import { buffer } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { centsToDecimal } from '@desk/shared/money/amount-cents'
import { columnLetters, xlsxText } from '../kernel/xlsx-text.ts'

/** Money is given in cents and written as a number with two decimals. */
interface WorkbookColumn {
  readonly header: string
  readonly kind: 'text' | 'number' | 'cents'
}

export interface WorkbookSheet {
  readonly name: string
  readonly columns: readonly WorkbookColumn[]
  /** In the order of the columns; null is an empty cell. */
  readonly rows: readonly (readonly (string | number | null)[])[]
}

/** A small XLSX workbook in memory: the same bytes for the same cells. Text is never run as a formula. */
export async function workbook(sheets: readonly WorkbookSheet[]): Promise<Buffer> {
  const zip = new ZipFile()
  const parts = {
    ...frame(sheets),
    ...Object.fromEntries(
      sheets.map((sheet, index) => [`xl/worksheets/sheet${index + 1}.xml`, sheetXml(sheet)]),
    ),
  }
  for (const [path, xml] of Object.entries(parts)) {
    zip.addBuffer(Buffer.from(xml), path, { mtime: new Date(2026, 0, 1), forceDosTimestamp: true })
  }
  zip.end()
  return buffer(Readable.from(zip.outputStream))
}

function sheetXml({ columns, rows }: WorkbookSheet): string {
  const widths = columns.map(
    ({ kind }, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${kind === 'text' ? 26 : 16}" customWidth="1"/>`,
  )
  const head = columns.map(({ header }, index) => textCell(header, `${columnLetters(index)}1`, 2))
  const body = rows.map((row, index) => {
    const number = index + 2
    const cells = row.map((value, at) =>
      cell(value, columns[at]?.kind ?? 'text', `${columnLetters(at)}${number}`),
    )
    return `<row r="${number}">${cells.join('')}</row>`
  })
  return `${xmlHead}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData><row r="1">${head.join('')}</row>${body.join('')}</sheetData></worksheet>`
}

function cell(value: string | number | null, kind: WorkbookColumn['kind'], at: string): string {
  if (value === null) return ''
  if (typeof value === 'string') return textCell(value, at, 0)
  return kind === 'cents'
    ? `<c r="${at}" s="1"><v>${centsToDecimal(value)}</v></c>`
    : `<c r="${at}"><v>${value}</v></c>`
}

function textCell(text: string, at: string, style: number): string {
  return `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xlsxText(text)}</t></is></c>`
}

const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'http://schemas.openxmlformats.org/package/2006'
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Every part of the workbook but its sheets, by path. */
function frame(sheets: readonly WorkbookSheet[]): Readonly<Record<string, string>> {
  const numbers = sheets.map((_, index) => index + 1)
  return {
    '[Content_Types].xml': `${xmlHead}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${spreadsheet}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${spreadsheet}.styles+xml"/>${numbers.map((number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${spreadsheet}.worksheet+xml"/>`).join('')}</Types>`,
    '_rels/.rels': `${xmlHead}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${xmlHead}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${sheets.map(({ name }, index) => `<sheet name="${xlsxText(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${xmlHead}<Relationships xmlns="${packaged}/relationships">${numbers.map((number) => `<Relationship Id="rId${number}" Type="${office}/worksheet" Target="worksheets/sheet${number}.xml"/>`).join('')}<Relationship Id="rId${sheets.length + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `${xmlHead}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf numFmtId="4" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`,
  }
}

import { buffer } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import * as fc from 'fast-check'
import { readSheet } from 'read-excel-file/node'
import { describe, expect, test } from 'vitest'
import { csvFile } from './csv-file.ts'
import type { FileSheet, RowBatches } from './file-sheet.ts'
import type { FileValue } from './file-values.ts'
import { xlsxFile } from './xlsx-file.ts'
import { zoneClock } from './zone-clock.ts'

const sheet: FileSheet = {
  columns: ['order', 'amount', 'received', 'created'],
  timesZone: 'Europe/London',
  hasMark: false,
  rowsExpected: 1,
}
const autumn = Date.parse('2026-10-25T00:30:00Z')

describe('a CSV file', () => {
  test('is RFC 4180: commas, CRLF, quotes where needed, and the mark where it is wanted', async () => {
    const rows = [['a "quoted", line\nand another', '12.00', '0.5', autumn]]
    expect(await csvText(rows)).toBe(
      'Order id,Amount,Received,Created (Europe/London)\r\n' +
        '"a ""quoted"", line\nand another",12.00,0.5,2026-10-25T01:30:00.000+01:00\r\n',
    )
    const marked = await buffer(csvFile({ ...sheet, hasMark: true }, batchesOf(rows)))
    expect(marked.subarray(0, 4).toString('hex')).toBe('efbbbf4f')
  })

  test.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', "'\r=1"],
    ['\n=1', "'\n=1"],
    ['  =1', "'  =1"],
    ['\uFEFF=1', "'\uFEFF=1"],
    ['\uFF1D1', "'\uFF1D1"],
    ['a=1', 'a=1'],
    ['nul \0 here', 'nul \u2400 here'],
    ['\0=1', '\u2400=1'],
    ['bell\u0007', 'bell\u2407'],
    ['half \uD83D', 'half \uFFFD'],
    ['😀', '😀'],
  ])('never lets %j be run or lost: %j', async (text, shown) => {
    const [, row] = parse(await csvText([[text, null, null, null]]), { record_delimiter: '\r\n' })
    expect(row).toEqual([shown, '', '', ''])
  })

  test('leaves the minus sign of amounts alone', async () => {
    const [, row] = parse(await csvText([[null, '-12.05', '-1', null]]))
    expect(row).toEqual(['', '-12.05', '-1', ''])
  })

  test('reads back as it was written, whatever people put into an order id', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary' })), async (texts) => {
        const csv = await csvText(texts.map((text) => [text, null, null, null]))
        const [, ...rows] = parse(csv, { record_delimiter: '\r\n' })
        expect(rows).toHaveLength(texts.length)
        for (const row of rows) expect(row[0]).not.toMatch(/^[\s\uFEFF]*[=+\-@]/)
      }),
    )
  })
})

describe('an XLSX file', () => {
  test('opens in a reader, with amounts as numbers and everything else exact', async () => {
    const rows = [
      ['=1+1', '-12.05', '123456789012.345678901234567890', autumn],
      ['<b>&"\n_x0041_ \0\u0007', '90071992547409.91', null, null],
    ]
    const file = await buffer(xlsxFile({ ...sheet, rowsExpected: 2 }, batchesOf(rows)))
    expect(await readSheet(file)).toEqual([
      ['Order id', 'Amount', 'Received', 'Created (Europe/London)'],
      // The wall clock of London, which summer time still moves at this hour.
      ['=1+1', -12.05, '123456789012.345678901234567890', new Date('2026-10-25T01:30:00.000Z')],
      // Sixteen digits are one more than spreadsheets keep.
      ['<b>&"\n_x0041_ \u2400\u2407', '90071992547409.91', null, null],
    ])
  })

  test('goes on in another sheet where one is full', async () => {
    const rows = Array.from({ length: 25 }, (_, index) => [`A-${index}`, null, null, null])
    const full = { ...sheet, rowsExpected: rows.length }
    const file = await buffer(xlsxFile(full, batchesOf(rows), 10))
    const sheets = await Promise.all([1, 2, 3].map((number) => readSheet(file, number)))
    expect(sheets.map((read) => read.length)).toEqual([11, 11, 6])
    expect(sheets[2]?.at(-1)?.[0]).toBe('A-24')
  })

  test('is the same bytes for the same rows', async () => {
    const make = () => buffer(xlsxFile(sheet, batchesOf([['a', '1.00', null, autumn]])))
    expect((await make()).equals(await make())).toBe(true)
  })

  test('fails where its rows fail, instead of ending early', async () => {
    async function* broken(): RowBatches {
      yield [['a', null, null, null]]
      throw new Error('the database went away')
    }
    await expect(buffer(xlsxFile(sheet, broken()))).rejects.toThrow('went away')
  })
})

test('a wall clock tells the two hours apart when clocks go back', () => {
  const clock = zoneClock('Europe/London')
  expect(clock.iso(autumn)).toBe('2026-10-25T01:30:00.000+01:00')
  expect(clock.iso(autumn + 3_600_000)).toBe('2026-10-25T01:30:00.000+00:00')
  expect(zoneClock('Asia/Kathmandu').iso(autumn)).toBe('2026-10-25T06:15:00.000+05:45')
  expect(zoneClock('America/St_Johns').iso(autumn)).toBe('2026-10-24T22:00:00.000-02:30')
})

async function csvText(rows: readonly (readonly FileValue[])[]): Promise<string> {
  return (await buffer(csvFile(sheet, batchesOf(rows)))).toString('utf8')
}

async function* batchesOf(rows: readonly (readonly FileValue[])[]): RowBatches {
  yield rows
}

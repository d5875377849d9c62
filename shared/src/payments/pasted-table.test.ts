import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cellsOfColumn, isTable, readPastedTable } from './pasted-table.ts'

const uuid = (n: number) => `4291f98b-d68c-4eb0-883e-${String(n).padStart(12, '0')}`
const hash = (n: number) => `0x${String(n).padStart(64, 'a')}`

const shopExport = [
  ['Date', 'Customer', 'Order number', 'Amount', 'Status'],
  ['2026-11-01', 'Zoë', 'ORDER-10023', '12.50', 'paid'],
  ['2026-11-02', 'Zoë', 'ORDER-10024', '8.00', 'paid'],
  ['2026-11-03', 'Max', 'ORDER-10025', '1,204.00', 'open'],
]

const chosen = (rows: readonly (readonly string[])[]) => {
  const { columns, likeliest } = readPastedTable(rows)
  return columns[likeliest]?.name
}

describe('a pasted table', () => {
  test('is one where most rows are equally wide', () => {
    expect(isTable(shopExport)).toBe(true)
    expect(isTable([...shopExport, [''], ['a note at the end'], []])).toBe(true)
    expect(isTable([['ORDER-1'], ['ORDER-2'], ['ORDER-3', 'again']])).toBe(false)
    expect(isTable([['ORDER-1', 'ORDER-2']])).toBe(false)
  })

  test('has the column chosen that ids stand in, by its heading and by what is in it', () => {
    expect(chosen(shopExport)).toBe('Order number')
    expect(chosen(shopExport.slice(1))).toBe('Column C')
    expect(
      chosen([
        ['Ref', 'payment_id', 'txHash'],
        ['R-1', uuid(1), hash(1)],
        ['R-2', uuid(2), hash(2)],
      ]),
    ).toBe('payment_id')
    expect(
      chosen([
        ['2026-11-01', 'USDC', hash(1)],
        ['2026-11-02', 'USDC', hash(2)],
      ]),
    ).toBe('Column C')
  })

  test('with one customer in every row is searched by what differs', () => {
    expect(
      chosen([
        ['cust-1', 'A-1'],
        ['cust-1', 'A-2'],
        ['cust-1', 'A-3'],
      ]),
    ).toBe('Column B')
  })

  test.each([
    [
      'a heading of words over ids',
      [
        ['Kunde', 'Bestell-Nr.'],
        ['Zoë', 'A-1'],
        ['Max', 'A-2'],
      ],
      true,
    ],
    [
      'a first row with an id',
      [
        ['Zoë', 'A-100'],
        ['Max', 'A-2'],
      ],
      false,
    ],
    ['a single column named for ids', [['order_id'], ['A-1']], true],
    ['a single column whose first text is any other word', [['chair'], ['A-1']], false],
    ['a heading over nothing', [['order_id']], false],
  ])('%s', (_, rows, expected) => {
    expect(readPastedTable(rows).hasHeading).toBe(expected)
  })

  test('numbers rows as a spreadsheet does, the heading included', () => {
    expect(cellsOfColumn([[], ...shopExport], { hasHeading: true, column: 2 })).toEqual([
      { line: 3, text: 'ORDER-10023' },
      { line: 4, text: 'ORDER-10024' },
      { line: 5, text: 'ORDER-10025' },
    ])
  })

  test('names columns beyond Z, and unnamed ones under a heading', () => {
    const wide = Array.from({ length: 28 }, (_, index) => `A-${index}`)
    expect(readPastedTable([wide, wide]).columns.at(-1)).toEqual({
      name: 'Column AB',
      sample: 'A-27',
    })
    expect(
      readPastedTable([
        ['order_id', ''],
        ['A-1', 'x'],
      ]).columns[1]?.name,
    ).toBe('Column B')
  })

  test('always has a column to choose, whatever it says', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string())), (rows) => {
        const { columns, likeliest } = readPastedTable(rows)
        expect(columns[likeliest]).toBeDefined()
      }),
    )
  })
})

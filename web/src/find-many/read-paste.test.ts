import { describe, expect, test } from 'vitest'
import { noPaste, type Paste, readPaste } from './read-paste.ts'

const read = (text: string, part: Partial<Paste> = {}) => readPaste({ ...noPaste, text, ...part })
const texts = (text: string, part: Partial<Paste> = {}) =>
  read(text, part).lines.map((line) => line.text)

describe('a paste', () => {
  test.each([
    ['commas', 'order_id,amount\nA-1,"1,204.00"\nA-2,3.00\n'],
    ['semicolons', 'Kunde;Bestellung\nZoë;A-1\nMax;A-2'],
    ['tabs, as a spreadsheet copies', 'A-1\t12.00\r\nA-2\t3.00\r\n'],
    ['quotes around everything', '"Order ID";"Note"\r\n"A-1";"said ""no""; left"\r\n"A-2";""\r\n'],
  ])('is read by its column of ids where there are %s', (_, text) => {
    const { table, lines } = read(text)
    expect(table?.columns).toHaveLength(2)
    expect(lines.map((line) => line.text)).toEqual(['A-1', 'A-2'])
  })

  test('is a list where a comma or quote stands somewhere', () => {
    expect(read('A-1\nA-2, please\nA-3').table).toBeNull()
    expect(texts('"A-1\nA-2\nA-3')).toEqual(['"A-1', 'A-2', 'A-3'])
    expect(texts('"A-1",\n"A-2",\n"A-3"')).toEqual(['A-1', 'A-2', 'A-3'])
  })

  test('leaves a heading out of the search, and brings it back when told that it is none', () => {
    const text = 'order_id\nA-1'
    expect(texts(text)).toEqual(['A-1'])
    expect(read(text).hasHeading).toBe(true)
    expect(texts(text, { hasHeading: false })).toEqual(['order_id', 'A-1'])
  })

  test('is read by another column when that is chosen, and by the likeliest when it is gone', () => {
    const text = 'A-1;B-1\nA-2;B-2'
    expect(texts(text, { column: 1 })).toEqual(['B-1', 'B-2'])
    expect(texts('A-1\nA-2', { column: 1 })).toEqual(['A-1', 'A-2'])
  })

  test('beyond the limit keeps what is left out ready to go on with', () => {
    const many = Array.from({ length: 1_003 }, (_, index) => `A-${index}`)
    const { filled, leftOut, rest } = read(many.join('\n'))
    expect(filled).toBe(1_003)
    expect(leftOut).toEqual([1_001, 1_002, 1_003])
    expect(texts(rest)).toEqual(['A-1000', 'A-1001', 'A-1002'])
  })

  test('of nothing has nothing to look up', () => {
    expect(read('').lines).toEqual([])
    expect(read('\n \n\t\n').filled).toBe(0)
  })
})

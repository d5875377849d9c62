import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  lineRanges,
  PASTED_LINES_MAX,
  PASTED_TEXT_MAX,
  readPastedCells,
  splitPasted,
} from './pasted-lines.ts'

const hash = `0x${'ab12'.repeat(16)}`
const uuid = '4291f98b-d68c-4eb0-883e-6bc790a41c96'

const read = (text: string) =>
  readPastedCells(splitPasted(text).map((line, index) => ({ line: index + 1, text: line })))
const texts = (text: string) => read(text).lines.map((line) => line.text)

describe('lines of a paste', () => {
  test.each([
    ['Windows, old Mac and Unix line ends', 'A-1\r\nA-2\rA-3\nA-4', ['A-1', 'A-2', 'A-3', 'A-4']],
    ['a byte order mark', '\uFEFFA-1\nA-2', ['A-1', 'A-2']],
    ['spaces and tabs around', '  A-1\t\n\u00A0A-2 ', ['A-1', 'A-2']],
    ['quotes and a comma at the end', '"A-1",\n‘A-2’,\nA-3;', ['A-1', 'A-2', 'A-3']],
    ['bullets and numbering', '- A-1\n• A-2\n3. A-3\n4) A-4', ['A-1', 'A-2', 'A-3', 'A-4']],
    ['an id that begins like a bullet', '-A-1\n1.5-X', ['-A-1', '1.5-X']],
    ['a list in one line', 'A-1, A-2;A-3\tA-4', ['A-1', 'A-2', 'A-3', 'A-4']],
    [
      'words beside one hash or id',
      `tx: ${hash} (Zoë)\n12.50 <https://basescan.org/tx/${hash}>, please\nid ${uuid}, ${uuid}`,
      [hash, uuid],
    ],
    ['words beside two', `${uuid} ${hash}\nA-1`, [`${uuid} ${hash}`, 'A-1']],
    ['a comma in one of several lines', 'A-1, B\nA-2', ['A-1, B', 'A-2']],
    [
      'links',
      `https://basescan.org/tx/${hash}\nhttps://pay.example/checkout?paymentId=${uuid}&secret=s`,
      [hash, uuid],
    ],
  ])('are read past %s', (_, text, expected) => {
    expect(texts(text)).toEqual(expected)
  })

  test('keep the numbers they have in the paste, empty lines included', () => {
    expect(read('\nA-1\n\n\nA-2').lines).toEqual([
      { line: 2, text: 'A-1', repeatedOn: [] },
      { line: 5, text: 'A-2', repeatedOn: [] },
    ])
  })

  test('are looked up once, whatever their case, with the lines where they come again', () => {
    const { lines } = read(`ORDER-1\norder-1\n${hash}\nOrder-1\n${hash.slice(2).toUpperCase()}`)
    expect(lines).toEqual([
      { line: 1, text: 'ORDER-1', repeatedOn: [2, 4] },
      { line: 3, text: hash, repeatedOn: [5] },
    ])
  })

  test('beyond a thousand different ones are left out by name; what came before is still counted', () => {
    const many = Array.from({ length: PASTED_LINES_MAX }, (_, index) => `A-${index}`)
    const { lines, leftOut } = read([...many, 'B-1', 'a-0', 'B-2'].join('\n'))
    expect(lines).toHaveLength(PASTED_LINES_MAX)
    expect(leftOut).toEqual([1_001, 1_003])
    expect(lines[0]?.repeatedOn).toEqual([1_002])
  })

  test('of any length are cut to what the server takes', () => {
    expect(texts(`${'x'.repeat(10_000)}\ny`).map(({ length }) => length)).toEqual([
      PASTED_TEXT_MAX,
      1,
    ])
  })

  test('are all accounted for, whatever is pasted', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 6 })), (pasted) => {
        const cells = pasted.map((text, index) => ({ line: index + 1, text }))
        const { lines, leftOut } = readPastedCells(cells)
        const told = [...leftOut, ...lines.flatMap(({ line, repeatedOn }) => [line, ...repeatedOn])]
        expect(new Set(told).size).toBe(told.length)
        const filled = cells.filter(({ text }) => /[\p{L}\p{N}]/u.test(text))
        expect(told).toEqual(expect.arrayContaining(filled.map(({ line }) => line)))
        for (const { text } of lines) {
          expect(text).not.toBe('')
          expect(text).toBe(text.trim())
          expect(text.isWellFormed()).toBe(true)
        }
      }),
    )
  })
})

test('line numbers are told as ranges, and many of them in short', () => {
  expect(lineRanges([1, 2, 3, 7])).toBe('1–3, 7')
  expect(lineRanges([])).toBe('')
  expect(lineRanges([1, 3, 5, 7], 2)).toBe('1, 3 and 2 more')
  expect(lineRanges(Array.from({ length: 250 }, (_, index) => 1_001 + index))).toBe('1001–1250')
})

import { expect, test } from 'vitest'
import { csvText } from './csv-text.ts'

const linesOf = (...rows: (string | number | null)[][]) => csvText(rows).slice(1).split('\r\n')

test('a table is told by commas, line ends of Windows and quotes where needed', () => {
  expect(
    csvText([
      ['a', 'b,c'],
      [null, 'say "d"'],
      [7, 'e\nf'],
    ]),
  ).toBe('\uFEFFa,"b,c"\r\n,"say ""d"""\r\n7,"e\nf"\r\n')
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', '\uFEFF=1', '＝1'])(
  'no spreadsheet runs %j',
  (text) => {
    const [cell = ''] = linesOf([text])
    expect(cell).toMatch(/^"?'/)
  },
)

test('harmless text stays as it is', () => {
  expect(linesOf(['ORDER-1', 'a=b', '12.50', "it's", '']).at(0)).toBe("ORDER-1,a=b,12.50,it's,")
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { contextOf } from '../kernel/context.fixtures.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { arrange, createCaller, noon, supplier } from './asked-withdrawals.fixtures.ts'

const courier = '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359'
const hosting = '0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB'

let database: TestDatabase
let desk: Awaited<ReturnType<typeof arrange>>
beforeEach(async () => {
  database = await testDatabase()
  desk = await arrange(database)
})
afterEach(() => database[Symbol.asyncDispose]())

function book() {
  return createCaller({ ...contextOf(database.db, desk.fay), now: () => noon }).destinations
}

const labels = async () => (await book().page({})).rows.map(({ label }) => label)

describe('a file of addresses', () => {
  test.each([
    ['commas', `network,address,label\r\nBase,${courier},"Courier, Berlin"\r\n`],
    [
      'semicolons, another order and a mark for UTF-8',
      `\uFEFFLabel;Network;Address\n"Courier, Berlin";eip155:8453;${courier.toLowerCase()}\n\n`,
    ],
    ['tabs', `address\tnote\tlabel\tnetwork\n${courier}\tx\tCourier, Berlin\tbase`],
  ])('is read with %s', async (_, text) => {
    const { added, rows } = await book().importCsv({ text })
    expect(added).toBe(1)
    expect(rows).toMatchObject([{ line: 2, outcome: 'added', problem: null }])
    expect((await book().page({ q: 'Courier, Berlin' })).rows).toMatchObject([
      { network: 'eip155:8453', address: courier, state: 'proposed', proposedBy: { name: 'Fay' } },
    ])
  })

  test('adds nothing where one row is wrong, and says of each what became of it', async () => {
    const text = [
      'network,address,label',
      `Base,${courier},Courier`,
      `Base,${supplier},Known already`,
      `Base,${hosting.replace('B', 'b')},Wrong checksum`,
      `Base,${courier.toLowerCase()},Twice`,
      `Base,0x${'0'.repeat(40)},Zero`,
      `Mars,${hosting},Nowhere`,
      `Base,${hosting},`,
      `Base,${hosting},"=HYPERLINK(""https://x"")"`,
      `Base,TJRabPrwbZy45sbavfcjinPJC18kjpRTv8,Another network`,
      `Base,${hosting},Supplier`,
      `Base,1.23E+45,Rounded`,
      `Base`,
    ].join('\n')
    const { added, rows } = await book().importCsv({ text })
    expect(added).toBe(0)
    expect(rows.map(({ line, outcome, problem }) => [line, outcome, problem])).toEqual([
      [2, 'waits', null],
      [3, 'known', null],
      [4, 'wrong', expect.stringContaining('wrong checksum')],
      [5, 'wrong', 'Line 2 has the same address.'],
      [6, 'wrong', expect.stringContaining('zero address')],
      [7, 'wrong', expect.stringContaining('no network')],
      [8, 'wrong', 'The label is missing.'],
      [9, 'wrong', expect.stringContaining('formula')],
      [10, 'wrong', expect.stringContaining('no address of this network')],
      [11, 'wrong', expect.stringContaining('is called so')],
      [12, 'wrong', expect.stringContaining('no address of this network')],
      [13, 'wrong', 'The address is missing.'],
    ])
    expect(await labels()).toEqual(['Supplier'])
    const told = await database.owner.selectFrom('audit_entry').select('action').execute()
    expect(told).toEqual([])
  })

  test.each(['+1', '-1', '@x', '＝1', "'=1", ' =1', '\t=1'])(
    'takes no label that a spreadsheet would run: %j',
    async (label) => {
      const { rows } = await book().importCsv({
        text: `network,address,label\nBase,${courier},"${label}"`,
      })
      expect(rows).toMatchObject([{ outcome: 'wrong', problem: /formula/ }])
    },
  )

  test.each([
    ['read in another encoding', `network,address,label\nBase,${courier},M\uFFFDller`],
    ['with a hidden character', `network,address,label\nBase,${courier},Cou\u202Erier`],
  ])('takes no label %s', async (_, text) => {
    expect(await book().importCsv({ text })).toMatchObject({
      added: 0,
      rows: [{ outcome: 'wrong' }],
    })
  })

  test.each([
    ['without a heading', `Base,${courier},Courier`, /first line must name/],
    ['of UTF-16', 'n\0e\0t\0', /save it as CSV in UTF-8/],
    ['of a heading alone', 'network,address,label\n', /no line below/],
    ['with a quotation mark left open', `network,address,label\nBase,"${courier},x`, /quotation/],
    ['that is too long', `network,address,label\n${'Base,x,y\n'.repeat(501)}`, /at most 500/],
  ])('is refused %s', async (_, text, problem) => {
    await expect(book().importCsv({ text })).rejects.toThrow(problem)
  })

  test('read twice adds nothing the second time', async () => {
    const text = `network,address,label\nBase,${courier},Courier\nBase,${hosting},Hosting`
    expect((await book().importCsv({ text })).added).toBe(2)
    expect(await book().importCsv({ text })).toMatchObject({
      added: 0,
      rows: [{ outcome: 'known' }, { outcome: 'known' }],
    })
    expect(await labels()).toEqual(['Courier', 'Hosting', 'Supplier'])
  })
})

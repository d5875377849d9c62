import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvLayout, guessMapping, sampleRows } from './csv-layout.ts'
import { decodeText } from './decode-text.ts'
import { parseMinor } from './minor-units.ts'
import { parseStatement } from './parse-statement.ts'
import { readStatement } from './read-statement.ts'
import { parseDay } from './statement-date.ts'

const account = { id: 'main', identifier: 'GB29NWBK60161331926819', currency: 'USD' }
const bytesOf = (text: string) => new TextEncoder().encode(text)

/** As somebody reads it who takes what the screen suggests. */
function readCsv(bytes: Uint8Array) {
  const { text } = decodeText(bytes)
  const layout = csvLayout(text)
  const mapping = guessMapping(layout, sampleRows(text, layout))
  return { mapping, ...parseStatement({ bytes, account, mapping }) }
}

describe('a CSV file', () => {
  test('of a European bank says the same as of an English one', () => {
    const german =
      'Konto;x\n\nBuchungstag;Valuta;Name;Verwendungszweck;Betrag\n20.11.2026;23.11.2026;Müller;Rechnung;1.234,56\n21.11.2026;23.11.2026;SpacePay;"SP; 2026";-0,07\n'
    const english =
      'Date,Value date,Name,Description,Paid in,Paid out\n11/20/2026,11/23/2026,Müller,Rechnung,"1,234.56",\n11/21/2026,11/23/2026,SpacePay,SP; 2026,,0.07\n'
    const latin1 = Uint8Array.from(german, (character) => character.charCodeAt(0))
    const read = [
      readCsv(latin1),
      readCsv(bytesOf(`\uFEFF${german}`)),
      readCsv(bytesOf(english)),
    ].map(({ lines }) => lines.map(({ text: _text, row: _row, ...line }) => line))
    expect(read[0]).toMatchObject([
      {
        bookedOn: '2026-11-20',
        valueOn: '2026-11-23',
        counterparty: 'Müller',
        amountMinor: 123_456n,
      },
      { bookedOn: '2026-11-21', amountMinor: -7n, description: 'SP; 2026' },
    ])
    expect(read[1]).toEqual(read[0])
    expect(read[2]).toEqual(read[0])
  })

  test('with broken rows is read without them, and each is told with its number, reason and text', () => {
    const rows = [
      'Date,Amount,Reference,Currency,Account',
      '2026-11-01,10.00,one,USD,',
      '2026-02-31,10.00,no such day,USD,',
      '2026-11-03,ten,no amount,USD,',
      '2026-11-04,10.00,other money,EUR,',
      '2026-11-05,10.00,other account,USD,GB94BARC10201530093459',
      '2026-11-06,"10.00,open,USD,',
      '2026-11-07,11.00,two,USD,GB29 NWBK 6016 1331 9268 19',
      '2026-11-08,1.234,three decimals,USD,',
      '2026-11-09,"1,000.00",three,,',
    ]
    const { lines, errors } = readCsv(bytesOf(rows.join('\r\n')))
    expect(lines.map(({ reference }) => reference)).toEqual(['one', 'two', 'three'])
    expect(lines[2]).toMatchObject({ row: 10, text: rows[9], amountMinor: 100_000n })
    expect(errors.map(({ row, text }) => text === rows[row - 1] && row)).toEqual([3, 4, 5, 6, 7, 9])
    expect(errors.map(({ reason }) => reason)).toEqual([
      'The date “2026-02-31” is no day.',
      'The amount “ten” is no amount.',
      'It is in EUR; the account is in USD.',
      'It is of another account, GB94BARC10201530093459.',
      'A quotation mark is not closed.',
      'The amount “1.234” is no amount.',
    ])
  })

  test.each([
    ['nothing', '', 'empty'],
    ['a PDF', '%PDF-1.7', 'PDF'],
    ['a spreadsheet', 'PK\u0003\u0004', 'spreadsheet'],
    ['bytes', 'a\0b\0', 'no text'],
    ['no columns', 'hello\nworld\n', 'No columns'],
    ['another currency only', 'Date,Amount,Currency\n2026-11-01,1.00,EUR\n', 'It is in EUR'],
  ])('that is %s is refused in words', (_, text, words) => {
    expect(() => readCsv(bytesOf(text))).toThrow(words)
  })
})

const camt = (entries: string, { currency = 'USD', iban = account.identifier } = {}) =>
  `<Stmt><Acct><Id><IBAN>${iban}</IBAN></Id><Ccy>${currency}</Ccy></Acct>
  <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="USD">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
  <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="USD">1085.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
  ${entries}</Stmt>`
const document = (statements: string, head = '') =>
  `<?xml version="1.0" encoding="UTF-8"?>${head}<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>${statements}</BkToCstmrStmt></Document>`
const entry = (day: string, more = '') =>
  `<Ntry><Amt Ccy="USD">985.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${day}</Dt></BookgDt>
  <Chrgs><Rcrd><Amt Ccy="USD">15.00</Amt></Rcrd></Chrgs>
  <NtryDtls><TxDtls><Refs><EndToEndId>SP-20261120</EndToEndId></Refs><AmtDtls><InstdAmt><Amt Ccy="USD">1000.00</Amt></InstdAmt></AmtDtls>
  <RltdPties><Dbtr><Pty><Nm>SpacePay &amp; Co</Nm></Pty></Dbtr></RltdPties></TxDtls></NtryDtls>${more}</Ntry>`
const readXml = (text: string) => parseStatement({ bytes: bytesOf(text), account, mapping: null })

describe('a CAMT.053 file', () => {
  test('is read with what the bank kept and what was sent, and its entries stay as they are', () => {
    const text = entry('2026-11-23')
    const { lines, ...statement } = readXml(document(camt(text)))
    expect(lines).toMatchObject([
      {
        bookedOn: '2026-11-23',
        amountMinor: 98_500n,
        chargeMinor: 1_500n,
        originalMinor: 100_000n,
        reference: 'SP-20261120',
        counterparty: 'SpacePay & Co',
        text,
      },
    ])
    expect(statement).toMatchObject({ openingMinor: 10_000n, closingMinor: 108_500n, notices: [] })
  })

  test('with two accounts gives the lines of one and names the other', () => {
    const other = camt(entry('2026-11-22'), { iban: 'DE89 3704 0044 0532 0130 00' })
    const { lines, notices } = readXml(document(other + camt(entry('2026-11-23'))))
    expect(lines.map(({ bookedOn, row }) => [bookedOn, row])).toEqual([['2026-11-23', 2]])
    expect(notices).toEqual([
      'The file also holds a statement of account DE89370400440532013000. Import it for that account too.',
    ])
    expect(() => readXml(document(other))).toThrow('not of GB29NWBK60161331926819')
  })

  test('with a broken entry is read without it', () => {
    const broken = entry('2026-13-01')
    const { lines, errors, notices } = readXml(
      document(camt(broken + entry('2026-11-23') + entry('2026-11-24').replace('BOOK', 'PDNG'))),
    )
    expect(lines).toHaveLength(1)
    expect(errors).toEqual([{ row: 1, reason: 'BookgDt “2026-13-01” is no day.', text: broken }])
    expect(notices).toEqual(['1 entries are not booked yet and were left out.'])
  })

  test.each([
    [
      'entities',
      document(camt(entry('2026-11-23')), '<!DOCTYPE x [<!ENTITY a "b">]>'),
      'refused unread',
    ],
    [
      'an outside document type',
      document(camt(''), '<!doctype x SYSTEM "file:///etc/passwd">'),
      'refused unread',
    ],
    ['a missing end', document(camt(entry('2026-11-23'))).slice(0, -20), 'broken in line'],
    ['another message', '<Document><BkToCstmrAcctRpt/></Document>', 'no CAMT.053 statement'],
    [
      'another currency',
      document(camt(entry('2026-11-23'), { currency: 'EUR' })),
      'This statement is in EUR',
    ],
    ['no entries', document(camt('')), 'no booked lines'],
  ])('with %s is refused in words', (_, text, words) => {
    expect(() => readXml(text)).toThrow(words)
  })
})

test('a file is read apart from requests, with the same words where it cannot be', async () => {
  const bytes = bytesOf(document(camt(entry('2026-11-23'))))
  const { rows } = await readStatement({ bytes, account, mapping: null })
  expect(rows).toMatchObject([{ amount_minor: 98_500, booked_on: '2026-11-23' }])
  await expect(readStatement({ bytes: bytesOf('%PDF'), account, mapping: null })).rejects.toThrow(
    'This is a PDF',
  )
})

test('an amount is what was written, whatever the marks', () => {
  const styles = [
    ['en-US', '.'],
    ['de-DE', ','],
    ['fr-FR', ','],
    ['de-CH', '.'],
  ] as const
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }),
      fc.constantFrom(...styles),
      (minor, [locale, mark]) => {
        const whole = (minor < 0n ? -minor : minor) / 100n
        const fraction = String((minor < 0n ? -minor : minor) % 100n).padStart(2, '0')
        const text = `${minor < 0n ? '-' : ''}${whole.toLocaleString(locale)}${mark}${fraction}`
        expect(parseMinor(text, mark)).toBe(minor)
      },
    ),
  )
  expect(parseMinor('(12.50)', '.')).toBe(-1_250n)
  expect(parseMinor('12.50-', '.')).toBe(-1_250n)
  expect(parseMinor('USD 1,204.5', '.')).toBe(120_450n)
  for (const text of ['', '1.2.3', '1,23,4', '--1', '1.005', '1e3', '0x1f', '9'.repeat(30)]) {
    expect(parseMinor(text, '.')).toBeNull()
  }
})

test('a day is real or none', () => {
  expect(parseDay('3/4/26', 'day_month_year')).toBe('2026-04-03')
  expect(parseDay('3/4/26', 'month_day_year')).toBe('2026-03-04')
  expect(parseDay('20 Nov 2026', 'day_month_year')).toBe('2026-11-20')
  expect(parseDay('2026-11-20T10:00:00Z', 'year_month_day')).toBe('2026-11-20')
  for (const text of ['', '31/06/2026', '2026', '1/2/3/4', '00/00/0000', '1/1/1026']) {
    expect(parseDay(text, 'day_month_year')).toBeNull()
  }
})

import type { Booking, Statement } from './statement.ts'

export interface StatementAccount {
  readonly iban: string
  readonly from: string
  readonly to: string
}

/** As a European bank writes it: semicolons, decimal commas, days first; one row is broken where faults are asked for. */
export function writeCsv({ bookings, strays }: Statement): string {
  const rows = bookings.map((booking) =>
    [
      booking.bookedOn.split('-').toReversed().join('.'),
      comma(booking.cents),
      'USD',
      booking.name,
      booking.reference,
      booking.feeCents === null ? '' : comma(booking.feeCents),
      booking.euroCents === null ? '' : comma(booking.euroCents),
      booking.euroCents === null ? '' : 'EUR',
    ].join(';'),
  )
  const broken = strays.length > 0 ? ['31.02.2026;12,00;USD;Nobody;Cut off'] : []
  return `${[headings, ...rows, ...broken].join('\r\n')}\r\n`
}

const headings = 'Date;Amount;Currency;Name;Reference;Fee;Original amount;Original currency'

function comma(cents: number): string {
  const [whole = '', fraction = ''] = decimal(cents).split('.')
  return `${whole.replaceAll(/\B(?=(?:\d{3})+$)/g, '.')},${fraction}`
}

function decimal(cents: number): string {
  const text = String(Math.abs(cents)).padStart(3, '0')
  return `${cents < 0 ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`
}

/** The same as CAMT.053. */
export function writeCamt({ bookings }: Statement, account: StatementAccount): string {
  const moved = bookings.reduce((sum, { cents }) => sum + cents, 0)
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">
<BkToCstmrStmt>
<GrpHdr><MsgId>${account.from}</MsgId><CreDtTm>${account.to}T23:59:59Z</CreDtTm></GrpHdr>
<Stmt>
<Id>${account.from}</Id>
<Acct><Id><IBAN>${account.iban}</IBAN></Id><Ccy>USD</Ccy></Acct>
${balance('OPBD', 10_000_000)}
${balance('CLBD', 10_000_000 + moved)}
${bookings.map(entry).join('\n')}
</Stmt>
</BkToCstmrStmt>
</Document>
`
}

function balance(code: string, cents: number): string {
  return `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${amount(cents)}<CdtDbtInd>${side(cents)}</CdtDbtInd></Bal>`
}

function entry(booking: Booking): string {
  const { cents, bookedOn, feeCents, euroCents } = booking
  const party = cents < 0 ? 'Cdtr' : 'Dbtr'
  return `<Ntry>${amount(cents)}<CdtDbtInd>${side(cents)}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${bookedOn}</Dt></BookgDt>${
    feeCents === null
      ? ''
      : `<Chrgs><Rcrd>${amount(feeCents)}<CdtDbtInd>DBIT</CdtDbtInd></Rcrd></Chrgs>`
  }<NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>${
    euroCents === null
      ? ''
      : `<AmtDtls><InstdAmt><Amt Ccy="EUR">${decimal(euroCents)}</Amt></InstdAmt></AmtDtls>`
  }<RltdPties><${party}><Pty><Nm>${booking.name}</Nm></Pty></${party}></RltdPties><RmtInf><Ustrd>${booking.reference}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`
}

function amount(cents: number): string {
  return `<Amt Ccy="USD">${decimal(Math.abs(cents))}</Amt>`
}

function side(cents: number): 'CRDT' | 'DBIT' {
  return cents < 0 ? 'DBIT' : 'CRDT'
}

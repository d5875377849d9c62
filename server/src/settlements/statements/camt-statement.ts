import { XMLParser, XMLValidator } from 'fast-xml-parser'
import * as z from 'zod'
import type { RowError } from '@desk/shared/settlements/bank-statements'
import { camtEntry } from './camt-entry.ts'
import { parseMinor } from './minor-units.ts'
import {
  asRowError,
  checkText,
  type ParsedLine,
  type ParsedStatement,
  plainIdentifier,
  type StatementAccount,
  UnreadableStatement,
} from './parsed-statement.ts'

/**
 * Reads the statements of one account from a CAMT.053 file; those of others are left out and named. Refuses
 * document types and entities unread, as they can make a small file large or have it fetch others.
 */
export function parseCamtStatement(text: string, account: StatementAccount): ParsedStatement {
  const statements = statementsIn(text)
  const own = statements.filter((each) => numberOf(each) === account.identifier)
  const others = [...new Set(statements.filter((each) => !own.includes(each)).map(numberOf))]
  if (own.length === 0) {
    throw new UnreadableStatement(
      `This file is of account ${others.join(' and ')}, not of ${account.identifier}.`,
    )
  }
  for (const { Acct } of own) {
    if (Acct.Ccy !== undefined && Acct.Ccy !== account.currency) {
      throw new UnreadableStatement(
        `This statement is in ${Acct.Ccy}; the account is in ${account.currency}.`,
      )
    }
  }
  const entries = rawEntries(text, statements)
  const lines: ParsedLine[] = []
  const errors: RowError[] = []
  let pending = 0
  for (const [index, { statement, entry }] of entriesOf(statements).entries()) {
    if (!own.includes(statement)) continue
    const raw = entries?.[index] ?? JSON.stringify(entry)
    try {
      checkText(raw)
      const line = camtEntry(entry, account)
      if (line === null) pending++
      else lines.push({ ...line, row: index + 1, text: raw })
    } catch (error) {
      errors.push(asRowError(error, index + 1, raw))
    }
  }
  const balances = own.length === 1 ? own.flatMap(({ Bal }) => Bal) : []
  const openingMinor = balanceOf(balances, ['OPBD', 'PRCD'])
  const closingMinor = balanceOf(balances, ['CLBD'])
  const notices = [
    ...others.map(
      (other) =>
        `The file also holds a statement of account ${other}. Import it for that account too.`,
    ),
    ...(pending === 0 ? [] : [`${pending} entries are not booked yet and were left out.`]),
    ...balanceNotice({ openingMinor, closingMinor, lines, errors }),
  ]
  return {
    format: 'camt.053',
    fingerprint: null,
    lines,
    errors,
    openingMinor,
    closingMinor,
    notices,
  }
}

const text = z.union([
  z.string(),
  z.object({ '#text': z.string() }).transform((node) => node['#text']),
])
const amount = z.object({ '#text': z.string(), '@Ccy': z.string().optional() })
const balance = z.object({
  Tp: z.object({ CdOrPrtry: z.object({ Cd: text.optional() }).optional() }).optional(),
  Amt: amount,
  CdtDbtInd: z.string(),
})
const statementNode = z.object({
  Acct: z.object({
    Id: z.object({ IBAN: text.optional(), Othr: z.object({ Id: text }).optional() }),
    Ccy: text.optional(),
  }),
  Bal: z.array(balance).default([]),
  Ntry: z.array(z.unknown()).default([]),
})
type StatementNode = z.infer<typeof statementNode>
const documentNode = z.object({
  Document: z.object({ BkToCstmrStmt: z.object({ Stmt: z.array(z.unknown()) }) }),
})

function statementsIn(xml: string): readonly StatementNode[] {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml)) {
    throw new UnreadableStatement(
      'This XML file declares a document type or entities. It is refused unread.',
    )
  }
  const valid = XMLValidator.validate(xml)
  if (valid !== true) {
    throw new UnreadableStatement(
      `This XML file is broken in line ${valid.err.line}: ${valid.err.msg}`,
    )
  }
  const document = documentNode.safeParse(xmlParser.parse(xml))
  if (!document.success) {
    throw new UnreadableStatement(
      'This XML file is no CAMT.053 statement. CAMT.052 and CAMT.054 are others.',
    )
  }
  const statements = z.array(statementNode).safeParse(document.data.Document.BkToCstmrStmt.Stmt)
  if (!statements.success || statements.data.length === 0) {
    throw new UnreadableStatement(
      'A statement in this XML file lacks its account or has a broken balance.',
    )
  }
  return statements.data
}

const lists = new Set(['Stmt', 'Bal', 'Ntry', 'NtryDtls', 'TxDtls', 'Ustrd', 'Strd', 'Rcrd'])
const xmlParser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  isArray: (name) => lists.has(name),
})

function numberOf({ Acct: { Id } }: StatementNode): string {
  return plainIdentifier(Id.IBAN ?? Id.Othr?.Id ?? '')
}

function entriesOf(statements: readonly StatementNode[]) {
  return statements.flatMap((statement) => statement.Ntry.map((entry) => ({ statement, entry })))
}

/** Each entry as it stands in the file; null where comments make it doubtful which is which. */
function rawEntries(xml: string, statements: readonly StatementNode[]): readonly string[] | null {
  const raw = xml.match(/<(?:[\w.-]+:)?Ntry[\s>][\s\S]*?<\/(?:[\w.-]+:)?Ntry\s*>/g) ?? []
  return raw.length === entriesOf(statements).length ? raw : null
}

function balanceOf(
  balances: readonly z.infer<typeof balance>[],
  codes: readonly string[],
): bigint | null {
  const found = balances.find(({ Tp }) => codes.includes(Tp?.CdOrPrtry?.Cd ?? ''))
  const minor = found ? parseMinor(found.Amt['#text'], '.') : null
  return minor !== null && found?.CdtDbtInd === 'DBIT' ? -minor : minor
}

function balanceNotice(
  statement: Pick<ParsedStatement, 'openingMinor' | 'closingMinor' | 'lines' | 'errors'>,
): readonly string[] {
  const { openingMinor, closingMinor, lines } = statement
  if (openingMinor === null || closingMinor === null) return []
  const moved = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
  return openingMinor + moved === closingMinor
    ? []
    : ['Its lines do not add up to the difference between its opening and closing balance.']
}

import * as z from 'zod/mini'
import type { AmountCents } from '../money/amount-cents.ts'
import { csvMapping } from './csv-mapping.ts'
import type { MatchSuggestion, OpenDay } from './suggest-matches.ts'

/** Currencies in which SpacePay pays out. */
export const payoutCurrencies = ['USD', 'EUR', 'GBP'] as const
export type PayoutCurrency = (typeof payoutCurrencies)[number]

/** A statement is refused when its file is larger. */
export const STATEMENT_BYTES_MAX = 20 * 1024 * 1024
/** So much of a file is enough to show how it would be read. */
export const STATEMENT_PREVIEW_BYTES = 128 * 1024

export interface BankAccount {
  readonly id: string
  readonly name: string
  readonly identifier: string
  readonly currency: PayoutCurrency
}

/** A row that could not be read: its number in the file, from 1, why, and its text as it is. */
export const rowError = z.object({ row: z.int(), reason: z.string(), text: z.string() })
export type RowError = z.infer<typeof rowError>
export const rowErrors = z.array(rowError)

/** One imported file. Days are `YYYY-MM-DD`, instants ISO 8601 UTC, amounts hundredths of the currency. */
export interface BankStatement {
  readonly id: string
  readonly account: BankAccount
  readonly fileName: string
  readonly sha256: string
  readonly format: 'csv' | 'camt.053'
  readonly periodFrom: string | null
  readonly periodTo: string | null
  readonly openingMinor: number | null
  readonly closingMinor: number | null
  readonly importedBy: string
  readonly importedAt: string
  readonly lines: number
  readonly duplicates: number
  readonly errors: number
  /** Of its lines, those that still wait to be matched. */
  readonly open: number
  /** Whether it has been looked through for matches. */
  readonly isMatched: boolean
}

export interface BankStatementDetail extends BankStatement {
  readonly rowErrors: readonly RowError[]
  readonly notices: readonly string[]
}

/** `open` waits to be matched, in part or whole; `set_aside` is not SpacePay's. */
export const lineStates = ['open', 'matched', 'set_aside'] as const
export type LineState = (typeof lineStates)[number]

/** One booking of a bank. What left the account is below zero. */
export interface BankLine {
  readonly id: number
  readonly accountId: string
  readonly statementId: string
  readonly rowNumber: number
  readonly bookedOn: string
  readonly valueOn: string | null
  readonly amountMinor: number
  readonly currency: PayoutCurrency
  readonly reference: string
  readonly counterparty: string
  readonly description: string
  readonly originalMinor: number | null
  readonly originalCurrency: string | null
  readonly rate: string | null
  readonly chargeMinor: number
  readonly worthCents: AmountCents | null
  readonly matchedMinor: number
  readonly state: LineState
  readonly setAside: { readonly by: string | null; readonly reason: string } | null
}

/** One match, in force or undone. */
export interface SettlementMatch {
  readonly id: number
  readonly rule: 'reference' | 'amount' | 'manual'
  readonly score: number
  readonly reason: string
  /** Null where Desk did it by a rule. */
  readonly madeBy: string | null
  readonly madeAt: string
  readonly undone: { readonly by: string; readonly at: string; readonly reason: string } | null
  readonly lines: readonly { readonly lineId: number; readonly amountMinor: number }[]
  readonly days: readonly MatchedDay[]
}

/** What arrived for a day by a match, in cents of a dollar. */
export interface MatchedDay {
  readonly day: string
  readonly arrivedCents: number
  readonly chargeCents: number
  readonly exchangedCents: number
}

/** How the beginning of a file would be read. */
export type StatementPreview = z.infer<typeof statementPreview>
export const statementPreview = z.discriminatedUnion('format', [
  z.object({ format: z.literal('camt.053') }),
  z.object({
    format: z.literal('csv'),
    encoding: z.string(),
    delimiter: z.string(),
    fingerprint: z.string(),
    headings: z.array(z.string()),
    /** The first rows, cell by cell. */
    rows: z.array(z.array(z.string())),
    /** Null where the headings say too little. */
    mapping: z.nullable(csvMapping),
    /** Whether somebody said so for a file like this before. */
    isRemembered: z.boolean(),
    /** The first lines as they would be kept. */
    read: z.array(
      z.object({
        bookedOn: z.string(),
        amountMinor: z.int(),
        reference: z.string(),
        counterparty: z.string(),
      }),
    ),
    /** Why some of the first rows cannot be read. */
    unreadable: z.array(z.string()),
  }),
])

/** What became of an imported file. */
export const importedStatement = z.object({
  id: z.string(),
  lines: z.int(),
  duplicates: z.int(),
  errors: z.int(),
})
export type ImportedStatement = z.infer<typeof importedStatement>

export interface BankStatementPage {
  readonly statements: readonly BankStatement[]
  readonly cursor: string | null
}

export interface BankLinePage {
  readonly lines: readonly BankLine[]
  readonly cursor: string | null
}

/** What waits to be matched. Counts end at 1,000. */
export interface OpenLines {
  readonly count: number
  /** The oldest and when it was booked; null where nothing waits. */
  readonly oldest: { readonly id: number; readonly bookedOn: string } | null
  /** What came in and waits, by currency, in hundredths. */
  readonly money: readonly { readonly currency: PayoutCurrency; readonly minor: number }[]
}
export const OPEN_LINES_COUNTED = 1_000

/** One line with everything that is known of it. */
export interface BankLineDetail {
  readonly line: BankLine
  /** The row as it stood in the file. */
  readonly text: string
  readonly account: BankAccount
  readonly fileName: string
  /** The newest first, undone ones too. */
  readonly matches: readonly SettlementMatch[]
  readonly suggestions: readonly LineSuggestion[]
  /** The days before it was booked, the last one first: what each should bring and what of that came. */
  readonly days: readonly OpenDay[]
}

/** Days a line may be the money of, with what each would get. */
export interface LineSuggestion {
  readonly rule: MatchSuggestion['rule']
  readonly score: number
  readonly why: string
  readonly days: readonly { readonly day: string; readonly arrivedCents: number }[]
}

import type { RowError } from '@desk/shared/settlements/bank-statements'

/** One booking as a bank's file says it. Amounts are hundredths of their currency, exact. */
export interface ParsedLine {
  /** Its row or entry in the file, from 1. */
  readonly row: number
  readonly bookedOn: string
  readonly valueOn: string | null
  /** What left the account is below zero. */
  readonly amountMinor: bigint
  readonly reference: string
  readonly counterparty: string
  readonly description: string
  readonly text: string
  readonly originalMinor: bigint | null
  readonly originalCurrency: string | null
  readonly rate: string | null
  readonly chargeMinor: bigint
}

export interface ParsedStatement {
  readonly format: 'csv' | 'camt.053'
  /** Of its headings, by which a mapping is remembered; null for XML. */
  readonly fingerprint: string | null
  readonly lines: readonly ParsedLine[]
  readonly errors: readonly RowError[]
  readonly openingMinor: bigint | null
  readonly closingMinor: bigint | null
  /** In words: what else is to be known, such as what was left out. */
  readonly notices: readonly string[]
}

/** The account whose statement it is to be. */
export interface StatementAccount {
  readonly id: string
  readonly identifier: string
  readonly currency: string
}

/** The file as a whole is none that can be read; the message says why and what to do. */
export class UnreadableStatement extends Error {
  override readonly name = 'UnreadableStatement'
}

/** A row cannot be read; the message says why. */
export class UnreadableRow extends Error {
  override readonly name = 'UnreadableRow'
}

const textCharactersMax = 10_000
const errorTextMax = 2_000

/** Refuses what could not be kept as it is. */
export function checkText(text: string): void {
  if (text.includes('\0')) throw new UnreadableRow('It contains a character that is no text.')
  if (text.length > textCharactersMax) {
    throw new UnreadableRow('It is longer than 10,000 characters.')
  }
}

/** The row with its number and why it could not be read; a defect is thrown on. */
export function asRowError(error: unknown, row: number, text: string): RowError {
  if (!(error instanceof UnreadableRow)) throw error
  return { row, reason: error.message, text: text.replaceAll('\0', '�').slice(0, errorTextMax) }
}

/** The number of an account as it is compared: without blanks, in capitals. */
export function plainIdentifier(identifier: string): string {
  return identifier.replaceAll(/[\s.-]/g, '').toUpperCase()
}

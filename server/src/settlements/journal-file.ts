import { stringify } from 'csv-stringify/sync'
import { centsToDecimal } from '@desk/shared/money/amount-cents'
import type { JournalEntry } from '@desk/shared/settlements/journal'
import {
  journalAccountNames,
  type JournalAccounts,
} from '@desk/shared/settlements/journal-accounts'
import { csvCell, rfc4180 } from '../kernel/csv-cells.ts'

const columns = ['Entry', 'Date', 'Account', 'Account name', 'Text', 'Debit', 'Credit'] as const

/** Bookings as CSV, a line for each debit and each credit; lines of one entry have its number. */
export function journalFile(entries: readonly JournalEntry[], accounts: JournalAccounts): Buffer {
  const lines = entries.flatMap(({ date, text, lines: booked }, index) =>
    booked.map(({ account, debitCents, creditCents }) => [
      String(index + 1),
      date,
      csvCell(accounts[account]),
      journalAccountNames[account],
      csvCell(text),
      debitCents === 0 ? '' : centsToDecimal(debitCents),
      creditCents === 0 ? '' : centsToDecimal(creditCents),
    ]),
  )
  return Buffer.from(stringify([[...columns], ...lines], { ...rfc4180, bom: true }))
}

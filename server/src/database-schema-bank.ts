import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { Instant, NullableInstant } from './database-columns.ts'

/** Comes parsed and goes as JSON text; what comes is decoded before it is used. */
type JsonColumn = ColumnType<unknown, string, string>

interface BankAccountTable {
  id: string
  name: string
  identifier: string
  currency: 'USD' | 'EUR' | 'GBP'
  csv_mappings: ColumnType<unknown, string | undefined, string>
  created_by: string
  created_at: Instant
}

interface BankStatementTable {
  id: string
  account_id: string
  file_name: string
  sha256: Buffer
  bytes: number
  format: 'csv' | 'camt.053'
  period_from: string | null
  period_to: string | null
  opening_minor: number | null
  closing_minor: number | null
  imported_by: string
  imported_at: Instant
  lines: number
  duplicates: number
  errors: number
  row_errors: JsonColumn
  notices: Generated<string[]>
  matched_at: NullableInstant
}

interface BankLineTable {
  id: GeneratedAlways<number>
  account_id: string
  statement_id: string
  row_number: number
  booked_on: string
  value_on: string | null
  amount_minor: number
  currency: string
  reference: string
  counterparty: string
  description: string
  text: string
  original_minor: number | null
  original_currency: string | null
  rate: string | null
  charge_minor: Generated<number>
  worth_cents: number | null
  duplicate_key: Buffer
  /** Kept by the database. */
  matched_minor: Generated<number>
  set_aside_at: NullableInstant
  set_aside_by: string | null
  set_aside_reason: string | null
}

interface SettlementMatchTable {
  id: GeneratedAlways<number>
  rule: 'reference' | 'amount' | 'manual'
  score: number
  reason: string
  made_by: string | null
  made_at: Instant
  undone_by: string | null
  undone_at: NullableInstant
  undone_reason: string | null
}

interface SettlementMatchLineTable {
  match_id: number
  line_id: number
  amount_minor: number
}

interface SettlementMatchDayTable {
  match_id: number
  day: string
  arrived_cents: number
  charge_cents: number
  exchanged_cents: number
  booked_on: string
}

/** What banks say arrived, and for which business days. */
export interface BankTables {
  bank_account: BankAccountTable
  bank_statement: BankStatementTable
  bank_line: BankLineTable
  settlement_match: SettlementMatchTable
  settlement_match_line: SettlementMatchLineTable
  settlement_match_day: SettlementMatchDayTable
}

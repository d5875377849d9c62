import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { Instant, NullableInstant } from './database-columns.ts'

/** A calendar day comes and goes as `YYYY-MM-DD`. */
type Day = ColumnType<string, string, string>
type Json = ColumnType<unknown, string, string>

interface SettlementCloseTable {
  id: GeneratedAlways<number>
  month: string
  zone: string
  cut_off: string
  starts_at: Instant
  ends_at: Instant
  content: string
  sha256: string
  checks: Json
  note: string | null
  closed_by: string
  closed_at: Instant
  reopened_at: NullableInstant
}

interface SettlementReopeningTable {
  id: GeneratedAlways<number>
  close_id: number
  reason: string
  state: 'proposed' | 'approved' | 'refused' | 'taken_back'
  proposed_by: string
  proposed_at: Instant
  decided_by: string | null
  decided_at: NullableInstant
  decision_note: string | null
}

interface SettlementAdjustmentTable {
  id: GeneratedAlways<number>
  close_id: number
  payment_id: string
  at: Generated<Date>
  before_day: Day | null
  before_gross_cents: number
  before_merchant_fee_cents: number
  before_swap_fee_cents: number
  before_convenience_fee_cents: number
  before_net_cents: number
  after_day: Day | null
  after_gross_cents: number
  after_merchant_fee_cents: number
  after_swap_fee_cents: number
  after_convenience_fee_cents: number
  after_net_cents: number
}

interface JournalAccountsTable {
  id: GeneratedAlways<number>
  accounts: Json
  set_by: string
  set_at: Instant
}

interface SettlementFileTable {
  id: string
  close_id: number
  kind: 'report' | 'journal'
  state: 'queued' | 'done' | 'failed'
  adjusted_through: number | null
  accounts_id: number | null
  file_name: string | null
  bytes: Buffer | null
  sha256: string | null
  totals: Json | null
  previous_id: string | null
  difference: Json | null
  error: string | null
  requested_by: string
  requested_at: Instant
  finished_at: NullableInstant
}

/** Months as they were closed, what changed since, and their files. */
export interface MonthCloseTables {
  settlement_close: SettlementCloseTable
  settlement_reopening: SettlementReopeningTable
  settlement_adjustment: SettlementAdjustmentTable
  journal_accounts: JournalAccountsTable
  settlement_file: SettlementFileTable
}

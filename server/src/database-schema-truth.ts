import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { Instant, NullableInstant } from './database-columns.ts'

export interface DriftTable {
  id: GeneratedAlways<number>
  payment_id: string
  topic: string
  kind: string
  status: string | null
  state: 'open' | 'closed'
  fact: string | null
  since: Instant
  detected_at: Instant
  stake_cents: number | null
  evidence: ColumnType<unknown, string, string>
  closed_at: NullableInstant
  resolution: 'healed' | 'resolved' | null
  resolved_by: string | null
  resolved_because: string | null
}

export interface DriftWatchTable {
  payment_id: string
  look_at: Instant
  asks_api: boolean
}

export interface DriftGroundTable {
  only_row: Generated<boolean>
  announced_since: Instant
}

/** Written by the database alone; see the migration. */
export interface PaymentStateTable {
  payment_id: string
  observation_id: number
  learned_at: ColumnType<Date, never, never>
  /** `infinity` in the row that holds now, so nothing reads it as a Date. */
  superseded_at: ColumnType<never, never, never>
  created_at: ColumnType<Date, never, never>
  type: string
  status: string
  amount_cents: number | null
  net_cents: number | null
  merchant_fee_cents: number | null
  swap_fee_cents: number | null
  token_symbol: string | null
  token_decimals: number | null
  network: string | null
  received_base_units: string | null
  flags: string[]
}

export interface PaymentStateGroundTable {
  only_row: Generated<boolean>
  since: ColumnType<Date, string, never>
}

export interface WithdrawalObservationTable {
  id: GeneratedAlways<number>
  withdrawal_id: string
  source: 'webhook' | 'api'
  extent: 'full' | 'minimal' | 'missing'
  status: string
  amount_cents: number | null
  occurred_at: Instant
  learned_at: Instant
  body_sha256: Buffer
  facts_sha256: Buffer
  body: string
  webhook_delivery_id: number | null
}

export interface WithdrawalTable {
  id: string
  status: string
  amount_cents: number | null
  currency: string
  network: string | null
  recipient_address: string | null
  order_id: string | null
  custom_metadata: string | null
  error_message: string | null
  tx_hash: string | null
  transaction_at: NullableInstant
  received_base_units: string | null
  token_symbol: string | null
  token_decimals: number | null
  created_at: Instant
  updated_at: Instant
  api_read_at: NullableInstant
  observation_id: number
}

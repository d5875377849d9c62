import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { Instant, NullableInstant } from './database-columns.ts'
import type { MonthCloseTables } from './database-schema-month-close.ts'

interface BusinessDayRuleTable {
  id: GeneratedAlways<number>
  zone: string
  cut_off: string
  state: 'building' | 'active' | 'past'
  set_by: string | null
  set_at: Instant
  built_through: Generated<string>
  built_count: Generated<number>
  active_since: NullableInstant
}

/** A calendar day comes and goes as `YYYY-MM-DD`. */
type Day = ColumnType<string, string, string>

interface BusinessDayTable {
  rule_id: number
  day: Day
  starts_at: Instant
  ends_at: Instant
}

interface Sums {
  gross_cents: number
  merchant_fee_cents: number
  swap_fee_cents: number
  convenience_fee_cents: number
  net_cents: number
  received_cents: number
  slippage_cents: number
}

interface PaymentMeasureView extends Sums {
  payment_id: string
  type: string
  status: string
  token: string
  network: string
  created_at: Instant
  settled_at: NullableInstant
  is_underpaid: boolean
  is_overpaid: boolean
  is_late: boolean
  confirm_seconds: number | null
  is_seen: boolean
  is_quoted: boolean
  amount_cents: number | null
}

interface PaymentShareTable extends Sums {
  rule_id: number
  payment_id: string
  type: string
  status: string
  token: string
  network: string
  created_at: Instant
  settled_at: NullableInstant
  created_day: Day
  created_hour: number
  settled_day: Day | null
  is_underpaid: boolean
  is_overpaid: boolean
  is_late: boolean
  is_quoted: boolean
  is_seen: boolean
  confirm_step: number | null
  size_step: number | null
}

interface PaymentShareDueTable {
  id: GeneratedAlways<number>
  payment_id: string
  at: Instant
}

interface PaymentRollupTable extends Sums {
  rule_id: number
  basis: 'created' | 'settled'
  day: Day
  token: string
  network: string
  status: string
  type: string
  payments: number
  underpaid: number
  overpaid: number
  late: number
  quoted: Generated<number>
  seen: Generated<number>
}

interface PaymentRollupHourTable {
  rule_id: number
  day: Day
  hour: number
  status: string
  type: string
  payments: number
  gross_cents: number
  slippage_cents: number
}

interface PaymentRollupConfirmTable {
  rule_id: number
  day: Day
  token: string
  network: string
  step: number
  payments: number
}

interface PaymentRollupStepTable {
  rule_id: number
  day: Day
  measure: 'size' | 'confirm'
  status: string
  type: string
  step: number
  payments: number
}

/** Business days, and what payments add up to in them. */
export interface SettlementTables extends MonthCloseTables {
  business_day_rule: BusinessDayRuleTable
  business_day: BusinessDayTable
  payment_measure: PaymentMeasureView
  payment_share: PaymentShareTable
  payment_share_due: PaymentShareDueTable
  payment_rollup: PaymentRollupTable
  payment_rollup_hour: PaymentRollupHourTable
  payment_rollup_confirm: PaymentRollupConfirmTable
  payment_rollup_step: PaymentRollupStepTable
}

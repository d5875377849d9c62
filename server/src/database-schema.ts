import type { ColumnType, Generated, GeneratedAlways, Selectable } from 'kysely'
import type { Instant, NullableInstant } from './database-columns.ts'
import type { BankTables } from './database-schema-bank.ts'
import type {
  AttentionEventTable,
  AttentionItemTable,
  AttentionProgressTable,
  PaymentNoteTable,
  PaymentNoteVersionTable,
  PaymentTagTable,
} from './database-schema-attention.ts'
import type {
  AuditEntryTable,
  AuditProofTable,
  InstallationTable,
  AuthenticatorTable,
  InvitationTable,
  PasskeyChallengeTable,
  PasskeyTable,
  PasswordTable,
  PendingSignInTable,
  PersonRoleTable,
  PersonTable,
  RateLimitTable,
  RecoveryCodeTable,
  SessionTable,
  SingleSignOnTable,
} from './database-schema-people.ts'
import type {
  ExportChangeTable,
  ExportPartTable,
  ExportTable,
  WorkerPoolTable,
} from './database-schema-exports.ts'
import type { WebhookConsoleTables } from './database-schema-webhook-console.ts'
import type {
  DriftGroundTable,
  DriftTable,
  DriftWatchTable,
  PaymentStateGroundTable,
  PaymentStateTable,
  WithdrawalObservationTable,
  WithdrawalTable,
} from './database-schema-truth.ts'
import type {
  WebhookBodyTable,
  WebhookRetentionTable,
  WebhookSecretTable,
} from './database-schema-webhooks.ts'
import type { NotificationTables } from './database-schema-notifications.ts'
import type { SettlementTables } from './database-schema-settlements.ts'
import type { WithdrawalTables } from './database-schema-withdrawals.ts'
import type { ViewTables } from './database-schema-views.ts'

/**
 * The tables as `server/migrations` makes them. bigint columns arrive as safe integers,
 * numeric columns as text, timestamptz as Date.
 */
export interface Database
  extends
    ViewTables,
    WebhookConsoleTables,
    NotificationTables,
    WithdrawalTables,
    SettlementTables,
    BankTables {
  observation: ObservationTable
  payment: PaymentTable
  quote: QuoteTable
  receipt: ReceiptTable
  webhook_delivery: WebhookDeliveryTable
  webhook_quarantine: WebhookQuarantineTable
  sync_state: SyncStateTable
  gateway_budget: GatewayBudgetTable
  person: PersonTable
  person_role: PersonRoleTable
  password: PasswordTable
  single_sign_on: SingleSignOnTable
  authenticator: AuthenticatorTable
  passkey: PasskeyTable
  recovery_code: RecoveryCodeTable
  session: SessionTable
  pending_sign_in: PendingSignInTable
  passkey_challenge: PasskeyChallengeTable
  invitation: InvitationTable
  installation: InstallationTable
  rate_limit: RateLimitTable
  audit_entry: AuditEntryTable
  audit_proof: AuditProofTable
  payment_note: PaymentNoteTable
  payment_note_version: PaymentNoteVersionTable
  payment_tag: PaymentTagTable
  attention_item: AttentionItemTable
  attention_event: AttentionEventTable
  attention_progress: AttentionProgressTable
  payment_creation: PaymentCreationTable
  worker_pool: WorkerPoolTable
  export: ExportTable
  export_part: ExportPartTable
  export_change: ExportChangeTable
  drift: DriftTable
  drift_watch: DriftWatchTable
  drift_ground: DriftGroundTable
  payment_state: PaymentStateTable
  payment_state_ground: PaymentStateGroundTable
  withdrawal_observation: WithdrawalObservationTable
  withdrawal: WithdrawalTable
  webhook_body: WebhookBodyTable
  webhook_retention: WebhookRetentionTable
  webhook_secret: WebhookSecretTable
}

type Json<T> = ColumnType<T, string, string>

interface PaymentCreationTable {
  attempt: string
  asked_by: string
  asked_at: Instant
  wish: string
  made_from: string | null
  state: 'asked' | 'made' | 'refused'
  payment_id: string | null
  sealed_link: string | null
  refusal: string | null
  refused_field: string | null
}

interface ObservationTable {
  id: GeneratedAlways<number>
  payment_id: string
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
export type ObservationRow = Selectable<ObservationTable>

interface PaymentTable {
  id: string
  merchant_id: string | null
  type: string
  status: string
  amount_cents: number | null
  amount_due_cents: number | null
  convenience_fee_cents: number | null
  merchant_fee_cents: number | null
  swap_fee_cents: number | null
  net_cents: number | null
  currency: string
  order_id: string | null
  redirect_url: string | null
  custom_metadata: string | null
  deposit_address: string | null
  token_symbol: string | null
  token_decimals: number | null
  network: string | null
  received_base_units: string | null
  tx_hash: string | null
  sender_address: string | null
  flags: ColumnType<string[], string[] | undefined, string[]>
  search_text: string
  created_at: Instant
  updated_at: Instant
  api_read_at: NullableInstant
  observation_id: number
}

interface QuoteTable {
  payment_id: string
  id: string
  token_symbol: string
  token_id: string | null
  contract_address: string | null
  token_decimals: number | null
  token_is_native: boolean
  network: string | null
  deposit_address: string | null
  expected_base_units: string | null
  rate: string | null
  amount_due_cents: number | null
  status: string
  expires_at: NullableInstant
  created_at: NullableInstant
}

interface ReceiptTable {
  payment_id: string
  tx_hash: string | null
  block_number: string | null
  transaction_at: NullableInstant
  sender_address: string | null
  token_symbol: string | null
  token_decimals: number | null
  network: string | null
  quote_id: string | null
  received_base_units: string | null
  received_usd: string | null
  confirmations: number | null
  required_confirmations: number | null
  risk_score: number | null
  risk_severity: string | null
  risk_provider: string | null
  completed_at: NullableInstant
}

interface WebhookDeliveryTable {
  id: GeneratedAlways<number>
  event_id: string
  delivery_id: string | null
  endpoint_id: string | null
  timestamp_header: string
  sent_at: NullableInstant
  received_at: Instant
  signature_header: string
  /** Null, like the body, once they are in `webhook_body`. */
  headers: Json<Record<string, string>> | null
  body: Buffer | null
  body_sha256: Buffer
  signed_sha256: Buffer
  secret_id: string
  remote_address: string | null
  verdict: 'valid' | 'duplicate' | 'malformed'
  duplicate_of: number | null
  conflicting_event: Generated<boolean>
  event_type: string | null
  payment_id: string | null
  withdrawal_id: string | null
  status: string | null
  processed_at: NullableInstant
  attempts: Generated<number>
  parked_at: NullableInstant
  processing_error: string | null
  asked_again_at: NullableInstant
}

interface WebhookQuarantineTable {
  id: GeneratedAlways<number>
  received_at: Instant
  verdict: 'invalid_signature' | 'stale_timestamp' | 'unknown_secret' | 'malformed'
  reason: string
  headers: Json<Record<string, string>>
  body: Buffer
  body_bytes: number
  remote_address: string | null
}

interface SyncStateTable {
  name: string
  position: Json<unknown>
  updated_at: Instant
}

interface GatewayBudgetTable {
  name: string
  tokens: number
  refilled_at: Instant
  blocked_until: NullableInstant
}

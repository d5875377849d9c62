import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { AttachmentType } from '@desk/shared/withdrawals/attachment'
import type { RequestState } from '@desk/shared/withdrawals/request-state'
import type { Instant, NullableInstant } from './database-columns.ts'

/** Comes parsed and goes as JSON text; what comes is decoded before it is used. */
type JsonColumn = ColumnType<unknown, string, string>

interface WithdrawalPolicyTable {
  version: number
  content: JsonColumn
  note: string
  state: 'proposed' | 'active' | 'superseded' | 'refused' | 'taken_back'
  proposed_by: string | null
  proposed_at: Instant
  decided_by: string | null
  decided_at: NullableInstant
  decision_note: string | null
}

interface WithdrawalStopTable {
  only_row: Generated<boolean>
  is_stopped: boolean
  cause: 'person' | 'unauthorized' | 'different_answer' | null
  reason: string | null
  by_user_id: string | null
  at: Instant
}

interface DestinationTable {
  id: string
  network: string
  address: string
  label: string
  state: 'proposed' | 'active' | 'frozen' | 'refused' | 'removed'
  proposed_by: string
  proposed_at: Instant
  approved_by: string | null
  approved_at: NullableInstant
  usable_from: NullableInstant
  state_by: string | null
  state_at: Instant
  state_reason: string | null
}

interface WithdrawalRequestTable {
  id: string
  number: GeneratedAlways<number>
  state: RequestState
  revision: Generated<number>
  requested_by: string
  amount_cents: number
  currency: 'USD'
  network: string
  destination_id: string
  destination_address: string
  order_id: string
  reason: string
  created_at: Instant
  submitted_at: NullableInstant
  expires_at: NullableInstant
  policy_version: number | null
  nonce: string | null
  canonical_content: string | null
  fingerprint: string | null
  is_break_glass: Generated<boolean>
  state_at: Instant
  state_reason: string | null
  withdrawal_id: string | null
  left_at: NullableInstant
  queued_at: NullableInstant
}

interface TokenContractTable {
  network: string
  address: string
  symbol: string
  seen_at: Instant
}

interface WithdrawalAttachmentTable {
  request_id: string
  name: string
  media_type: AttachmentType
  sha256: string
  bytes: Buffer
  added_by: string
  added_at: Instant
}

interface WithdrawalVoteTable {
  id: string
  request_id: string
  fingerprint: string
  policy_version: number
  decision: 'approve' | 'reject'
  voter: string
  on_behalf_of: string | null
  stepped_up_at: NullableInstant
  reason: string | null
  at: Instant
  voided_at: NullableInstant
  voided_reason: string | null
}

interface ApprovalDelegationTable {
  id: string
  from_user_id: string
  to_user_id: string
  starts_at: Instant
  ends_at: Instant
  made_by: string
  made_at: Instant
  ended_at: NullableInstant
}

interface WithdrawalAttemptTable {
  id: string
  request_id: string
  number: number
  idempotency_key: string
  body: string
  fingerprint: string
  state:
    | 'live'
    | 'accepted'
    | 'refused'
    | 'rate_limited'
    | 'not_sent'
    | 'unclear'
    | 'found'
    | 'absent'
  started_at: Instant
  ended_at: NullableInstant
  status: number | null
  code: string | null
  message: string | null
  upstream_request_id: string | null
  looked_up_at: NullableInstant
  look_ups: Generated<number>
  next_look_up_at: NullableInstant
  resolved_by: string | null
  evidence: string | null
}

interface WithdrawalEventTable {
  id: GeneratedAlways<number>
  request_id: string
  at: Instant
  kind: string
  from_state: RequestState | null
  to_state: RequestState | null
  actor_user_id: string | null
  detail: JsonColumn
}

interface WalletBalanceTable {
  network: string
  token_symbol: string
  token_decimals: number | null
  base_units: string | null
  cents: number | null
  read_at: Instant
}

/** Withdrawals that people ask for, from draft to chain. */
export interface WithdrawalTables {
  withdrawal_policy: WithdrawalPolicyTable
  withdrawal_stop: WithdrawalStopTable
  destination: DestinationTable
  withdrawal_request: WithdrawalRequestTable
  withdrawal_attachment: WithdrawalAttachmentTable
  withdrawal_vote: WithdrawalVoteTable
  approval_delegation: ApprovalDelegationTable
  withdrawal_attempt: WithdrawalAttemptTable
  withdrawal_event: WithdrawalEventTable
  wallet_balance: WalletBalanceTable
  token_contract: TokenContractTable
}

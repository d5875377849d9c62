import type { Generated } from 'kysely'
import type { AuditOutcome } from '@desk/shared/audit/audit-entry'
import type { SecondFactor, SessionEnd, SignInMethod } from '@desk/shared/identity/session'
import type { Instant, NullableInstant } from './database-columns.ts'

export interface PersonTable {
  id: string
  name: string
  email: string
  created_at: Instant
  disabled_at: NullableInstant
  removed_at: NullableInstant
  same_as: string | null
  view_zone: string | null
}

export interface PersonRoleTable {
  user_id: string
  role: 'support' | 'finance' | 'approver' | 'admin' | 'auditor'
  granted_at: Instant
}

export interface PasswordTable {
  user_id: string
  hash: string
  changed_at: Instant
}

export interface SingleSignOnTable {
  issuer: string
  subject: string
  user_id: string
  linked_at: Instant
}

export interface AuthenticatorTable {
  user_id: string
  sealed_secret: string
  created_at: Instant
  confirmed_at: NullableInstant
  next_sealed_secret: string | null
  last_step: number | null
}

export interface PasskeyTable {
  id: string
  user_id: string
  name: string
  public_key: Buffer
  sign_count: number
  transports: string[]
  backed_up: boolean
  created_at: Instant
  last_used_at: NullableInstant
}

export interface RecoveryCodeTable {
  user_id: string
  code_hash: string
  created_at: Instant
  used_at: NullableInstant
}

export interface SessionTable {
  id: string
  token: string
  user_id: string
  created_at: Instant
  /** The end of the session, however busy. */
  expires_at: Instant
  last_used_at: Instant
  method: SignInMethod
  factor: SecondFactor | null
  proved_at: Instant
  address: string | null
  user_agent: string | null
  previous_token: string | null
  rotated_at: NullableInstant
  wrong_answers: Generated<number>
  ended_at: NullableInstant
  ended_because: SessionEnd | null
  told_at: NullableInstant
}

export interface PendingSignInTable {
  id: string
  token: string
  user_id: string
  method: 'password' | 'single_sign_on'
  wrong_answers: Generated<number>
  created_at: Instant
  expires_at: Instant
}

export interface PasskeyChallengeTable {
  holder_id: string
  purpose: 'enrol' | 'sign_in' | 'step_up'
  challenge: string
  expires_at: Instant
}

export interface InvitationTable {
  id: string
  kind: 'invitation' | 'setup'
  email: string | null
  name: string | null
  roles: string[]
  invited_by: string | null
  created_at: Instant
  expires_at: Instant
  mailed_at: NullableInstant
  accepted_at: NullableInstant
  accepted_by: string | null
  voided_at: NullableInstant
  voided_because: string | null
}

export interface InstallationTable {
  only_row: Generated<boolean>
  is_demo: boolean
  started_at: Instant
}

export interface RateLimitTable {
  key: string
  count: number
  window_started_at: Instant
  strikes: Generated<number>
  blocked_until: NullableInstant
}

export interface AuditProofTable {
  walked_seq: number
  walked_hash: Buffer
  is_whole: boolean
  proved_seq: number
  proved_hash: Buffer
  proved_at: NullableInstant
  fault_seq: number | null
  fault: string | null
}

export interface AuditEntryTable {
  seq: number
  at: Instant
  actor_id: string | null
  actor_name: string | null
  actor_email: string | null
  action: string
  outcome: AuditOutcome
  reason: string | null
  subject_kind: string | null
  subject_id: string | null
  subject_label: string | null
  /** Canonical JSON. */
  before: string | null
  after: string | null
  address: string | null
  request_id: string | null
  previous_hash: Buffer
  hash: Buffer
}

import type { Generated, GeneratedAlways } from 'kysely'
import type { Role } from '@desk/shared/identity/roles'
import type { Instant, NullableInstant } from './database-columns.ts'

export interface PaymentNoteTable {
  id: GeneratedAlways<number>
  payment_id: string
  author_id: string
  text: string
  written_at: Instant
  version: Generated<number>
  edited_at: NullableInstant
}

export interface PaymentNoteVersionTable {
  note_id: number
  version: number
  text: string
  written_at: Instant
}

export interface PaymentTagTable {
  payment_id: string
  tag: string
  tagged_by: string
  tagged_at: Instant
}

export interface AttentionItemTable {
  id: GeneratedAlways<number>
  payment_id: string
  kind: string
  state: 'open' | 'resolved'
  fact: string | null
  stake_cents: number | null
  opened_at: Instant
  assignee_role: Role | null
  assignee_id: string | null
  assigned_at: NullableInstant
  assigned_by: string | null
  assigned_because: string | null
  due_at: NullableInstant
  resolved_at: NullableInstant
  resolved_by: string | null
  resolved_because: string | null
  silent_since: NullableInstant
}

export interface AttentionEventTable {
  id: GeneratedAlways<number>
  item_id: number
  what: 'opened' | 'reopened' | 'assigned' | 'handed_back' | 'released' | 'resolved' | 'closed'
  at: Instant
  actor_id: string | null
  assignee_role: Role | null
  assignee_id: string | null
  due_at: NullableInstant
  reason: string | null
}

export interface AttentionProgressTable {
  only_row: Generated<boolean>
  reached: number
  ground: number
  turned_at: Instant
}

import type { ColumnType, Generated } from 'kysely'
import type { Instant, NullableInstant } from './database-columns.ts'

/** A table for each month; see `arrange_webhook_bodies()` in migration 0008. */
export interface WebhookBodyTable {
  delivery_id: number
  received_at: Instant
  headers: ColumnType<Record<string, string>, string, string>
  body: Buffer
}

export interface WebhookRetentionTable {
  is_only: Generated<boolean>
  months: Generated<number>
}

export interface WebhookSecretTable {
  id: string
  label: string
  last_four: string
  sealed: string
  source: 'environment' | 'desk'
  added_at: Instant
  added_by: string | null
  verifies_until: NullableInstant
  ended_by: string | null
  uses: Generated<number>
  last_used_at: NullableInstant
}

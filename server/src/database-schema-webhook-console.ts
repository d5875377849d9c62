import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { Instant, NullableInstant } from './database-columns.ts'

type Json<T> = ColumnType<T, string, string>

export interface WebhookDigestTable {
  delivery_id: number
  received_at: Instant
  happened_at: NullableInstant
  search_text: string | null
  is_timed: boolean
}

export interface WebhookDigestProgressTable {
  is_only: Generated<boolean>
  digested_to: Generated<number>
  counted_to: NullableInstant
}

export interface WebhookArrivalsTable {
  starts_at: Instant
  verdict: string
  arrivals: number
}

export interface WebhookLagTable {
  starts_at: Instant
  kind: 'processing' | 'arrival'
  slot: number
  deliveries: number
}

export interface WebhookReprocessingTable {
  id: GeneratedAlways<number>
  asked_by: string
  asked_at: Instant
  query: Json<unknown>
  delivery_ids: number[]
  given: Generated<number>
  state: 'running' | 'done' | 'cancelled'
  finished_at: NullableInstant
}

import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { Instant, NullableInstant } from './database-columns.ts'

type Json<T> = ColumnType<T, string, string>

interface WebhookDigestTable {
  delivery_id: number
  received_at: Instant
  happened_at: NullableInstant
  search_text: string | null
  is_timed: Generated<boolean>
}

interface WebhookDigestProgressTable {
  is_only: Generated<boolean>
  digested_to: Generated<number>
  counted_to: NullableInstant
}

interface WebhookArrivalsTable {
  starts_at: Instant
  verdict: string
  arrivals: number
}

interface WebhookLagTable {
  starts_at: Instant
  kind: 'processing' | 'arrival'
  slot: number
  deliveries: number
}

interface WebhookReprocessingTable {
  id: GeneratedAlways<number>
  asked_by: string
  asked_at: Instant
  query: Json<unknown>
  delivery_ids: number[]
  given: Generated<number>
  state: 'running' | 'done' | 'cancelled'
  finished_at: NullableInstant
}

/** What the console of webhooks searches and counts. */
export interface WebhookConsoleTables {
  webhook_digest: WebhookDigestTable
  webhook_digest_progress: WebhookDigestProgressTable
  webhook_arrivals: WebhookArrivalsTable
  webhook_lag: WebhookLagTable
  webhook_reprocessing: WebhookReprocessingTable
}

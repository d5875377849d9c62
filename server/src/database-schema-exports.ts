import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { Instant, NullableInstant } from './database-columns.ts'

type Json<T> = ColumnType<T, string, string>
type NullableJson = ColumnType<unknown, string | null | undefined, string | null>

export interface WorkerPoolTable {
  number: GeneratedAlways<number>
  name: string | null
  started_at: Generated<Date>
}

export interface ExportTable {
  id: string
  kind: 'payments'
  query: Json<unknown>
  zone: string
  cut_off: ColumnType<string, string | undefined>
  asked_on: string
  viewer_id: string
  times_zone: string
  column_set: number
  columns: string[]
  format: 'csv' | 'xlsx'
  has_mark: boolean
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
  attempt: Generated<number>
  rows_done: Generated<number>
  rows_expected: number | null
  file_name: string | null
  bytes: number | null
  sha256: Buffer | null
  totals: NullableJson
  snapshot_at: NullableInstant
  previous_id: string | null
  difference: NullableJson
  error: string | null
  requested_by: string
  requested_at: Instant
  started_at: NullableInstant
  finished_at: NullableInstant
  expired_at: NullableInstant
  forgotten_at: NullableInstant
}

export interface ExportPartTable {
  export_id: string
  kind: 'file' | 'state'
  number: number
  bytes: Buffer
}

export interface ExportChangeTable {
  export_id: string
  number: number
  payment_id: string
  change: 'added' | 'removed' | 'changed'
  fields: Json<unknown>
}

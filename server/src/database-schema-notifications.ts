import type { Generated, GeneratedAlways } from 'kysely'
import type { Instant, NullableInstant } from './database-columns.ts'

interface AlarmTable {
  kind: string
  state: 'clear' | 'open'
  turning_since: NullableInstant
  opened_at: NullableInstant
  told_at: NullableInstant
  sentence: string
}

interface NotificationChannelTable {
  id: string
  kind: 'mail' | 'chat'
  label: string
  recipients: string[]
  sealed_url: string | null
  url_host: string | null
  alarms: string[]
  quiet_from: string | null
  quiet_until: string | null
  added_at: Instant
  added_by: string
  removed_at: NullableInstant
}

interface NotificationTable {
  id: GeneratedAlways<number>
  channel_id: string
  alarm: string | null
  occasion: 'opened' | 'reminder' | 'well' | 'test' | 'notice'
  sentence: string
  made_at: Instant
  due_at: Instant
  attempts: Generated<number>
  sent_at: NullableInstant
  problem: string | null
  path: string | null
}

interface WithdrawalNoticeTable {
  id: GeneratedAlways<number>
  kind: string
  subject_id: string
  occasion: string
  person_id: string | null
  sentence: string
  path: string
  made_at: Instant
  attempts: Generated<number>
  sent_at: NullableInstant
  problem: string | null
}

/** Alarms and whom they are told to. */
export interface NotificationTables {
  alarm: AlarmTable
  notification_channel: NotificationChannelTable
  notification: NotificationTable
  withdrawal_notice: WithdrawalNoticeTable
}

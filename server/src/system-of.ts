import type pg from 'pg'
import type { Gateway } from './gateway/gateway.ts'
import type { LiveEvents } from './kernel/live-events.ts'
import { dueMigrations } from './migrate/migrations.ts'
import { readDeskVersion } from './system/desk-version.ts'
import {
  createSystemStatus,
  type SystemStatus,
  type SystemStatusOptions,
} from './system/system-status.ts'

type Foundations = Pick<SystemStatusOptions, 'reads' | 'now' | 'zone' | 'rate' | 'log'> & {
  readonly pool: pg.Pool
  readonly gateway: Pick<Gateway, 'health'>
  readonly live: Pick<LiveEvents, 'state'>
}

/** What this Desk can say about itself. */
export async function systemOf({
  pool,
  gateway,
  live,
  ...options
}: Foundations): Promise<SystemStatus> {
  return createSystemStatus({
    ...options,
    version: await readDeskVersion(new URL('../../', import.meta.url)),
    upstream: () => gateway.health.current(),
    live: () => live.state(),
    migrationsDue: async () => (await dueMigrations(pool)).length,
  })
}

import type pg from 'pg'
import type { Gateway } from './gateway/gateway.ts'
import type { Env } from './env.ts'
import type { LiveEvents } from './kernel/live-events.ts'
import { sealerFor } from './kernel/sealed.ts'
import type { Context } from './kernel/trpc.ts'
import { dueMigrations } from './migrate/migrations.ts'
import { chatUrlFault } from './system/post-chat.ts'
import { sendNotifications, type Sending } from './system/send-notifications.ts'
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

type Telling = Pick<Sending, 'db' | 'now' | 'mailer' | 'publicUrl'> & {
  readonly encryptionKey: Uint8Array
  readonly env: Pick<Env, 'notifyAllowedHosts'>
}

/** How alarms are told, and what their settings need. */
export function notificationsOf({ encryptionKey, env, ...options }: Telling): {
  readonly send: (channelId: string) => Promise<void>
  readonly settings: Context['notifications']
} {
  const sealer = sealerFor(encryptionKey, 'notification channel')
  const reach = { allowedHosts: env.notifyAllowedHosts }
  return {
    send: (channelId) => sendNotifications({ ...options, sealer, reach }, channelId),
    settings: {
      isMailOn: options.mailer !== null,
      sealer,
      urlFault: (url) => chatUrlFault(url, reach),
    },
  }
}

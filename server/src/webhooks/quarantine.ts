import type { WebhookVerdict } from '@desk/shared/webhooks/webhook-delivery'
import { sql } from 'kysely'
import type { Db } from '../database.ts'

/** What failed verification, kept for a person within strict limits: anyone can send it. */
export interface Quarantine {
  /** Resolves to false when the limits leave no room, so nothing was kept. */
  keep(refused: RefusedDelivery): Promise<boolean>
}

export interface RefusedDelivery {
  readonly verdict: Extract<
    WebhookVerdict,
    'invalid_signature' | 'stale_timestamp' | 'unknown_secret' | 'malformed'
  >
  readonly reason: string
  readonly headers: Readonly<Record<string, string>>
  /** Null when the bytes were never read. */
  readonly body: Buffer | null
  readonly bodyBytes: number
  readonly remoteAddress: string | null
  readonly receivedAt: Date
}

export interface QuarantineLimits {
  readonly bodyBytesMax: number
  readonly rowsMax: number
  /** By this Desk. */
  readonly perMinuteMax: number
  readonly daysMax: number
}

export const quarantineLimits: QuarantineLimits = {
  bodyBytesMax: 16_384,
  rowsMax: 5_000,
  perMinuteMax: 60,
  daysMax: 30,
}

export function createQuarantine(db: Db, limits: QuarantineLimits): Quarantine {
  let minute = 0
  let keptThisMinute = 0

  return {
    keep: async (refused) => {
      const thisMinute = Math.floor(refused.receivedAt.getTime() / 60_000)
      if (thisMinute !== minute) [minute, keptThisMinute] = [thisMinute, 0]
      if (keptThisMinute >= limits.perMinuteMax) return false
      keptThisMinute++
      await insertRefused(db, refused, limits)
      return true
    },
  }
}

const integerMax = 2 ** 31 - 1

/** Makes room by the same statement, so the table never grows past its limits. */
async function insertRefused(
  db: Db,
  refused: RefusedDelivery,
  limits: QuarantineLimits,
): Promise<void> {
  const oldest = new Date(refused.receivedAt.getTime() - limits.daysMax * 86_400_000)
  const body = refused.body?.subarray(0, limits.bodyBytesMax) ?? Buffer.alloc(0)
  await sql`
    with kept as (
      insert into webhook_quarantine
        (received_at, verdict, reason, headers, body, body_bytes, remote_address)
      values (${refused.receivedAt}, ${refused.verdict}, ${refused.reason},
        ${JSON.stringify(refused.headers)}::jsonb, ${body},
        ${Math.min(refused.bodyBytes, integerMax)},
        ${refused.remoteAddress})
      returning id
    )
    delete from webhook_quarantine
    where id <= (select id from kept) - ${limits.rowsMax}::bigint or received_at < ${oldest}`.execute(
    db,
  )
}

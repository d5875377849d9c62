import { sql } from 'kysely'
import * as z from 'zod'
import type { HistoryProgress, MirrorPulse } from '@desk/shared/payments/mirror-pulse'
import type { Db } from '../database.ts'

/** A few index reads and the planner's own row estimate: cheap enough for every open browser to ask. */
export async function readMirrorPulse(reads: Db): Promise<MirrorPulse> {
  const { newest_webhook, payments_about } = await reads
    .selectNoFrom((eb) => [
      eb
        .selectFrom('webhook_delivery')
        .select('received_at')
        .orderBy('received_at', 'desc')
        .limit(1)
        .as('newest_webhook'),
      // -1 until the table was first analysed.
      sql<number>`(select greatest(reltuples, 0)::bigint from pg_class where oid = 'payment'::regclass)`.as(
        'payments_about',
      ),
    ])
    .executeTakeFirstOrThrow()
  const sync = await reads
    .selectFrom('sync_state')
    .select(['name', 'position', 'updated_at'])
    .orderBy('updated_at', 'desc')
    .execute()
  return {
    lastWebhookAt: newest_webhook?.toISOString() ?? null,
    lastApiReadAt: sync[0]?.updated_at.toISOString() ?? null,
    paymentsAbout: payments_about,
    history: historyIn(sync.find(({ name }) => name === 'payments.backfill')?.position),
  }
}

/** What of the sync's own account is for people. */
const backfillPosition = z.object({
  offset: z.int(),
  total: z.int().nullable(),
  finishedAt: z.string().nullable(),
})

/** Null once the walk is done, and for an account that an older or newer Desk wrote otherwise. */
function historyIn(position: unknown): HistoryProgress | null {
  const { success, data } = backfillPosition.safeParse(position)
  if (!success || data.finishedAt !== null) return null
  return { offset: data.offset, total: data.total }
}

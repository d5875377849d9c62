import { sql } from 'kysely'
import { recordAudit } from '../audit/record-audit.ts'
import type { Db } from '../database.ts'
import {
  type BackgroundLoop,
  type BackgroundLoopOptions,
  startLoop,
} from '../kernel/background-loop.ts'
import { moveLeftBytes } from './delivery-bytes.queries.ts'

const everyMs = 5_000
const movedPerRound = 200

/**
 * Moves bytes that nobody waits for any more into the table of their month, for as long as Desk runs. Whatever
 * is processed takes its own along; this is for repeats, for what was set aside, and for what an earlier
 * release left with its deliveries.
 */
export function startMovingBytes(moving: {
  readonly db: Db
  readonly log: { error(facts: object, message: string): void }
  readonly turn?: BackgroundLoopOptions['turn']
}): BackgroundLoop {
  return startLoop({
    name: 'webhook bytes',
    round: async () => (await moveLeftBytes(moving.db, movedPerRound)) === movedPerRound,
    intervalMs: everyMs,
    log: moving.log,
    turn: moving.turn,
  })
}

/**
 * Has the database make the tables of the months to come and drop those whose bytes have been kept for long
 * enough. What was dropped stands in the audit log; of each delivery the hash, the verdict and all ids stay.
 */
export async function arrangeBodies({
  db,
  now,
  log,
}: {
  readonly db: Db
  readonly now: () => Date
  readonly log: { info(facts: object, message: string): void }
}): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ change: 'made' | 'dropped'; part: string }>`
      select change, part from arrange_webhook_bodies()`.execute(trx)
    if (rows.length > 0) log.info({ parts: rows }, 'Tables for bytes of webhooks were arranged')
    const dropped = rows.filter(({ change }) => change === 'dropped').map(({ part }) => part)
    if (dropped.length === 0) return
    const by = { actor: null, address: null, requestId: null, at: now() }
    await recordAudit(trx, by, {
      action: 'webhook.delete_bytes',
      after: { months: dropped.map((part) => part.replace('webhook_body_', '').replace('_', '-')) },
    })
  })
}

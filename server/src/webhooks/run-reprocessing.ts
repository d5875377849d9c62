import { sql } from 'kysely'
import type { Db } from '../database.ts'
import { type BackgroundLoop, startLoop } from '../kernel/background-loop.ts'
import { publish } from '../kernel/live-events.ts'
import { giveBack } from './reprocess.ts'

/** So many wait at most in front of what arrives meanwhile. */
const givenAtOnce = 100
const everyMs = 1_000

export interface ReprocessingLoop {
  readonly db: Db
  readonly now: () => Date
  readonly log: { error(facts: object, message: string): void }
  /** Told after some were given back. */
  readonly onGiven: () => void
}

/**
 * Gives deliveries that are to be processed again back to the processor, a few at a time and only once those
 * before are through. Any Desk goes on with what another began.
 */
export function startReprocessing(loop: ReprocessingLoop): BackgroundLoop {
  return startLoop({
    name: 'webhook reprocessing',
    round: () => giveBackNext(loop),
    intervalMs: everyMs,
    log: loop.log,
  })
}

/** Never resolves to true: the processor needs a moment before there is more to do. */
export async function giveBackNext({
  db,
  now,
  onGiven,
}: Omit<ReprocessingLoop, 'log'>): Promise<boolean> {
  const given = await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ id: number; next: number[]; given: number; waiting: number }>`
      select id, given, delivery_ids[given + 1 : given + ${givenAtOnce}::integer] as next, (
        select count(*)::integer from webhook_delivery
        where webhook_delivery.id = any(delivery_ids[greatest(given - ${givenAtOnce}::integer, 0) + 1 : given])
          and processed_at is null and parked_at is null
      ) as waiting
      from webhook_reprocessing
      where state = 'running'
      order by id limit 1
      for update of webhook_reprocessing skip locked`.execute(trx)
    const [run] = rows
    if (!run || run.waiting > 0) return 0
    if (run.next.length === 0) {
      await trx
        .updateTable('webhook_reprocessing')
        .set({ state: 'done', finished_at: now() })
        .where('id', '=', run.id)
        .execute()
    } else {
      await giveBack(trx, run.next, now())
      await trx
        .updateTable('webhook_reprocessing')
        .set({ given: run.given + run.next.length })
        .where('id', '=', run.id)
        .execute()
    }
    await publish(trx, { kind: 'webhooks.changed' })
    return run.next.length
  })
  if (given > 0) onGiven()
  return false
}

import { sql } from 'kysely'
import type { Reprocessing } from '@desk/shared/webhooks/reprocessing'
import { recordAudit } from '../audit/record-audit.ts'
import type { Db } from '../database.ts'
import type { Attribution } from '../kernel/actor.ts'
import { publish } from '../kernel/live-events.ts'
import { Refusal } from '../kernel/refusal.ts'

/** The newest run over many deliveries, with how far it is; null before the first. */
export async function readReprocessing(reads: Db): Promise<Reprocessing | null> {
  const { rows } = await sql<{
    id: number
    state: Reprocessing['state']
    asked_by: string
    asked_at: Date
    finished_at: Date | null
    total: number
    given: number
    processed: number
    parked: number
  }>`
    select run.id, run.state, coalesce(person.name, run.asked_by) as asked_by, run.asked_at,
      run.finished_at, cardinality(run.delivery_ids) as total, run.given,
      counted.processed, counted.parked
    from (select * from webhook_reprocessing order by id desc limit 1) as run
    left join person on person.id = run.asked_by
    cross join lateral (
      select count(*) filter (where processed_at is not null)::integer as processed,
        count(*) filter (where parked_at is not null)::integer as parked
      from webhook_delivery where id = any(run.delivery_ids[1:run.given])
    ) as counted`.execute(reads)
  const [run] = rows
  if (!run) return null
  return {
    id: String(run.id),
    state: run.state,
    askedBy: run.asked_by,
    askedAt: run.asked_at.toISOString(),
    finishedAt: run.finished_at?.toISOString() ?? null,
    total: run.total,
    given: run.given,
    processed: run.processed,
    parked: run.parked,
  }
}

/** What was given back already is still processed. Refuses with `not_running`. */
export async function cancelReprocessing(db: Db, id: number, by: Attribution): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const run = await trx
      .updateTable('webhook_reprocessing')
      .set({ state: 'cancelled', finished_at: by.at })
      .where('id', '=', id)
      .where('state', '=', 'running')
      .returning(['given', sql<number>`cardinality(delivery_ids)`.as('count')])
      .executeTakeFirst()
    if (!run) throw new Refusal('conflict', 'not_running', 'It has ended already.')
    await publish(trx, { kind: 'webhooks.changed' })
    await recordAudit(trx, by, {
      action: 'webhook.reprocess_cancel',
      after: { run: id, given: run.given, count: run.count },
    })
  })
}

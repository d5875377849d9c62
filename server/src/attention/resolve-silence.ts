import { sql } from 'kysely'
import type { Resolved } from '@desk/shared/attention/attention-item'
import { recordAudit } from '../audit/record-audit.ts'
import { lockDriftOfItems, resolveDrift } from '../drift/resolve-drift.ts'
import { publish } from '../kernel/live-events.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { AttentionCall } from './attention-call.ts'

/** More wait for the next call: a transaction that holds thousands of payments would hold up the sweep. */
const AT_ONCE_MAX = 5_000

/**
 * Resolves what waits as one because no webhook came from `since` on, the oldest 5,000 at a time; what was
 * handed to somebody stays theirs. One entry in the audit log for all of them, and an event at each. Refuses
 * with `already_resolved` where nothing is left.
 */
export async function resolveSilence(
  { db, actor, by }: AttentionCall,
  { since, reason }: { readonly since: string; readonly reason: string },
): Promise<Resolved> {
  return db.transaction().execute(async (trx) => {
    const found = await trx
      .selectFrom('attention_item')
      .select('id')
      .where(sql<boolean>`date_trunc('milliseconds', silent_since) = ${new Date(since)}`)
      .where('silent_since', 'is not', null)
      .where('state', '=', 'open')
      .where('assignee_id', 'is', null)
      .orderBy('id')
      .limit(AT_ONCE_MAX)
      .execute()
    const ids = found.map(({ id }) => id)
    if (ids.length > 0) await lockDriftOfItems(trx, ids)
    const { rows } = await sql<{ payment_id: string; stake_cents: number | null }>`
      with resolved as (
        update attention_item
        set state = 'resolved', resolved_at = ${by.at}, resolved_by = ${actor.userId},
          resolved_because = ${reason}
        where id = any(${ids}::bigint[]) and state = 'open'
        returning id, payment_id, stake_cents
      ), told as (
        insert into attention_event (item_id, what, at, actor_id, reason)
        select id, 'resolved', ${by.at}, ${actor.userId}, ${reason} from resolved
      )
      select payment_id, stake_cents from resolved`.execute(trx)
    if (rows.length === 0) {
      const message = 'All of them were resolved meanwhile, by others or by themselves.'
      throw new Refusal('conflict', 'already_resolved', message)
    }
    await resolveDrift(
      trx,
      rows.map((row) => row.payment_id),
      { userId: actor.userId, reason, at: by.at },
    )
    await publish(trx, { kind: 'attention.changed', paymentId: null })
    await recordAudit(trx, by, {
      action: 'payment.resolve_silence',
      reason,
      after: { since, count: rows.length },
    })
    return { resolved: rows.length, wasResolved: ids.length - rows.length }
  })
}

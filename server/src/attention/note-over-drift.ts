import { sql } from 'kysely'
import { attentionKindText } from '@desk/shared/attention/attention-kind'
import type { Trx } from '../database.ts'

/**
 * Drift that was over before anybody could see it waits for nobody, and is found among what was resolved: an
 * item of its own for each of these payments that has none.
 */
export async function noteOverDrift(
  trx: Trx,
  paymentIds: readonly string[],
  at: Date,
): Promise<void> {
  if (paymentIds.length === 0) return
  await sql`
    insert into attention_item (payment_id, kind, state, stake_cents, opened_at, assignee_role, resolved_at)
    select payment_id, 'drifted', 'resolved', max(stake_cents), min(since),
      ${attentionKindText.drifted.queue}::text, ${at}::timestamptz
    from drift
    where payment_id = any(${paymentIds}::text[])
    group by payment_id
    having bool_and(state = 'closed')
    on conflict (payment_id, kind) do nothing`.execute(trx)
}

import { sql } from 'kysely'
import { amountCents } from '@desk/shared/money/amount-cents-schema'
import { COUNTED_MAX, type SystemFacts } from '@desk/shared/system/system-facts'
import type { Db } from '../database.ts'

/** Few rows each, by index: none of it grows with what was sent in the past. */
export async function readWithdrawalFacts(
  reads: Db,
): Promise<NonNullable<SystemFacts['withdrawals']>> {
  const { rows } = await sql<{ unknown: number; oldest: Date | null }>`
    select count(*) as unknown, min(state_at) as oldest
    from (
      select state_at from withdrawal_request where state = 'unknown' limit ${COUNTED_MAX}
    ) as unknown`.execute(reads)
  const stop = await reads
    .selectFrom('withdrawal_stop')
    .select(['cause', 'reason', 'at'])
    .executeTakeFirst()
  const low = await sql<{ network: string; cents: number }>`
    select network, sum(cents)::bigint as cents
    from wallet_balance
    where cents is not null
    group by network
    having sum(cents) < (
      select (content ->> 'lowBalanceCents')::bigint from withdrawal_policy where state = 'active')
    order by network limit 50`.execute(reads)
  // Few are that young; each is looked up by an index.
  const outside = await sql<{ count: number; cents: number }>`
    select count(*) as count, coalesce(sum(amount_cents), 0)::bigint as cents from (
      select amount_cents from withdrawal
      where created_at >= greatest(now() - interval '24 hours',
          (select proposed_at from withdrawal_policy where version = 1))
        and not exists (select from withdrawal_request where withdrawal_id = withdrawal.id)
        and not exists (select from withdrawal_request where order_id = withdrawal.order_id)
      limit ${COUNTED_MAX}) as outside`.execute(reads)
  return {
    unknown: rows[0]?.unknown ?? 0,
    oldestUnknownAt: rows[0]?.oldest?.toISOString() ?? null,
    unrequested: {
      count: outside.rows[0]?.count ?? 0,
      cents: amountCents.parse(outside.rows[0]?.cents ?? 0),
    },
    stop: stop?.cause
      ? { cause: stop.cause, reason: stop.reason ?? 'without a reason', at: stop.at.toISOString() }
      : null,
    lowBalances: low.rows.map(({ network, cents }) => ({
      network,
      cents: amountCents.parse(cents),
    })),
  }
}

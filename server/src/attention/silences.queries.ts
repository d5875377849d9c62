import { sql, type SqlBool } from 'kysely'
import { type Silence, SILENCE_PAYMENTS_MIN } from '@desk/shared/attention/silence'
import type { Db, Trx } from '../database.ts'

const COUNTED_MAX = 10_000
const SILENCES_MAX = 20

/** Drift that says nothing but that a webhook did not come. */
const unheardKinds = ['never_announced', 'webhook_missing']

/**
 * Marks what of these payments waits for nothing but a webhook that never came with the silence it is of:
 * the instant of the last webhook about any payment before. Doing it again changes nothing.
 */
export async function markSilences(trx: Trx, paymentIds: readonly string[]): Promise<void> {
  if (paymentIds.length === 0) return
  await sql`
    update attention_item as item
    set silent_since = told.silent_since
    from (
      select own.id, (
        select delivery.received_at from webhook_delivery as delivery
        where delivery.verdict = 'valid' and delivery.payment_id is not null
          and delivery.received_at <= unheard.since
        order by delivery.received_at desc limit 1
      ) as silent_since
      from attention_item as own
      left join lateral (
        select min(drift.since) as since from drift
        where drift.payment_id = own.payment_id and drift.state = 'open'
        having bool_and(drift.kind = any(${unheardKinds}::text[]))
      ) as unheard on true
      where own.payment_id = any(${paymentIds}::text[]) and own.kind = 'drifted'
        and own.state = 'open'
    ) as told
    where item.id = told.id and item.silent_since is distinct from told.silent_since`.execute(trx)
}

/**
 * Whether an item waits as one with the others of its silence: they are many enough to be no chance, and
 * nobody in person was asked about this one.
 */
export function isOfSilence() {
  return sql<SqlBool>`(item.silent_since is not null and item.assignee_id is null
    and item.silent_since in (${silences}))`
}

const silences = sql`
  select of_all.silent_since from attention_item as of_all
  where of_all.state = 'open' and of_all.silent_since is not null and of_all.assignee_id is null
  group by of_all.silent_since
  having count(*) >= ${sql.lit(SILENCE_PAYMENTS_MIN)}`

/** What waits as one, the longest silence first; counted over at most 10,000 items. */
export async function readSilences(reads: Db): Promise<readonly Silence[]> {
  const { rows } = await sql<SilenceRow>`
    select told.*, (
      select delivery.received_at from webhook_delivery as delivery
      where delivery.verdict = 'valid' and delivery.payment_id is not null
        and delivery.received_at > told.since
      order by delivery.received_at limit 1
    ) as "endedAt"
    from (
      select silent_since as since, count(*)::int as count, min(opened_at) as "firstAt",
        max(opened_at) as "lastAt", coalesce(sum(stake_cents), 0)::text as "stakeCents"
      from (
        select silent_since, opened_at, stake_cents from attention_item
        where state = 'open' and silent_since is not null and assignee_id is null
        limit ${COUNTED_MAX + 1}
      ) as waiting
      group by silent_since
      having count(*) >= ${SILENCE_PAYMENTS_MIN}
      order by silent_since
      limit ${SILENCES_MAX}
    ) as told
    order by told.since`.execute(reads)
  const isExact = rows.reduce((sum, { count }) => sum + count, 0) <= COUNTED_MAX
  return rows.map(({ since, firstAt, lastAt, endedAt, stakeCents, count }) => ({
    stakeCents,
    count: Math.min(count, COUNTED_MAX),
    since: since.toISOString(),
    firstAt: firstAt.toISOString(),
    lastAt: lastAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    isExact,
  }))
}

interface SilenceRow {
  readonly since: Date
  readonly firstAt: Date
  readonly lastAt: Date
  readonly endedAt: Date | null
  readonly count: number
  readonly stakeCents: string
}

import { lagSlotOf } from '@desk/shared/webhooks/lag-slots'
import { sql } from 'kysely'
import type { Trx } from '../database.ts'

export const BUCKET_MS = 5 * 60_000
/** Refused ones are counted where they are kept, for as long as some may still be written there. */
const REFUSED_AGAIN_MS = 2 * BUCKET_MS

/** Adds what arrived to the counts of its five minutes. Whoever calls adds every delivery once. */
export async function addArrivals(
  trx: Trx,
  arrived: readonly { readonly receivedAt: Date; readonly verdict: string }[],
): Promise<void> {
  const counts = counted(arrived, ({ receivedAt, verdict }) => ({
    startsAt: bucketOf(receivedAt),
    verdict,
  }))
  await sql`
    insert into webhook_arrivals (starts_at, verdict, arrivals)
    select * from unnest(
      ${counts.map(({ of }) => of.startsAt)}::timestamptz[],
      ${counts.map(({ of }) => of.verdict)}::text[],
      ${counts.map(({ count }) => count)}::integer[]
    )
    on conflict (starts_at, verdict)
      do update set arrivals = webhook_arrivals.arrivals + excluded.arrivals`.execute(trx)
}

/** How long something took, of a delivery that arrived at that time. */
export interface Lag {
  readonly kind: 'processing' | 'arrival'
  readonly receivedAt: Date
  readonly from: Date
  readonly to: Date
}

/**
 * Adds how long something took to the counts of the five minutes in which the delivery arrived. Whoever calls
 * adds each once, last in its transaction: others wait for these rows, and take them in the same order.
 */
export async function addLags(trx: Trx, lags: readonly Lag[]): Promise<void> {
  if (lags.length === 0) return
  const counts = counted(lags, ({ kind, receivedAt, from, to }) => ({
    startsAt: bucketOf(receivedAt),
    kind,
    slot: lagSlotOf(to.getTime() - from.getTime()),
  }))
  await sql`
    insert into webhook_lag (starts_at, kind, slot, deliveries)
    select * from unnest(
      ${counts.map(({ of }) => of.startsAt)}::timestamptz[],
      ${counts.map(({ of }) => of.kind)}::text[],
      ${counts.map(({ of }) => of.slot)}::smallint[],
      ${counts.map(({ count }) => count)}::integer[]
    )
    order by 1, 2, 3
    on conflict (starts_at, kind, slot)
      do update set deliveries = webhook_lag.deliveries + excluded.deliveries`.execute(trx)
}

/**
 * Takes over how many were refused lately, under `refused:` and their verdict. The quarantine forgets, so a
 * count never goes down.
 */
export async function countRefused(trx: Trx, now: Date): Promise<void> {
  const from = bucketOf(new Date(now.getTime() - REFUSED_AGAIN_MS))
  await sql`
    insert into webhook_arrivals (starts_at, verdict, arrivals)
    select date_bin(interval '5 minutes', received_at, timestamptz 'epoch'),
      'refused:' || verdict, count(*)
    from webhook_quarantine
    where received_at >= coalesce((
      select least(${from}::timestamptz, counted_to - interval '10 minutes')
      from webhook_digest_progress where counted_to is not null
    ), '-infinity')
    group by 1, 2
    on conflict (starts_at, verdict) do update set arrivals = excluded.arrivals
      where webhook_arrivals.arrivals < excluded.arrivals`.execute(trx)
}

/** Says that all that came before this moment is counted. */
export async function moveCountedTo(trx: Trx, now: Date): Promise<void> {
  await trx.updateTable('webhook_digest_progress').set({ counted_to: now }).execute()
}

function counted<T, Of extends { readonly startsAt: Date }>(
  all: readonly T[],
  of: (one: T) => Of,
): readonly { readonly of: Of; readonly count: number }[] {
  const groups = new Map<string, { of: Of; count: number }>()
  for (const one of all) {
    const key = of(one)
    const name = JSON.stringify(key)
    const group = groups.get(name)
    if (group) group.count++
    else groups.set(name, { of: key, count: 1 })
  }
  return [...groups.values()]
}

function bucketOf(at: Date): Date {
  return new Date(at.getTime() - (at.getTime() % BUCKET_MS))
}

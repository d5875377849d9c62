import { sql } from 'kysely'
import type { Db } from '../database.ts'
import { within } from './apply-shares.queries.ts'
import { readRule } from './business-day-rules.queries.ts'

export interface RollupsVerdict {
  readonly ok: boolean
  readonly text: string
}

/**
 * Adds all payments up anew, each by the bounds of the days themselves instead of its share, and compares
 * every bucket. One moment: Desk may go on counting. Payments that changed in the last seconds and wait to
 * be counted are told apart from faults.
 */
export async function verifyRollups(db: Db): Promise<RollupsVerdict> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const rule = await readRule(trx, 'active')
      if (!rule) return { ok: false, text: 'no rollups yet: they are being built.' }
      const { rows } = await sql<Difference>`
        with waiting as (
          select distinct payment_id from payment_share_due
        ), counted as (
          select bucket.basis, bucket_day.day, token, network, status, type, 1 as payments, gross_cents,
            merchant_fee_cents, swap_fee_cents, convenience_fee_cents, net_cents, received_cents,
            slippage_cents, is_underpaid::int as underpaid, is_overpaid::int as overpaid, is_late::int as late
          from payment_measure as measure
          cross join lateral (values ('created', created_at), ('settled', settled_at)) as bucket (basis, instant)
          join business_day as bucket_day on bucket_day.rule_id = ${rule.id}
            and bucket_day.starts_at <= ${within(sql`bucket.instant`)} and ${within(sql`bucket.instant`)} < bucket_day.ends_at
          where not exists (select from waiting where waiting.payment_id = measure.payment_id)
          union all
          select bucket.basis, bucket.day, token, network, status, type, 1, gross_cents,
            merchant_fee_cents, swap_fee_cents, convenience_fee_cents, net_cents, received_cents,
            slippage_cents, is_underpaid::int, is_overpaid::int, is_late::int
          from payment_share
          cross join lateral (values ('created', created_day), ('settled', settled_day)) as bucket (basis, day)
          where rule_id = ${rule.id} and bucket.day is not null
            and exists (select from waiting where waiting.payment_id = payment_share.payment_id)
          union all
          select basis, day, token, network, status, type, -payments, -gross_cents, -merchant_fee_cents,
            -swap_fee_cents, -convenience_fee_cents, -net_cents, -received_cents, -slippage_cents,
            -underpaid, -overpaid, -late
          from payment_rollup where rule_id = ${rule.id}
        )
        select basis, day::text as day, token, network, status, type, sum(payments)::bigint as payments,
          sum(gross_cents)::bigint as "grossCents", count(*) over () as differing
        from counted
        group by basis, day, token, network, status, type
        having sum(payments) <> 0 or sum(gross_cents) <> 0 or sum(merchant_fee_cents) <> 0
          or sum(swap_fee_cents) <> 0 or sum(convenience_fee_cents) <> 0 or sum(net_cents) <> 0
          or sum(received_cents) <> 0 or sum(slippage_cents) <> 0 or sum(underpaid) <> 0
          or sum(overpaid) <> 0 or sum(late) <> 0
        order by basis, day, token, network, status, type
        limit ${namedMax}
      `.execute(trx)
      const [first] = rows
      if (!first) {
        const { buckets } = await trx
          .selectFrom('payment_rollup')
          .select((eb) => eb.fn.countAll<number>().as('buckets'))
          .where('rule_id', '=', rule.id)
          .executeTakeFirstOrThrow()
        return { ok: true, text: `${buckets} sums are what the payments add up to.` }
      }
      const named = rows.map(inWords).join('; ')
      const others = first.differing > namedMax ? `, and ${first.differing - namedMax} more` : ''
      return { ok: false, text: `not what the payments add up to: ${named}${others}` }
    })
}

const namedMax = 5

interface Difference {
  readonly basis: string
  readonly day: string
  readonly token: string
  readonly network: string
  readonly status: string
  readonly type: string
  readonly payments: number
  readonly grossCents: number
  readonly differing: number
}

function inWords({ basis, day, token, network, status, payments, grossCents }: Difference): string {
  const bucket = [token, network, status].filter((word) => word !== '').join(' ')
  return `${basis} ${day} ${bucket} (${payments} payments and ${grossCents} cents too few)`
}

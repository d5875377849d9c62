import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { SettlementSums } from '@desk/shared/settlements/settlement-days'
import type { Db, Trx } from '../database.ts'
import { readRule } from './business-day-rules.queries.ts'
import { readContent } from './read-content.ts'
import type { RollupsVerdict } from './verify-rollups.ts'

/**
 * Holds every closed month against its hash, and what it was closed with together with all adjustments
 * against what its payments count for now. One moment: Desk may go on.
 */
export async function verifyMonths(db: Db): Promise<RollupsVerdict> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const closes = await trx
        .selectFrom('settlement_close')
        .select(['id', 'month', 'content', 'sha256', 'reopened_at as reopenedAt'])
        .orderBy('id')
        .execute()
      const rule = await readRule(trx, 'active')
      for (const { id, month, content, sha256, reopenedAt } of closes) {
        if (createHash('sha256').update(content).digest('hex') !== sha256) {
          return { ok: false, text: `${month} is not what it was closed with.` }
        }
        if (reopenedAt !== null || !rule) continue
        const { totals } = readContent(content)
        const [moved, now] = [await movedSince(trx, id), await sumsNow(trx, id, rule.id)]
        const differing = fields.find((field) => totals[field] + moved[field] !== now[field])
        if (differing !== undefined) {
          const text = `${month}: what it was closed with and its adjustments are not what its payments count for (${differing}).`
          return { ok: false, text }
        }
      }
      const count = closes.length
      const text = `${count} ${count === 1 ? 'closing of a month holds' : 'closings of months hold'} and what changed since adds up.`
      return { ok: true, text }
    })
}

const fields = [
  'payments',
  'grossCents',
  'merchantFeeCents',
  'swapFeeCents',
  'convenienceFeeCents',
  'netCents',
] as const satisfies readonly (keyof SettlementSums)[]
type Sums = Readonly<Record<(typeof fields)[number], number>>

async function movedSince(trx: Trx, closeId: number): Promise<Sums> {
  const { rows } = await sql<Sums>`
    select coalesce(sum((after_day is not null)::int - (before_day is not null)::int), 0)::bigint as payments,
      coalesce(sum(after_gross_cents - before_gross_cents), 0)::bigint as "grossCents",
      coalesce(sum(after_merchant_fee_cents - before_merchant_fee_cents), 0)::bigint as "merchantFeeCents",
      coalesce(sum(after_swap_fee_cents - before_swap_fee_cents), 0)::bigint as "swapFeeCents",
      coalesce(sum(after_convenience_fee_cents - before_convenience_fee_cents), 0)::bigint
        as "convenienceFeeCents",
      coalesce(sum(after_net_cents - before_net_cents), 0)::bigint as "netCents"
    from settlement_adjustment where close_id = ${closeId}
  `.execute(trx)
  return theOnly(rows)
}

async function sumsNow(trx: Trx, closeId: number, ruleId: number): Promise<Sums> {
  const { rows } = await sql<Sums>`
    select count(share.payment_id)::bigint as payments,
      coalesce(sum(gross_cents), 0)::bigint as "grossCents",
      coalesce(sum(merchant_fee_cents), 0)::bigint as "merchantFeeCents",
      coalesce(sum(swap_fee_cents), 0)::bigint as "swapFeeCents",
      coalesce(sum(convenience_fee_cents), 0)::bigint as "convenienceFeeCents",
      coalesce(sum(net_cents), 0)::bigint as "netCents"
    from settlement_close as closed
    left join payment_share as share on share.rule_id = ${ruleId}
      and share.settled_at >= closed.starts_at and share.settled_at < closed.ends_at
    where closed.id = ${closeId}
  `.execute(trx)
  return theOnly(rows)
}

function theOnly(rows: readonly Sums[]): Sums {
  const [row] = rows
  if (!row) throw new Error('Sums always have a row.')
  return row
}

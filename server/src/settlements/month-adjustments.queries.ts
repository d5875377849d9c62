import { sql } from 'kysely'
import type { MonthAdjustment, MonthAdjustments } from '@desk/shared/settlements/settlement-month'
import type { MonthAdjustmentsInput } from '@desk/shared/settlements/settlement-input'
import type { Db } from '../database.ts'
import { toAmountCents } from './amount.ts'

const PAGE_SIZE = 50

/** Changes to payments of a closed month since it was closed, the last one first, by keyset. */
export async function readAdjustments(
  db: Db,
  { closeId, cursor }: MonthAdjustmentsInput,
): Promise<MonthAdjustments> {
  let query = adjustmentRows(db, closeId)
    .orderBy('told.id', 'desc')
    .limit(PAGE_SIZE + 1)
  if (cursor != null) query = query.where('told.id', '<', cursor)
  const found = (await query.execute()).map(adjustmentOf)
  const page = found.slice(0, PAGE_SIZE)
  return {
    adjustments: page,
    cursor: found.length > PAGE_SIZE ? (page.at(-1)?.id ?? null) : null,
  }
}

/** Every one of them, the first one first. */
export async function allAdjustments(db: Db, closeId: number): Promise<MonthAdjustment[]> {
  const rows = await adjustmentRows(db, closeId).orderBy('told.id').execute()
  return rows.map(adjustmentOf)
}

function adjustmentRows(db: Db, closeId: number) {
  return db
    .selectFrom('settlement_adjustment as told')
    .leftJoin('payment', 'payment.id', 'told.payment_id')
    .selectAll('told')
    .select([
      'payment.order_id as orderId',
      sql<string | null>`told.before_day::text`.as('beforeDay'),
      sql<string | null>`told.after_day::text`.as('afterDay'),
    ])
    .where('told.close_id', '=', closeId)
}

type AdjustmentRow = Awaited<ReturnType<ReturnType<typeof adjustmentRows>['execute']>>[number]

function adjustmentOf(row: AdjustmentRow): MonthAdjustment {
  return {
    id: row.id,
    paymentId: row.payment_id,
    orderId: row.orderId,
    at: row.at.toISOString(),
    before: {
      day: row.beforeDay,
      grossCents: toAmountCents(row.before_gross_cents),
      merchantFeeCents: toAmountCents(row.before_merchant_fee_cents),
      swapFeeCents: toAmountCents(row.before_swap_fee_cents),
      convenienceFeeCents: toAmountCents(row.before_convenience_fee_cents),
      netCents: toAmountCents(row.before_net_cents),
    },
    after: {
      day: row.afterDay,
      grossCents: toAmountCents(row.after_gross_cents),
      merchantFeeCents: toAmountCents(row.after_merchant_fee_cents),
      swapFeeCents: toAmountCents(row.after_swap_fee_cents),
      convenienceFeeCents: toAmountCents(row.after_convenience_fee_cents),
      netCents: toAmountCents(row.after_net_cents),
    },
  }
}

import { sql } from 'kysely'
import * as z from 'zod'
import type { SettledPaymentPage } from '@desk/shared/settlements/settlement-days'
import type { SettledPaymentsInput } from '@desk/shared/settlements/settlement-input'
import type { Db } from '../database.ts'
import { openCursor, sealCursor } from '../kernel/checked-cursor.ts'
import { Refusal } from '../kernel/refusal.ts'
import { toAmountCents } from './amount.ts'
import { boundsOfDay } from './business-day-bounds.ts'
import { readRule } from './business-day-rules.queries.ts'

const PAGE_SIZE = 50

/** Payments that count on a day, the last completed first, by keyset. Refuses with `cursor_invalid`. */
export async function readSettledPayments(
  db: Db,
  { day, cursor }: SettledPaymentsInput,
): Promise<SettledPaymentPage> {
  const after = cursor == null ? null : positionIn(cursor, day)
  const rule = await readRule(db, 'active')
  if (!rule) return { payments: [], cursor: null }
  const { startsAt, endsAt } = boundsOfDay(rule, day)
  let query = db
    .selectFrom('payment_share as share')
    .innerJoin('payment', 'payment.id', 'share.payment_id')
    .select([
      'share.payment_id as id',
      'payment.order_id as orderId',
      'share.settled_at as settledAt',
      sql<string>`share.settled_at::text`.as('settledText'),
      sql<string>`share.created_day::text`.as('createdDay'),
      'share.token',
      'share.network',
      'share.gross_cents as grossCents',
      sql<string>`share.merchant_fee_cents + share.swap_fee_cents`.as('feeCents'),
      'share.net_cents as netCents',
    ])
    .where('share.rule_id', '=', rule.id)
    .where('share.settled_at', '>=', new Date(startsAt))
    .where('share.settled_at', '<', new Date(endsAt))
    .orderBy('share.settled_at', 'desc')
    .orderBy('share.payment_id', 'desc')
    .limit(PAGE_SIZE + 1)
  if (after !== null) {
    query = query.where(
      sql<boolean>`(share.settled_at, share.payment_id) < (${after.at}::timestamptz, ${after.id})`,
    )
  }
  const found = await query.execute()
  const page = found.slice(0, PAGE_SIZE)
  const last = page.at(-1)
  return {
    payments: page.map(({ settledText: _text, settledAt, ...row }) => ({
      ...row,
      settledAt: (settledAt ?? new Date(startsAt)).toISOString(),
      grossCents: toAmountCents(row.grossCents),
      feeCents: toAmountCents(row.feeCents),
      netCents: toAmountCents(row.netCents),
    })),
    cursor:
      found.length > PAGE_SIZE && last !== undefined
        ? sealCursor(JSON.stringify({ at: last.settledText, id: last.id }), { day })
        : null,
  }
}

const position = z.object({ at: z.string(), id: z.string() })

function positionIn(cursor: string, day: string): z.infer<typeof position> {
  const opened = openCursor(cursor, { day })
  if (opened !== null) return position.parse(JSON.parse(opened))
  throw new Refusal('invalid', 'cursor_invalid', 'This page is of another question. Start again.')
}

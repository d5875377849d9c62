import { sql } from 'kysely'
import * as z from 'zod'
import { isAmountCents } from '@desk/shared/money/amount-cents'
import type { UnrequestedPageInput } from '@desk/shared/withdrawals/request-input-schema'
import type { UnrequestedRow } from '@desk/shared/withdrawals/unrequested-view'
import type { Db } from '../database.ts'
import { openCursor, sealCursor } from '../kernel/checked-cursor.ts'
import { Refusal } from '../kernel/refusal.ts'

const PAGE_SIZE = 50
const position = z.object({ at: z.iso.datetime(), id: z.string() })

/** SpacePay's withdrawals that no request here stands for, the newest first, by keyset. Refuses with `cursor_invalid`. */
export async function readUnrequested(
  db: Db,
  { cursor, ...query }: UnrequestedPageInput,
): Promise<{ readonly rows: readonly UnrequestedRow[]; readonly nextCursor: string | null }> {
  const words = query.q?.trim() ?? ''
  let rows = db
    .selectFrom('withdrawal')
    .select([
      'id',
      'status',
      'amount_cents',
      'currency',
      'network',
      'recipient_address as address',
      'order_id as orderId',
      'tx_hash as txHash',
      'error_message as errorMessage',
      'created_at',
      'updated_at',
      sql<boolean>`created_at >= (select proposed_at from withdrawal_policy where version = 1)`.as(
        'isSinceDesk',
      ),
      sql<boolean>`created_at >= greatest(now() - interval '24 hours',
        (select proposed_at from withdrawal_policy where version = 1))`.as('isRecent'),
    ])
    .where(isUnrequested)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(PAGE_SIZE + 1)
  if (words !== '') {
    const start = `${words.toLowerCase().replace(/[\\%_]/g, String.raw`\$&`)}%`
    rows = rows.where(
      sql<boolean>`(id in (${words}, ${words.toLowerCase()}) or lower(order_id) like ${start} or tx_hash = ${words}
        or recipient_address in (${words}, ${words.toLowerCase()}))`,
    )
  }
  if (cursor != null) {
    const text = openCursor(cursor, query)
    if (text === null) {
      throw new Refusal('invalid', 'cursor_invalid', 'This page is of another list. Begin anew.')
    }
    const after = position.parse(JSON.parse(text))
    rows = rows.where(sql<boolean>`(created_at, id) < (${after.at}::timestamptz, ${after.id})`)
  }
  const found = await rows.execute()
  const page = found.slice(0, PAGE_SIZE)
  const last = page.at(-1)
  return {
    rows: page.map(({ amount_cents: cents, created_at: made, updated_at: updated, ...row }) => ({
      ...row,
      amountCents: cents !== null && isAmountCents(cents) ? cents : null,
      createdAt: made.toISOString(),
      updatedAt: updated.toISOString(),
    })),
    nextCursor:
      found.length > PAGE_SIZE && last !== undefined
        ? sealCursor(JSON.stringify({ at: last.created_at.toISOString(), id: last.id }), query)
        : null,
  }
}

/** Neither taken by a request nor carrying the order id of one, which is about to take it. */
const isUnrequested = sql<boolean>`(
  not exists (select from withdrawal_request where withdrawal_id = withdrawal.id)
  and not exists (select from withdrawal_request where order_id = withdrawal.order_id))`

import { type Selectable, sql } from 'kysely'
import { type AmountCents, amountCents } from '@desk/shared/money/amount-cents'
import { type PaymentFlag, paymentFlags } from '@desk/shared/payments/derived-facts'
import { paymentId } from '@desk/shared/payments/payment'
import type { PaymentListItem } from '@desk/shared/payments/payment-list'
import type { Database } from '../database-schema.ts'

/** Microseconds since 1970: a Date would cut what Postgres sorts by, and pages would skip rows. */
export const createdMicros = sql<number>`(extract(epoch from created_at) * 1000000)::bigint`

export const listColumns = [
  'id',
  'order_id',
  'type',
  'status',
  'amount_cents',
  'currency',
  'net_cents',
  'token_symbol',
  'token_decimals',
  'received_base_units',
  'network',
  'deposit_address',
  'tx_hash',
  'flags',
  'created_at',
  'updated_at',
] as const

export type ListRow = Pick<Selectable<Database['payment']>, (typeof listColumns)[number]>

/** The one place where a row of the mirror becomes what the browser reads. */
export function toListItem(row: ListRow): PaymentListItem {
  return {
    id: paymentId.parse(row.id),
    orderId: row.order_id,
    type: row.type,
    status: row.status,
    amountCents: toCents(row.amount_cents),
    currency: row.currency,
    netCents: toCents(row.net_cents),
    tokenSymbol: row.token_symbol,
    tokenDecimals: row.token_decimals,
    receivedBaseUnits: row.received_base_units,
    network: row.network,
    depositAddress: row.deposit_address,
    txHash: row.tx_hash,
    flags: row.flags.filter(isFlag),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}

export function toCents(value: number | null): AmountCents | null {
  return value === null ? null : amountCents.parse(value)
}

const flags: ReadonlySet<string> = new Set(paymentFlags)

function isFlag(word: string): word is PaymentFlag {
  return flags.has(word)
}

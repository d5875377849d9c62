import { type Selectable, sql } from 'kysely'
import type { AmountCents } from '@desk/shared/money/amount-cents'
import { amountCents } from '@desk/shared/money/amount-cents-schema'
import { type PaymentFlag, paymentFlags } from '@desk/shared/payments/derived-facts'
import { paymentId } from '@desk/shared/payments/payment'
import type { PaymentListItem } from '@desk/shared/payments/payment-list'
import type { Database } from '../database-schema.ts'

const plainColumns = [
  'id',
  'order_id',
  'type',
  'status',
  'amount_cents',
  'currency',
  'net_cents',
  'merchant_fee_cents',
  'swap_fee_cents',
  'token_symbol',
  'token_decimals',
  'received_base_units',
  'network',
  'deposit_address',
  'tx_hash',
  'sender_address',
  'flags',
] as const

/**
 * What a row of the list is made of. Instants come as text: a Date would cut the microseconds that
 * Postgres sorts by, and pages would skip rows; making two hundred of them also costs more than the query.
 */
export const listColumns = [
  ...plainColumns,
  sql<string>`(created_at at time zone 'UTC')::text`.as('created_utc'),
  sql<string>`(updated_at at time zone 'UTC')::text`.as('updated_utc'),
] as const

export interface ListRow extends Pick<
  Selectable<Database['payment']>,
  (typeof plainColumns)[number]
> {
  readonly created_utc: string
  readonly updated_utc: string
}

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
    merchantFeeCents: toCents(row.merchant_fee_cents),
    swapFeeCents: toCents(row.swap_fee_cents),
    tokenSymbol: row.token_symbol,
    tokenDecimals: row.token_decimals,
    receivedBaseUnits: row.received_base_units,
    network: row.network,
    depositAddress: row.deposit_address,
    txHash: row.tx_hash,
    senderAddress: row.sender_address,
    flags: row.flags.filter(isFlag),
    createdAt: isoOf(row.created_utc),
    updatedAt: isoOf(row.updated_utc),
  }
}

/** `2026-11-22 12:00:00.1234` → `2026-11-22T12:00:00.123Z`. */
function isoOf(utc: string): string {
  return `${utc.slice(0, 10)}T${utc.slice(11, 19)}.${utc.slice(20, 23).padEnd(3, '0')}Z`
}

/** Microseconds since 1970. */
export function microsOf(utc: string): number {
  return Date.parse(isoOf(utc)) * 1_000 + Number(utc.slice(23).padEnd(3, '0'))
}

export function toCents(value: number | null): AmountCents | null {
  return value === null ? null : amountCents.parse(value)
}

const flags: ReadonlySet<string> = new Set(paymentFlags)

function isFlag(word: string): word is PaymentFlag {
  return flags.has(word)
}

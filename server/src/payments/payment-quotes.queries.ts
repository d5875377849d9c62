import type { Selectable } from 'kysely'
import type { PaymentId } from '@desk/shared/payments/payment'
import type { QuoteSnapshot, ReceiptSnapshot } from '@desk/shared/payments/payment-snapshot'
import type { Trx } from '../database.ts'
import type { Database } from '../database-schema.ts'
import { toCents } from './payment-row.ts'

const QUOTES_MAX = 200

const quoteColumns = [
  'id',
  'token_symbol',
  'token_id',
  'contract_address',
  'token_decimals',
  'token_is_native',
  'network',
  'deposit_address',
  'expected_base_units',
  'rate',
  'amount_due_cents',
  'status',
  'expires_at',
  'created_at',
] as const

/** Newest first; those without a time last. */
export async function findQuotes(trx: Trx, paymentId: PaymentId): Promise<QuoteSnapshot[]> {
  const rows = await trx
    .selectFrom('quote')
    .select(quoteColumns)
    .where('payment_id', '=', paymentId)
    .orderBy('created_at', (order) => order.desc().nullsLast())
    .orderBy('id', 'desc')
    .limit(QUOTES_MAX)
    .execute()
  return rows.map(toQuote)
}

const receiptColumns = [
  'tx_hash',
  'block_number',
  'transaction_at',
  'sender_address',
  'token_symbol',
  'token_decimals',
  'network',
  'quote_id',
  'received_base_units',
  'received_usd',
  'confirmations',
  'required_confirmations',
  'risk_score',
  'risk_severity',
  'risk_provider',
  'completed_at',
] as const

/** The receipt names its token only by symbol; contract and nature come from the quote it settled. */
export async function findReceipt(
  trx: Trx,
  paymentId: PaymentId,
  quotes: readonly QuoteSnapshot[],
): Promise<ReceiptSnapshot | null> {
  const row = await trx
    .selectFrom('receipt')
    .select(receiptColumns)
    .where('payment_id', '=', paymentId)
    .executeTakeFirst()
  return row ? toReceipt(row, quotes) : null
}

type QuoteRow = Pick<Selectable<Database['quote']>, (typeof quoteColumns)[number]>
type ReceiptRow = Pick<Selectable<Database['receipt']>, (typeof receiptColumns)[number]>

function toQuote(row: QuoteRow): QuoteSnapshot {
  return {
    id: row.id,
    token: {
      id: row.token_id,
      symbol: row.token_symbol,
      contractAddress: row.contract_address,
      decimals: row.token_decimals,
      isNative: row.token_is_native,
    },
    network: row.network,
    depositAddress: row.deposit_address,
    expectedBaseUnits: row.expected_base_units,
    rate: row.rate,
    amountDueCents: toCents(row.amount_due_cents),
    status: row.status,
    expiresAt: row.expires_at?.toISOString() ?? null,
    createdAt: row.created_at?.toISOString() ?? null,
  }
}

function toReceipt(row: ReceiptRow, quotes: readonly QuoteSnapshot[]): ReceiptSnapshot {
  return {
    txHash: row.tx_hash,
    blockNumber: row.block_number,
    transactionAt: row.transaction_at?.toISOString() ?? null,
    senderAddress: row.sender_address,
    token: tokenOf(row, quotes),
    network: row.network,
    quoteId: row.quote_id,
    receivedBaseUnits: row.received_base_units,
    receivedUsd: row.received_usd,
    confirmations: row.confirmations,
    requiredConfirmations: row.required_confirmations,
    riskScore: row.risk_score,
    riskSeverity: row.risk_severity,
    riskProvider: row.risk_provider,
    completedAt: row.completed_at?.toISOString() ?? null,
  }
}

function tokenOf(row: ReceiptRow, quotes: readonly QuoteSnapshot[]): ReceiptSnapshot['token'] {
  if (row.token_symbol === null) return null
  const settled = quotes.find(
    ({ id, token }) => id === row.quote_id && token.symbol === row.token_symbol,
  )
  return {
    id: settled?.token.id ?? null,
    symbol: row.token_symbol,
    contractAddress: settled?.token.contractAddress ?? null,
    decimals: row.token_decimals ?? settled?.token.decimals ?? null,
    isNative: settled?.token.isNative ?? false,
  }
}

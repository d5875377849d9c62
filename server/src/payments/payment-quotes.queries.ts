import { sql } from 'kysely'
import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/postgres'
import type { QuoteSnapshot, ReceiptSnapshot } from '@desk/shared/payments/payment-snapshot'
import { type NestedRow, toInstantOrNull } from './nested-row.ts'
import type { PaymentExpressions } from './payment-matching.ts'
import { toCents } from './payment-row.ts'

const QUOTES_MAX = 200

/** Newest first; those without a time last. */
export function quotesOf(eb: PaymentExpressions) {
  return jsonArrayFrom(
    eb
      .selectFrom('quote')
      .select([
        'quote.id',
        'quote.token_symbol',
        'quote.token_id',
        'quote.contract_address',
        'quote.token_decimals',
        'quote.token_is_native',
        'quote.network',
        'quote.deposit_address',
        digits('quote.expected_base_units').as('expected_base_units'),
        digits('quote.rate').as('rate'),
        'quote.amount_due_cents',
        'quote.status',
        'quote.expires_at',
        'quote.created_at',
      ])
      .whereRef('quote.payment_id', '=', 'payment.id')
      .orderBy('quote.created_at', (order) => order.desc().nullsLast())
      .orderBy('quote.id', 'desc')
      .limit(QUOTES_MAX),
  )
}

export function receiptOf(eb: PaymentExpressions) {
  return jsonObjectFrom(
    eb
      .selectFrom('receipt')
      .select([
        'receipt.tx_hash',
        digits('receipt.block_number').as('block_number'),
        'receipt.transaction_at',
        'receipt.sender_address',
        'receipt.token_symbol',
        'receipt.token_decimals',
        'receipt.network',
        'receipt.quote_id',
        digits('receipt.received_base_units').as('received_base_units'),
        digits('receipt.received_usd').as('received_usd'),
        'receipt.confirmations',
        'receipt.required_confirmations',
        'receipt.risk_score',
        'receipt.risk_severity',
        'receipt.risk_provider',
        'receipt.completed_at',
      ])
      .whereRef('receipt.payment_id', '=', 'payment.id'),
  )
}

/** As text: a JSON number of 78 digits would lose most of them on the way. */
function digits(column: string) {
  return sql<string | null>`${sql.ref(column)}::text`
}

export function toQuote(row: NestedRow<typeof quotesOf>): QuoteSnapshot {
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
    expiresAt: toInstantOrNull(row.expires_at),
    createdAt: toInstantOrNull(row.created_at),
  }
}

type ReceiptRow = NestedRow<typeof receiptOf>

/** The receipt names its token only by symbol; contract and nature come from the quote it settled. */
export function toReceipt(row: ReceiptRow, quotes: readonly QuoteSnapshot[]): ReceiptSnapshot {
  return {
    txHash: row.tx_hash,
    blockNumber: row.block_number,
    transactionAt: toInstantOrNull(row.transaction_at),
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
    completedAt: toInstantOrNull(row.completed_at),
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

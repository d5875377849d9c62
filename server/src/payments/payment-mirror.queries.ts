import type { QuoteSnapshot, ReceiptSnapshot } from '@desk/shared/payments/payment-snapshot'
import { sql, type Insertable } from 'kysely'
import type { Database } from '../database-schema.ts'
import type { Trx } from '../database.ts'
import { indexableText, storableText } from '../kernel/storable-text.ts'
import type { MirroredPayment } from './project-payment.ts'
import { storableCount, storableInstant, storableInteger } from '../kernel/storable-value.ts'
import { upsertRows } from './upsert-rows.ts'

/**
 * Until the transaction ends nobody else changes the mirror of these payments, whether they have a
 * row yet or not. Taken in the order of the lock keys, so that two batches never wait for each other.
 */
export async function lockPayments(trx: Trx, paymentIds: readonly string[]): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(key)
    from (
      select hashtextextended(id, ${lockSpace}) as key
      from unnest(${paymentIds.map(storableText)}::text[]) as id
      order by key
      offset 0
    ) as keys`.execute(trx)
}

/** Sets these locks apart from other uses of advisory locks. */
const lockSpace = 1_886_413_165

/**
 * Writes payment, quote and receipt rows, one statement each, and says which payments are new.
 * Quotes are only added or changed, since what was once offered stays known; a receipt that the
 * API took back goes. The payments must be locked.
 */
export async function writeMirror(
  trx: Trx,
  payments: readonly MirroredPayment[],
): Promise<readonly { readonly id: string; readonly isNew: boolean }[]> {
  const written = await upsertRows(trx, 'payment', payments.map(paymentRow))
  const quotes = payments.flatMap(({ id, quotes }) => quotes.map((quote) => quoteRow(id, quote)))
  await upsertRows(trx, 'quote', quotes)
  const receipts = payments.flatMap(({ id, receipt }) => (receipt ? [receiptRow(id, receipt)] : []))
  await upsertRows(trx, 'receipt', receipts)
  const unsettled = payments.filter(({ receipt }) => receipt === null).map(({ id }) => id)
  if (unsettled.length > 0) {
    await sql`delete from receipt where payment_id = any(${unsettled.map(storableText)}::text[])`.execute(
      trx,
    )
  }
  return written
}

/** The payment's own row. Instants are ISO 8601 UTC. */
export function paymentRow(payment: MirroredPayment): Insertable<Database['payment']> {
  const { receipt } = payment
  return {
    id: storableText(payment.id),
    merchant_id: orNull(storableText, payment.merchantId),
    type: storableText(payment.type),
    status: indexableText(payment.status),
    amount_cents: payment.amountCents,
    amount_due_cents: payment.amountDueCents,
    convenience_fee_cents: payment.convenienceFeeCents,
    merchant_fee_cents: payment.merchantFeeCents,
    swap_fee_cents: payment.swapFeeCents,
    net_cents: payment.netCents,
    currency: storableText(payment.currency),
    order_id: orNull(indexableText, payment.orderId),
    redirect_url: orNull(storableText, payment.redirectUrl),
    custom_metadata: orNull(storableText, payment.customMetadata),
    deposit_address: orNull(indexableText, payment.depositAddress),
    token_symbol: orNull(indexableText, payment.tokenSymbol),
    token_decimals: payment.tokenDecimals,
    network: orNull(indexableText, payment.network),
    received_base_units: receipt?.receivedBaseUnits ?? null,
    tx_hash: orNull(indexableText, receipt?.txHash ?? null),
    sender_address: orNull(indexableText, receipt?.senderAddress ?? null),
    flags: [...payment.flags],
    search_text: storableText(payment.searchText),
    created_at: storableInstant(payment.createdAt) ?? payment.updatedAt,
    updated_at: payment.updatedAt,
    api_read_at: payment.apiReadAt,
    observation_id: payment.observationId,
  }
}

/** The row of one of its quotes. */
export function quoteRow(paymentId: string, quote: QuoteSnapshot): Insertable<Database['quote']> {
  const { token } = quote
  return {
    payment_id: storableText(paymentId),
    id: indexableText(quote.id),
    token_symbol: storableText(token.symbol),
    token_id: orNull(storableText, token.id),
    contract_address: orNull(storableText, token.contractAddress),
    token_decimals: token.decimals,
    token_is_native: token.isNative,
    network: orNull(storableText, quote.network),
    deposit_address: orNull(storableText, quote.depositAddress),
    expected_base_units: quote.expectedBaseUnits,
    rate: quote.rate,
    amount_due_cents: quote.amountDueCents,
    status: storableText(quote.status),
    expires_at: storableInstant(quote.expiresAt),
    created_at: storableInstant(quote.createdAt),
  }
}

/** The row of its receipt. */
export function receiptRow(
  paymentId: string,
  receipt: ReceiptSnapshot,
): Insertable<Database['receipt']> {
  return {
    payment_id: storableText(paymentId),
    tx_hash: orNull(storableText, receipt.txHash),
    block_number: storableInteger(receipt.blockNumber),
    transaction_at: storableInstant(receipt.transactionAt),
    sender_address: orNull(storableText, receipt.senderAddress),
    token_symbol: orNull(storableText, receipt.token?.symbol ?? null),
    token_decimals: receipt.token?.decimals ?? null,
    network: orNull(storableText, receipt.network),
    quote_id: orNull(indexableText, receipt.quoteId),
    received_base_units: receipt.receivedBaseUnits,
    received_usd: receipt.receivedUsd,
    confirmations: storableCount(receipt.confirmations),
    required_confirmations: storableCount(receipt.requiredConfirmations),
    risk_score: storableCount(receipt.riskScore),
    risk_severity: orNull(storableText, receipt.riskSeverity),
    risk_provider: orNull(storableText, receipt.riskProvider),
    completed_at: storableInstant(receipt.completedAt),
  }
}

function orNull(hold: (text: string) => string, text: string | null): string | null {
  return text === null ? null : hold(text)
}

import { transactionFacts } from '../chain/transaction-facts.ts'
import { chainOf } from '../registry/chains.ts'
import { chainJson, tokenJson } from '../registry/serialise-registry.ts'
import { tokenOf } from '../registry/tokens.ts'
import { leadingQuote, type PaymentRecord } from './payment-record.ts'
import { dollarText, worthInCents } from './quote-amount.ts'
import { iso, type PaymentView, quoteJson } from './serialise-payment.ts'

/** The OpenAPI receipt and the five fields of the hand-written pages, in one object. */
export function receiptJson(payment: PaymentRecord, view: PaymentView) {
  const { transaction } = payment
  const quote = leadingQuote(payment)
  if (!transaction || !quote) return null
  const token = tokenOf(transaction)
  const chain = chainOf(token)
  const settledAt = iso(payment.settledAt ?? transaction.confirmedAt)
  const price = { rateE8: quote.rateE8, decimals: token.decimals }
  const facts = transactionFacts(transaction.hash, token, transaction.minedAt)
  return {
    paymentId: payment.id,
    selectedQuote: quoteJson(payment, quote, view),
    settledToken: tokenJson(token, transaction.minedAt, view.profile),
    settledChain: chainJson(chain, view.profile),
    settledAmountAsset: transaction.amount,
    settledAmountUsd: dollarText(worthInCents(BigInt(transaction.amount), price)),
    txHash: transaction.hash,
    txBlockNumber: transaction.block,
    txTimestamp: iso(transaction.minedAt),
    txSenderAddress: transaction.sender,
    ...facts.cost,
    processedBy: 'webhook',
    ...facts.risk,
    createdAt: settledAt,
    transactionHash: transaction.hash,
    blockNumber: transaction.block,
    confirmations: chain.requiredConfirmations,
    requiredConfirmations: chain.requiredConfirmations,
    completedAt: settledAt,
  }
}

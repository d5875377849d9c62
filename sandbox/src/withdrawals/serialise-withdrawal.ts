import { transactionFacts } from '../chain/transaction-facts.ts'
import { dollarText, expectedAmount } from '../payments/quote-amount.ts'
import { chainOf, type Profile } from '../registry/chains.ts'
import { merchantOf } from '../registry/merchant.ts'
import { rateE8 } from '../registry/prices.ts'
import { chainIdJson, chainJson, tokenJson } from '../registry/serialise-registry.ts'
import { withdrawalTokenOf } from '../registry/tokens.ts'
import type { WithdrawalRecord } from './withdrawal-record.ts'

/** The withdrawal object, field by field in the published order. */
export function withdrawalJson(withdrawal: WithdrawalRecord, profile: Profile) {
  return {
    id: withdrawal.id,
    merchantId: withdrawal.merchantId,
    amountInCents: withdrawal.amountCents,
    chainId: chainIdJson(chainOf(withdrawal), profile),
    recipientAddress: withdrawal.recipientAddress,
    status: withdrawal.status,
    currency: 'USD',
    orderId: withdrawal.orderId,
    customMetadata: withdrawal.customMetadata,
    errorMessage: withdrawal.errorMessage,
    receipt: withdrawal.status === 'completed' ? receiptJson(withdrawal, profile) : null,
    createdAt: new Date(withdrawal.createdAt).toISOString(),
    updatedAt: new Date(withdrawal.updatedAt).toISOString(),
  }
}

function receiptJson(withdrawal: WithdrawalRecord, profile: Profile) {
  const { transaction } = withdrawal
  if (!transaction) return null
  const token = withdrawalTokenOf(withdrawal.chainId)
  const price = { rateE8: rateE8(token, transaction.minedAt), decimals: token.decimals }
  return {
    withdrawalId: withdrawal.id,
    settledToken: tokenJson(token, transaction.minedAt, profile),
    settledChain: chainJson(chainOf(token), profile),
    settledAmountAsset: expectedAmount(withdrawal.amountCents, price).toString(),
    settledAmountUsd: dollarText(withdrawal.amountCents),
    txHash: transaction.hash,
    txBlockNumber: transaction.block,
    txTimestamp: new Date(transaction.minedAt).toISOString(),
    txSenderAddress: merchantOf(withdrawal).payoutWallet,
    ...transactionFacts(transaction.hash, token, transaction.minedAt).cost,
    processedBy: 'cron',
    createdAt: new Date(withdrawal.updatedAt).toISOString(),
  }
}

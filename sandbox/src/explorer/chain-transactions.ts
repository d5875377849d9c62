import { depositAddressOn } from '../chain/deposit-address.ts'
import { expectedAmount } from '../payments/quote-amount.ts'
import type { PaymentRecord, TransactionRecord } from '../payments/payment-record.ts'
import { chainOf } from '../registry/chains.ts'
import { merchantOf } from '../registry/merchant.ts'
import { rateE8 } from '../registry/prices.ts'
import { type Token, tokenOf, withdrawalTokenOf } from '../registry/tokens.ts'
import type { WithdrawalRecord } from '../withdrawals/withdrawal-record.ts'
import type { World } from '../world.ts'

/** A transfer as the chain knows it: of payments and withdrawals it knows nothing. */
export interface ChainTransaction {
  readonly hash: string
  readonly chainId: number
  readonly token: Token
  readonly from: string
  readonly to: string
  /** Base units of `token`. */
  readonly amount: bigint
  readonly block: number
  readonly minedAt: number
  /** A reverted one moved nothing; a dropped one is in no block any more. */
  readonly fate: 'sent' | 'reverted' | 'dropped'
}

/**
 * The transactions of a network that fit, newest first, up to `max`. It looks through all of them: the
 * explorer is for people, one page at a time.
 */
export function transactionsOn(
  world: World,
  chainId: number,
  wanted: { readonly fits: (transaction: ChainTransaction) => boolean; readonly max: number },
): ChainTransaction[] {
  const isWanted = (transaction: ChainTransaction) =>
    transaction.chainId === chainId && wanted.fits(transaction)
  return [outgoing(world), incoming(world)]
    .flatMap((transactions) => transactions.filter(isWanted).take(wanted.max).toArray())
    .toSorted((a, b) => b.block - a.block)
    .slice(0, wanted.max)
}

function* outgoing(world: World): Generator<ChainTransaction> {
  for (const withdrawal of newestFirst(world.withdrawals.all())) {
    const transfer = transferOut(withdrawal)
    if (transfer) yield transfer
  }
}

function* incoming(world: World): Generator<ChainTransaction> {
  for (const payment of newestFirst(world.payments.all())) {
    if (payment.transaction) yield transferIn(payment, payment.transaction)
    for (const stray of payment.strays) yield transferIn(payment, stray)
  }
}

function* newestFirst<T>(items: readonly T[]): Generator<T> {
  for (let index = items.length - 1; index >= 0; index -= 1) {
    const item = items[index]
    if (item !== undefined) yield item
  }
}

function transferIn(payment: PaymentRecord, transaction: TransactionRecord): ChainTransaction {
  const token = tokenOf(transaction)
  return {
    hash: transaction.hash,
    chainId: token.chainId,
    token,
    from: transaction.sender,
    to: depositAddressOn(chainOf(token), payment.depositAddress),
    amount: BigInt(transaction.amount),
    block: transaction.block,
    minedAt: transaction.minedAt,
    fate: transaction.isDropped ? 'dropped' : transaction.isReverted ? 'reverted' : 'sent',
  }
}

function transferOut(withdrawal: WithdrawalRecord): ChainTransaction | null {
  const { transaction, chainId } = withdrawal
  if (!transaction) return null
  const token = withdrawalTokenOf(chainId)
  const price = { rateE8: rateE8(token, transaction.minedAt), decimals: token.decimals }
  return {
    hash: transaction.hash,
    chainId,
    token,
    from: merchantOf(withdrawal).payoutWallet,
    to: withdrawal.recipientAddress,
    amount: expectedAmount(withdrawal.amountCents, price),
    block: transaction.block,
    minedAt: transaction.minedAt,
    fate: withdrawal.status === 'failed' ? 'reverted' : 'sent',
  }
}

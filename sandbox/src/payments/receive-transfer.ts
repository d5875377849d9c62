import { findTokenAt } from '../registry/tokens.ts'
import type { World } from '../world.ts'
import { savePayment } from './advance-payment.ts'
import { leadingQuote, type TransactionRecord } from './payment-record.ts'

/** Money on a real chain that a wallet outside of the sandbox sent. Addresses are in lower case. */
export interface ReceivedTransfer {
  readonly hash: string
  readonly sender: string
  readonly to: string
  readonly contractAddress: string
  readonly amount: bigint
  readonly block: number
}

/**
 * Takes money to the payment whose address it reached: it pays a pending one that was quoted in that
 * token, is the late payment of an expired one, and a stray on any other. Other addresses are nobody's.
 */
export function receiveTransfer(world: World, chainId: number, transfer: ReceivedTransfer): void {
  const owners = world.payments.all().filter((one) => one.depositAddress === transfer.to)
  // A returning depositor's wallet belongs to several.
  const payment = owners.findLast(({ status }) => status === 'pending') ?? owners.at(-1)
  const token = findTokenAt(chainId, transfer.contractAddress)
  if (!payment || !token) return
  const quoted = payment.quotes.findLast(({ tokenId }) => tokenId === token.id)
  const quote = quoted ?? leadingQuote(payment)
  if (!quote) return
  const now = world.clock.now()
  const transaction: TransactionRecord = {
    hash: transfer.hash,
    sender: transfer.sender,
    quoteId: quote.id,
    tokenId: token.id,
    amount: transfer.amount.toString(),
    ...world.chains.inclusionAt(chainId, transfer.block, now),
    isReverted: false,
    isDropped: false,
  }
  if (payment.status === 'pending' && quoted) {
    savePayment(world, { ...payment, status: 'processing', plan: null, transaction }, now)
  } else if (payment.status === 'expired' && payment.transaction === null && quoted) {
    savePayment(world, { ...payment, transaction }, now)
  } else {
    savePayment(world, { ...payment, strays: [...payment.strays, transaction] }, now)
  }
}

import { leadingQuote, type PaymentRecord } from '../payments/payment-record.ts'
import { expectedAmount, unitText } from '../payments/quote-amount.ts'
import { quoteStatus } from '../payments/serialise-payment.ts'
import { chainOf } from '../registry/chains.ts'
import { type Token, tokenOf } from '../registry/tokens.ts'
import type { World } from '../world.ts'

/** Where a payment stands as its payer has to understand it. */
export type Stage =
  | 'waiting'
  | 'confirming'
  | 'paid'
  | 'overpaid'
  | 'underpaid'
  | 'reverted'
  | 'dropped'
  | 'failed'
  | 'expired'
  | 'late'
  | 'cancelled'

export function stageOf(payment: PaymentRecord): Stage {
  switch (payment.status) {
    case 'pending':
      return 'waiting'
    case 'processing':
      return 'confirming'
    case 'completed':
      return isOverpaid(payment) ? 'overpaid' : 'paid'
    case 'failed':
      return failureOf(payment)
    case 'expired':
      return payment.transaction ? 'late' : 'expired'
    case 'cancelled':
      return 'cancelled'
  }
}

/** What was asked for and what came, in base units of the token. */
interface Money {
  readonly token: Token
  readonly due: bigint
  readonly received: bigint
}

export function moneyOf(payment: PaymentRecord): Money | null {
  const quote = leadingQuote(payment)
  if (!quote) return null
  const token = tokenOf(quote)
  const due = expectedAmount(quote.dueCents, { rateE8: quote.rateE8, decimals: token.decimals })
  return { token, due, received: BigInt(payment.transaction?.amount ?? '0') }
}

/** `150.74 USDC`, every figure of it. */
export function tokenText(amount: bigint, token: Token): string {
  return `${unitText(amount, token.decimals)} ${token.symbol}`
}

/** How far the transaction that counts has got. */
interface Progress {
  readonly confirmations: number
  readonly required: number
  readonly text: string
}

export function progressOf(world: World, payment: PaymentRecord): Progress | null {
  const { transaction } = payment
  if (!transaction) return null
  const { chainId, name, requiredConfirmations: required } = chainOf(tokenOf(transaction))
  const confirmations = transaction.isDropped
    ? 0
    : world.chains.confirmations(chainId, transaction.block, world.clock.now())
  const text =
    confirmations === 0
      ? `Waiting for a block on ${name}`
      : `${confirmations} of ${required} confirmations on ${name}`
  return { confirmations, required, text }
}

/** Whether the network of the payment makes no blocks: then nothing the payer does would help. */
export function isHeldUp(world: World, payment: PaymentRecord): boolean {
  const quote = leadingQuote(payment)
  return quote !== null && world.chains.state(tokenOf(quote).chainId).stalledAt !== null
}

/** Changes whenever the page would show something else than numbers counting. */
export function pageVersion(world: World, payment: PaymentRecord): string {
  const quote = leadingQuote(payment)
  return [
    stageOf(payment),
    quote?.id,
    quote && quoteStatus(payment, quote, world.clock.now()),
    payment.transaction?.hash,
    payment.transaction?.isDropped,
    payment.strays.length,
    isHeldUp(world, payment),
  ].join(' ')
}

function isOverpaid(payment: PaymentRecord): boolean {
  const money = moneyOf(payment)
  return payment.type === 'payment' && money !== null && money.received > money.due
}

function failureOf(payment: PaymentRecord): Stage {
  const { transaction } = payment
  if (transaction?.isReverted) return 'reverted'
  if (transaction?.isDropped) return 'dropped'
  const money = moneyOf(payment)
  return transaction && money && money.received < money.due ? 'underpaid' : 'failed'
}

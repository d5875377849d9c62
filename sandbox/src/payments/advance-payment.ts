import { tokenOf } from '../registry/tokens.ts'
import { paymentSubject } from '../webhooks/snapshot.ts'
import type { World } from '../world.ts'
import {
  leadingQuote,
  type PayerOutcome,
  type PaymentRecord,
  type QuoteRecord,
  type TransactionRecord,
} from './payment-record.ts'
import { expectedAmount, worthInCents } from './quote-amount.ts'

/** What a payer of an open deposit sends when nobody named an amount. */
const DEPOSIT_CENTS = 5_000

/** When the payment does something by itself, or null when it rests. */
export function nextStepAt(payment: PaymentRecord): number | null {
  if (payment.status === 'processing') return payment.transaction?.confirmedAt ?? null
  if (payment.status !== 'pending') return null
  return Math.min(payment.plan?.at ?? payment.expiresAt, payment.expiresAt)
}

/** Takes the step that is due at `at`: pay or expire as planned, settle what is confirmed. */
export function advancePayment(world: World, id: string, at: number): void {
  const payment = world.payments.find(id)
  if (!payment) return
  if (payment.status === 'processing') {
    // A real chain may be behind; it tells when it has the transaction.
    if (!world.carrier().isWaiting(payment.transaction?.hash ?? '')) settle(world, payment, at)
  } else if (payment.status === 'pending') {
    const planned = payment.plan && payment.plan.at <= at ? payment.plan.outcome : 'expire'
    actAsPayer(world, payment, { outcome: planned, at })
  }
}

/** Lets the payer of a pending payment do something now. */
export function actAsPayer(
  world: World,
  payment: PaymentRecord,
  act: { readonly outcome: PayerOutcome; readonly at: number },
): PaymentRecord {
  if (act.outcome === 'expire') {
    const quotes = endQuotes(payment.quotes, act.at)
    return savePayment(world, { ...payment, status: 'expired', plan: null, quotes }, act.at)
  }
  return savePayment(
    world,
    {
      ...payment,
      // Money that comes after the end changes nothing but the record of it.
      status: act.outcome === 'late' ? 'expired' : 'processing',
      plan: null,
      quotes: act.outcome === 'late' ? endQuotes(payment.quotes, act.at) : payment.quotes,
      transaction: transactionFor(world, payment, act),
      strays: act.outcome === 'two' ? [secondHalf(world, payment, act.at)] : payment.strays,
    },
    act.at,
  )
}

/**
 * Money that reaches a payment which is over or already being paid: on an expired one it is the late
 * payment, on any other a stray that changes nothing. One payment never completes twice.
 */
export function sendMore(
  world: World,
  payment: PaymentRecord,
  act: { readonly outcome: PayerOutcome; readonly at: number },
): PaymentRecord {
  const transaction = transactionFor(world, payment, act)
  const isLate = payment.status === 'expired' && payment.transaction === null
  const changed = isLate
    ? { ...payment, transaction }
    : { ...payment, strays: [...payment.strays, transaction] }
  return savePayment(world, changed, act.at)
}

/** Keeps a payment, tells the webhook endpoints when its status is new, and puts its next step on the agenda. */
export function savePayment(world: World, payment: PaymentRecord, at: number): PaymentRecord {
  const previous = world.payments.find(payment.id)
  world.payments.put(payment)
  world.journal.append({ kind: 'payment', value: payment })
  world.agenda.schedule('payment', payment.id, nextStepAt(payment))
  if (previous?.status !== payment.status) {
    world.webhooks.emit(
      previous ? 'payment.updated' : 'payment.created',
      paymentSubject(payment),
      at,
    )
  }
  return payment
}

function settle(world: World, payment: PaymentRecord, at: number): void {
  const { transaction } = payment
  const quote = leadingQuote(payment)
  if (!transaction || !quote) return
  const price = { rateE8: quote.rateE8, decimals: tokenOf(quote).decimals }
  const received = BigInt(transaction.amount)
  const isEnough =
    !transaction.isReverted &&
    !transaction.isDropped &&
    (payment.type === 'deposit' || received >= expectedAmount(quote.dueCents, price))
  savePayment(
    world,
    {
      ...payment,
      status: isEnough ? 'completed' : 'failed',
      // An open deposit is worth what came.
      amountCents:
        payment.type === 'deposit' && isEnough
          ? worthInCents(received, price)
          : payment.amountCents,
      quotes: markQuote(payment.quotes, quote, isEnough ? 'used' : 'failed'),
      settledAt: at,
    },
    at,
  )
}

/** No quote outlives its payment. */
function endQuotes(quotes: readonly QuoteRecord[], at: number): QuoteRecord[] {
  return quotes.map((quote) => ({ ...quote, expiresAt: Math.min(quote.expiresAt, at) }))
}

function markQuote(quotes: readonly QuoteRecord[], paid: QuoteRecord, use: QuoteRecord['use']) {
  return quotes.map((quote) => (quote.id === paid.id ? { ...quote, use } : quote))
}

function transactionFor(
  world: World,
  payment: PaymentRecord,
  act: { readonly outcome: PayerOutcome; readonly at: number },
): TransactionRecord {
  const quote = quoteToPay(payment)
  const amount = amountSent(quote, act.outcome)
  return transactionOf(world, quote, {
    to: payment.depositAddress,
    amount,
    at: act.at,
    isReverted: act.outcome === 'fail',
  })
}

/** What the first half left out, sent a block later. */
function secondHalf(world: World, payment: PaymentRecord, at: number): TransactionRecord {
  const quote = quoteToPay(payment)
  const amount = amountSent(quote, 'exact') - amountSent(quote, 'two')
  return transactionOf(world, quote, {
    to: payment.depositAddress,
    amount,
    at: at + world.settings.blockMs,
    isReverted: false,
  })
}

function transactionOf(
  world: World,
  quote: QuoteRecord,
  sent: {
    readonly to: string
    readonly amount: bigint
    readonly at: number
    readonly isReverted: boolean
  },
): TransactionRecord {
  const token = tokenOf(quote)
  const inclusion = world.chains.include(token.chainId, sent.at)
  const { to, isReverted } = sent
  const { block } = inclusion
  return {
    ...world.carrier().send({ token, to, amount: sent.amount, isReverted, block }),
    quoteId: quote.id,
    tokenId: quote.tokenId,
    amount: sent.amount.toString(),
    ...inclusion,
    isReverted,
    isDropped: false,
  }
}

function quoteToPay(payment: PaymentRecord): QuoteRecord {
  const quote = leadingQuote(payment)
  if (!quote) throw new Error(`Payment ${payment.id} has no quote.`)
  return quote
}

function amountSent(quote: QuoteRecord, outcome: PayerOutcome): bigint {
  const cents = quote.dueCents === 0 ? DEPOSIT_CENTS : quote.dueCents
  const { decimals } = tokenOf(quote)
  const exact = expectedAmount(cents, { rateE8: quote.rateE8, decimals })
  if (outcome === 'under') return (exact * 90n) / 100n
  if (outcome === 'over') return (exact * 110n) / 100n
  if (outcome === 'two') return exact / 2n
  return exact
}

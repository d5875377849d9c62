import { leadingQuote, type PaymentRecord } from '../payments/payment-record.ts'
import { expectedAmount, unitText } from '../payments/quote-amount.ts'
import { tokenOf } from '../registry/tokens.ts'

/** What a payer is told about their payment: a headline, and what it means for them. */
export interface PayerState {
  readonly kind:
    | 'waiting'
    | 'seen'
    | 'paid'
    | 'overpaid'
    | 'underpaid'
    | 'failed'
    | 'expired'
    | 'late'
    | 'cancelled'
  readonly title: string
  readonly text: string
}

/** Judges by status and money together; every payment is in exactly one state. */
export function payerStateOf(payment: PaymentRecord): PayerState {
  switch (payment.status) {
    case 'pending':
      return {
        kind: 'waiting',
        title: 'Waiting for your payment',
        text: 'Send the amount below in one transaction. This page notices by itself.',
      }
    case 'processing':
      return {
        kind: 'seen',
        title: 'Payment seen',
        text: 'The network is confirming it. You can close this page: nothing more is needed from you.',
      }
    case 'completed':
      return paidState(payment)
    case 'failed':
      return failedState(payment)
    case 'expired':
      return expiredState(payment)
    case 'cancelled':
      return {
        kind: 'cancelled',
        title: 'The shop cancelled this payment',
        text: 'Do not send anything to its address.',
      }
  }
}

function paidState(payment: PaymentRecord): PayerState {
  const money = moneyOf(payment)
  if (money && money.expected > 0n && money.received > money.expected) {
    return {
      kind: 'overpaid',
      title: 'Paid, and more than was due',
      text: `You sent ${money.text(money.received - money.expected)} too much. Ask the shop about it: it knows of the excess.`,
    }
  }
  return { kind: 'paid', title: 'Paid. Thank you.', text: 'The shop has been told.' }
}

function failedState(payment: PaymentRecord): PayerState {
  const money = moneyOf(payment)
  if (money && money.received < money.expected) {
    return {
      kind: 'underpaid',
      title: 'Too little arrived',
      text: `${money.text(money.received)} of ${money.text(money.expected)} arrived. Do not send the rest here; ask the shop how to go on.`,
    }
  }
  return {
    kind: 'failed',
    title: 'The payment failed',
    text: 'The network did not accept the transaction and nothing was paid. Start again in the shop.',
  }
}

function expiredState(payment: PaymentRecord): PayerState {
  const money = moneyOf(payment)
  if (money) {
    return {
      kind: 'late',
      title: 'Your payment came too late',
      text: `${money.text(money.received)} arrived after this payment had expired. Ask the shop about it, with the transaction below.`,
    }
  }
  return {
    kind: 'expired',
    title: 'This payment expired',
    text: 'Do not send anything to its address. Start again in the shop.',
  }
}

/** What came and what was due, where something did come. */
function moneyOf(payment: PaymentRecord) {
  const { transaction } = payment
  const quote = leadingQuote(payment)
  if (!transaction || !quote || transaction.isReverted || transaction.isDropped) return null
  const token = tokenOf(transaction)
  return {
    received: BigInt(transaction.amount),
    expected: expectedAmount(quote.dueCents, { rateE8: quote.rateE8, decimals: token.decimals }),
    text: (baseUnits: bigint) => `${unitText(baseUnits, token.decimals)} ${token.symbol}`,
  }
}

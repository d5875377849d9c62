import { amountCents } from '../money/amount-cents-schema.ts'
import type { ObservationSummary } from './payment-detail.ts'
import type { QuoteSnapshot, ReceiptSnapshot } from './payment-snapshot.ts'
import type { VerdictName } from './verdict.ts'
import type { ExplainedPayment } from './verdict-situation.ts'

/** The moment at which the fixtures are read. */
export const now = at('14:30')

export function at(time: string): string {
  return `2026-11-22T${time}:00.000Z`
}

const usdc = {
  id: null,
  symbol: 'USDC',
  contractAddress: null,
  decimals: 6,
  isNative: false,
} as const

export const quote: QuoteSnapshot = {
  id: 'quote',
  token: usdc,
  network: 'eip155:8453',
  depositAddress: null,
  expectedBaseUnits: '89500000',
  rate: '1.00000000',
  amountDueCents: amountCents.parse(8_950),
  status: 'used',
  expiresAt: at('14:24'),
  createdAt: at('14:14'),
}

/** Exactly what was asked for, in time. */
export const receipt: ReceiptSnapshot = {
  txHash: '0xabc',
  blockNumber: null,
  transactionAt: at('14:20'),
  senderAddress: null,
  token: usdc,
  network: 'eip155:8453',
  quoteId: 'quote',
  receivedBaseUnits: '89500000',
  receivedUsd: '89.50',
  confirmations: 3,
  requiredConfirmations: 10,
  riskScore: null,
  riskSeverity: null,
  riskProvider: null,
  completedAt: null,
}
const short = { ...receipt, receivedBaseUnits: '87400000' }
const over = { ...receipt, receivedBaseUnits: '100000000' }
const late = { transactionAt: at('14:26') }

/** A payment of $89.50 of which nothing else is known. */
export const bare: ExplainedPayment = {
  type: 'payment',
  status: 'pending',
  amountCents: amountCents.parse(8_950),
  currency: 'USD',
  orderId: 'ORDER-88269',
  network: null,
  quotes: [],
  receipt: null,
  processingSince: null,
  webhookStory: null,
  apiStory: null,
}

export function story(
  source: ObservationSummary['source'],
  status: string,
  time: string,
): ObservationSummary {
  const [occurredAt, learnedAt] = [at(time), at(time)]
  return { id: source, source, status, amountCents: null, occurredAt, learnedAt }
}

interface Case {
  readonly payment: Partial<ExplainedPayment>
  /** What the colleague reads first. */
  readonly sentence: string
}

const openQuote = { ...quote, status: 'active', expiresAt: at('14:36') }
const overQuote = { ...quote, status: 'active' }
const anyQuote = { ...openQuote, expectedBaseUnits: '0' }
const paid = (one: ReceiptSnapshot) => ({ quotes: [quote], receipt: one })
const processing = { status: 'processing', processingSince: at('14:26') }

/** One payment for each row of the table. */
export const cases = {
  unknown_to_spacepay: {
    payment: {
      webhookStory: story('webhook', 'pending', '14:14'),
      apiStory: story('api', 'not_found', '14:29'),
    },
    sentence: 'SpacePay does not know this payment, although it announced it.',
  },
  sources_disagree: {
    payment: {
      status: 'expired',
      webhookStory: story('webhook', 'completed', '14:21'),
      apiStory: story('api', 'expired', '14:29'),
    },
    sentence: 'SpacePay told two different ends of this payment.',
  },
  pending_with_money: {
    payment: paid(receipt),
    sentence: 'Money has arrived, but SpacePay has not counted it yet.',
  },
  pending_deposit: {
    payment: { type: 'deposit', quotes: [anyQuote] },
    sentence:
      'Nothing has arrived yet; the customer can deposit any amount of USDC on Base until 14:36.',
  },
  pending_open: {
    payment: { quotes: [openQuote] },
    sentence: 'Nothing has arrived yet; the customer can still pay 89.50 USDC on Base until 14:36.',
  },
  pending_quote_over: {
    payment: { quotes: [overQuote] },
    sentence: 'Nothing has arrived, and the last quote ended at 14:24.',
  },
  pending_without_quote: {
    payment: {},
    sentence: 'Nothing has arrived, and Desk knows of no quote that the customer could pay.',
  },
  processing_stuck: {
    payment: {
      ...processing,
      ...paid(receipt),
      network: 'eip155:8453',
      processingSince: at('13:40'),
    },
    sentence:
      'The money has been waiting to be confirmed since 13:40, which is longer than usual on Base.',
  },
  processing_short: {
    payment: { ...processing, ...paid(short) },
    sentence:
      '$2.10 (2.35 %) too little is on its way; SpacePay will probably let the payment fail.',
  },
  processing_late: {
    payment: { ...processing, ...paid({ ...receipt, ...late }) },
    sentence: 'The money came after its quote had ended and is now being confirmed.',
  },
  processing_counted: {
    payment: { ...processing, ...paid(receipt) },
    sentence: '89.50 USDC on Base was seen at 14:20 and has 3 of 10 confirmations.',
  },
  processing_uncounted: {
    payment: processing,
    sentence: 'SpacePay has seen the money and has waited for its confirmation since 14:26.',
  },
  completed_at_risk: {
    payment: { status: 'completed', ...paid({ ...receipt, riskSeverity: 'HIGH_RISK' }) },
    sentence: 'It is paid, but the sender is rated as a high risk.',
  },
  completed_short: {
    payment: { status: 'completed', ...paid(short) },
    sentence: 'It counts as paid, although $2.10 (2.35 %) too little arrived.',
  },
  completed_over: {
    payment: { status: 'completed', ...paid(over) },
    sentence: 'It is paid, with $10.50 (11.73 %) too much.',
  },
  completed_late: {
    payment: { status: 'completed', ...paid({ ...receipt, ...late }) },
    sentence: 'It is paid; the money came after its quote had ended, and SpacePay accepted it.',
  },
  completed_deposit: {
    payment: {
      status: 'completed',
      type: 'deposit',
      quotes: [{ ...quote, expectedBaseUnits: '0' }],
      receipt,
    },
    sentence: 'The deposit of 89.50 USDC on Base arrived at 14:20.',
  },
  completed_exact: {
    payment: { status: 'completed', ...paid(receipt) },
    sentence: 'It is paid in full: 89.50 USDC on Base arrived at 14:20.',
  },
  completed_unmeasured: {
    payment: { status: 'completed' },
    sentence: 'SpacePay says that it is paid; Desk does not know yet how much arrived.',
  },
  failed_short_and_late: {
    payment: { status: 'failed', ...paid({ ...short, ...late }) },
    sentence:
      'It failed: the customer paid $2.10 (2.35 %) too little, and after the quote had ended.',
  },
  failed_short: {
    payment: { status: 'failed', ...paid(short) },
    sentence: 'It failed: the customer paid $2.10 (2.35 %) too little.',
  },
  failed_late: {
    payment: { status: 'failed', ...paid({ ...receipt, ...late }) },
    sentence: 'It failed: the money came after the quote had ended.',
  },
  failed_with_money: {
    payment: { status: 'failed', ...paid(over) },
    sentence: 'SpacePay let it fail, although money arrived.',
  },
  failed_without_money: {
    payment: { status: 'failed', quotes: [overQuote] },
    sentence: 'It failed, and no money has been seen.',
  },
  expired_short: {
    payment: { status: 'expired', ...paid({ ...short, ...late }) },
    sentence: 'The money came too late for the payment, and $2.10 (2.35 %) too little.',
  },
  expired_with_money: {
    payment: { status: 'expired', ...paid({ ...receipt, ...late }) },
    sentence: 'The money came too late: the payment had expired.',
  },
  expired_without_money: {
    payment: { status: 'expired', quotes: [overQuote] },
    sentence: 'Nobody paid in time, and no money has arrived.',
  },
  cancelled_with_money: {
    payment: { status: 'cancelled', ...paid(short) },
    sentence: 'It was cancelled, and money arrived all the same.',
  },
  cancelled_without_money: {
    payment: { status: 'cancelled' },
    sentence: 'It was cancelled, and no money has arrived.',
  },
  unknown_status: {
    payment: { status: 'partially_refunded' },
    sentence: 'SpacePay calls it “partially_refunded”, a word that Desk does not know.',
  },
} as const satisfies Record<VerdictName, Case>

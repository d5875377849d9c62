import { quoteStanding } from '../quotes/quote-expiry.ts'
import { usedQuoteOf } from '../quotes/used-quote.ts'
import { paymentFlagsOf } from './derived-facts.ts'
import { knownPaymentStatuses, terminalPaymentStatuses } from './payment-status.ts'
import type { ObservationSummary, PaymentDetail } from './payment-detail.ts'
import { isStuck } from './stuck-payment.ts'

/** What a verdict is made from. */
export type ExplainedPayment = Pick<
  PaymentDetail,
  | 'type'
  | 'status'
  | 'amountCents'
  | 'currency'
  | 'orderId'
  | 'network'
  | 'quotes'
  | 'receipt'
  | 'processingSince'
  | 'webhookStory'
  | 'apiStory'
>

/** Each question that a row of the table can ask, with every answer there is. */
export const dimensions = {
  status: [...knownPaymentStatuses, 'unknown'],
  kind: ['payment', 'deposit'],
  /** What the customer can pay against: a quote that is valid now, one that is over, or none. */
  offer: ['open', 'over', 'none'],
  /** Received against the used quote; `unmeasured` is money of which we cannot tell. */
  money: ['none', 'short', 'exact', 'over', 'unmeasured'],
  /** Mined before or after the end of its quote. */
  timing: ['in_time', 'late', 'unknown'],
  /** Whether the payment has been processing for longer than its network's usual time. */
  pace: ['usual', 'stuck'],
  /** Whether SpacePay says how many confirmations there are. */
  counting: ['counted', 'uncounted'],
  risk: ['high', 'none'],
  /** `missing`: known to webhooks but not to the API. `disagree`: two different ends. */
  sources: ['agree', 'missing', 'disagree'],
} as const

export type Dimension = keyof typeof dimensions
export type Situation = { readonly [D in Dimension]: (typeof dimensions)[D][number] }

/** Where the payment stands at one moment, in the terms of the table. */
export function situationOf(payment: ExplainedPayment, nowMs: number): Situation {
  const { receipt } = payment
  const isCounted = receipt?.confirmations != null && receipt.requiredConfirmations !== null
  return {
    status: knownPaymentStatuses.find((status) => status === payment.status) ?? 'unknown',
    kind: payment.type === 'deposit' ? 'deposit' : 'payment',
    offer: offerOf(payment, nowMs),
    ...arrivalOf(payment),
    pace: isStuck(stuckFactsOf(payment), nowMs) ? 'stuck' : 'usual',
    counting: isCounted ? 'counted' : 'uncounted',
    risk: highRisks.has(receipt?.riskSeverity?.toUpperCase() ?? '') ? 'high' : 'none',
    sources: sourcesOf(payment),
  }
}

const highRisks: ReadonlySet<string> = new Set(['CRITICAL_RISK', 'HIGH_RISK'])

function offerOf({ quotes }: ExplainedPayment, nowMs: number): Situation['offer'] {
  const states = quotes.map((quote) => quoteStanding(quote, nowMs).state)
  if (states.some((state) => state === 'active' || state === 'open_ended')) return 'open'
  // A quote in a word we do not know may be either: nothing is claimed about it.
  return states.some((state) => state !== 'other') ? 'over' : 'none'
}

function arrivalOf({
  status,
  quotes,
  receipt,
}: ExplainedPayment): Pick<Situation, 'money' | 'timing'> {
  const used = usedQuoteOf(receipt, quotes)
  const paid = {
    status,
    expectedBaseUnits: used?.expectedBaseUnits ?? null,
    receivedBaseUnits: receipt?.receivedBaseUnits ?? null,
    transactionAt: receipt?.transactionAt ?? null,
    quoteExpiresAt: used?.expiresAt ?? null,
  }
  const flags = paymentFlagsOf(paid)
  const hasTimes = paid.transactionAt !== null && paid.quoteExpiresAt !== null
  const isMeasured = paid.receivedBaseUnits !== null && BigInt(paid.expectedBaseUnits ?? '0') > 0n
  const measured = flags.includes('underpaid')
    ? 'short'
    : flags.includes('overpaid')
      ? 'over'
      : 'exact'
  return {
    money: !hasArrived(receipt) ? 'none' : isMeasured ? measured : 'unmeasured',
    timing: flags.includes('late') ? 'late' : hasTimes ? 'in_time' : 'unknown',
  }
}

/** A receipt of zero is none; one without an amount is money if it names its transaction. */
function hasArrived(receipt: ExplainedPayment['receipt']): boolean {
  if (receipt === null) return false
  const { receivedBaseUnits, txHash } = receipt
  return receivedBaseUnits === null ? txHash !== null : BigInt(receivedBaseUnits) > 0n
}

function stuckFactsOf({ status, network, receipt, processingSince }: ExplainedPayment) {
  const requiredConfirmations = receipt?.requiredConfirmations ?? null
  return { status, network, requiredConfirmations, processingSince }
}

function sourcesOf({ webhookStory, apiStory }: ExplainedPayment): Situation['sources'] {
  if (webhookStory === null || apiStory === null) return isMissing(apiStory) ? 'missing' : 'agree'
  if (isMissing(apiStory)) {
    return webhookStory.occurredAt > apiStory.occurredAt ? 'agree' : 'missing'
  }
  // Before an end, one source is merely ahead of the other for a moment.
  const areEnds = [webhookStory, apiStory].every(({ status }) =>
    terminalPaymentStatuses.has(status),
  )
  return areEnds && webhookStory.status !== apiStory.status ? 'disagree' : 'agree'
}

function isMissing(story: ObservationSummary | null): boolean {
  return story?.status === 'not_found'
}

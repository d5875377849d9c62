import * as z from 'zod/mini'
import type { AmountCents } from '../money/amount-cents.ts'
import { amountCents } from '../money/amount-cents-schema.ts'
import type { PaymentFlag } from '../payments/derived-facts.ts'
import { stuckFrom } from '../payments/stuck-payment.ts'
import { slippageOf } from '../quotes/slippage.ts'
import type { FactKind } from './attention-kind.ts'

/** What is known of a payment, as far as it can need attention. */
export interface JudgedPayment {
  readonly status: string
  readonly flags: readonly PaymentFlag[]
  readonly amountCents: AmountCents | null
  /** CAIP-2. */
  readonly network: string | null
  /** Of the quote that was paid. */
  readonly expectedBaseUnits: string | null
  readonly amountDueCents: AmountCents | null
  readonly receivedBaseUnits: string | null
  /** Decimal text. */
  readonly receivedUsd: string | null
  /** ISO 8601 UTC, as is `processingSince`. */
  readonly transactionAt: string | null
  readonly requiredConfirmations: number | null
  readonly processingSince: string | null
  /** In what SpacePay's webhooks and its API disagree about it now. */
  readonly drift: readonly OpenDrift[]
}

export interface OpenDrift {
  readonly topic: string
  readonly fact: string | null
  readonly stakeCents: AmountCents | null
  /** ISO 8601 UTC, as is `detectedAt`. */
  readonly since: string
  readonly detectedAt: string
}

export interface AttentionFact {
  readonly kind: FactKind
  /** Opaque: another text means that the trouble is another one, and whoever resolved the old is asked again. */
  readonly fact: string
  /** Null where nobody knows. */
  readonly stakeCents: AmountCents | null
  /** When the trouble began, ISO 8601 UTC: the age of the item counts from there. Null where nobody knows. */
  readonly since: string | null
}

/**
 * Why this payment needs attention now. At stake is: underpaid, what is missing; overpaid, what is too
 * much, both at the price of the quote; late, all that arrived at that price, else at SpacePay's own
 * valuation, else the payment's amount; stuck, the payment's amount; drifted, the most that one of its
 * disagreements is about.
 */
export function attentionFactsOf(payment: JudgedPayment, nowMs: number): AttentionFact[] {
  const { flags, expectedBaseUnits, receivedBaseUnits, transactionAt } = payment
  const facts: AttentionFact[] = []
  const difference = slippageOf(payment)?.cents ?? null
  const paid = `${receivedBaseUnits ?? '?'} of ${expectedBaseUnits ?? '?'}`
  for (const kind of ['underpaid', 'overpaid'] as const) {
    if (flags.includes(kind))
      facts.push({ kind, fact: paid, stakeCents: magnitude(difference), since: transactionAt })
  }
  if (flags.includes('late')) {
    const fact = `${transactionAt ?? '?'} ${receivedBaseUnits ?? '?'}`
    facts.push({
      kind: 'late',
      fact,
      stakeCents: arrivedCents(payment, difference),
      since: transactionAt,
    })
  }
  const stuckSince = stuckFrom(payment)
  if (stuckSince !== null && nowMs > Date.parse(stuckSince)) {
    const fact = payment.processingSince ?? stuckSince
    facts.push({ kind: 'stuck', fact, stakeCents: payment.amountCents, since: stuckSince })
  }
  if (payment.drift.length > 0) facts.push(drifted(payment.drift))
  return facts
}

/** One item for all of a payment's disagreements: who looks at one of them looks at all. */
function drifted(drift: readonly OpenDrift[]): AttentionFact {
  const stakes = drift.flatMap(({ stakeCents }) => stakeCents ?? [])
  return {
    kind: 'drifted',
    fact: drift
      .map(({ topic, fact, detectedAt }) => `${topic} ${fact ?? ''} ${detectedAt}`)
      .toSorted()
      .join('\n'),
    stakeCents: stakes.length === 0 ? null : amountCents.parse(Math.max(...stakes)),
    since: drift.map(({ since }) => since).toSorted()[0] ?? null,
  }
}

function magnitude(cents: AmountCents | null): AmountCents | null {
  return cents === null ? null : amountCents.parse(Math.abs(cents))
}

function arrivedCents(
  { amountDueCents, receivedUsd, amountCents: amount }: JudgedPayment,
  difference: AmountCents | null,
): AmountCents | null {
  const priced = amountDueCents === null || difference === null ? null : amountDueCents + difference
  const cents = z.safeParse(amountCents, priced ?? centsOfDecimal(receivedUsd))
  return cents.success ? cents.data : amount
}

/** Halves rounded up; null for what is no amount. */
function centsOfDecimal(text: string | null): number | null {
  const match = /^(\d{1,13})(?:\.(\d+))?$/.exec(text ?? '')
  if (!match) return null
  const [whole = '0', fraction = ''] = match.slice(1)
  const thousandths = Number(whole) * 1_000 + Number(fraction.padEnd(3, '0').slice(0, 3))
  return Math.floor((thousandths + 5) / 10)
}

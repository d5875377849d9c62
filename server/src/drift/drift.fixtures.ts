import { amountCents } from '@desk/shared/money/amount-cents-schema'
import type { DriftCase, SourceWord } from './drift-case.ts'

/** So many seconds into the payment's life, ISO 8601 UTC. */
export function at(seconds: number): string {
  return new Date(Date.UTC(2026, 3, 1, 12, 0, seconds)).toISOString()
}

/** What a source said `seconds` into the payment's life, learned a second later unless told otherwise. */
export function said(
  source: SourceWord['source'],
  seconds: number,
  changes: Partial<SourceWord> & { readonly learned?: number } = {},
): SourceWord {
  const { learned = seconds + 1, ...others } = changes
  return {
    observationId: seconds * 10 + (source === 'api' ? 1 : 2),
    deliveryId: source === 'api' ? null : seconds,
    source,
    status: 'pending',
    amountCents: amountCents.parse(14_999),
    occurredAt: at(seconds),
    learnedAt: at(learned),
    ...others,
  }
}

/** A payment of $149.99 that was made at 0, paid at 60 and completed at 80, if these were said about it. */
export function caseOf(words: readonly SourceWord[], changes: Partial<DriftCase> = {}): DriftCase {
  const isPaid = words.some(({ status }) => status === 'completed' || status === 'failed')
  return {
    words,
    type: 'payment',
    amountCents: amountCents.parse(14_999),
    createdAt: at(0),
    transactionAt: isPaid ? at(60) : null,
    completedAt: words.some(({ status }) => status === 'completed') ? at(80) : null,
    apiReadAt: null,
    announcedSince: at(-3_600),
    ...changes,
  }
}

/** The three webhooks and the answers of a payment that went as it should. */
export const created = said('webhook', 0)
export const processing = said('webhook', 60, { status: 'processing' })
export const completed = said('webhook', 80, { status: 'completed' })
export const answers = [said('api', 2), said('api', 82, { status: 'completed' })]

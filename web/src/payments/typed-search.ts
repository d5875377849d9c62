import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import { judgements } from '@desk/shared/payments/payment-term'

/**
 * The query with what was typed added to it: lists and conditions grow, a range takes the place of the
 * one before, and the free words are the typed ones.
 */
export function withTyped(query: PaymentQuery, typed: PaymentQuery): PaymentQuery {
  const hasAmount = typed.minCents !== null || typed.maxCents !== null
  const hasDays =
    typed.createdFrom !== null || typed.createdTo !== null || typed.createdPreset !== null
  return {
    ...query,
    text: typed.text,
    statuses: both(query.statuses, typed.statuses),
    types: both(query.types, typed.types),
    tokens: both(query.tokens, typed.tokens),
    networks: both(query.networks, typed.networks),
    judgements: judgements.filter(
      (one) => query.judgements.includes(one) || typed.judgements.includes(one),
    ),
    terms: [
      ...query.terms,
      ...typed.terms.filter((term) => !query.terms.some((other) => isSame(term, other))),
    ],
    ...(hasAmount && { minCents: typed.minCents, maxCents: typed.maxCents }),
    ...(hasDays && {
      createdFrom: typed.createdFrom,
      createdTo: typed.createdTo,
      createdPreset: typed.createdPreset,
    }),
  }
}

/** Whether the typed text holds more than free words, so that it waits for Enter. */
export function hasConditions(typed: PaymentQuery): boolean {
  const { text: _text, sort: _sort, ...conditions } = typed
  return Object.values(conditions).some((value) =>
    Array.isArray(value) ? value.length > 0 : value !== null,
  )
}

function both(before: readonly string[], added: readonly string[]): string[] {
  return [...new Set([...before, ...added])]
}

function isSame(one: PaymentQuery['terms'][number], other: typeof one): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** A pasted text that is longer does not go into the field. */
const PASTE_MAX = 2_000

/** Whether a pasted text is too much for a field of one line: several lines, or very long. */
export function isTooMuchForOneLine(pasted: string): boolean {
  return pasted.length > PASTE_MAX || /\S\s*[\r\n]\s*\S/.test(pasted)
}

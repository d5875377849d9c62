import { type PaymentQuery, TERMS_MAX } from './payment-query.ts'
import { type PaymentTerm, termFault } from './payment-term.ts'

/** What one piece of a search means. */
export type Reading =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'fault'; readonly message: string; readonly suggestion: string | null }
  /** The query with the piece added to it, or why it cannot be. */
  | { readonly kind: 'condition'; readonly into: (query: PaymentQuery) => PaymentQuery | string }

/** Each condition once; too many are refused by name. */
export function withTerm(query: PaymentQuery, term: PaymentTerm): PaymentQuery | string {
  if (termFault(term) !== null)
    return 'This value cannot be looked for: it is too long or holds a NUL character.'
  const isThere = query.terms.some(
    (one) =>
      one.name === term.name &&
      one.key === term.key &&
      one.value === term.value &&
      one.isNot === term.isNot,
  )
  if (isThere) return query
  if (query.terms.length >= TERMS_MAX) return `A search takes ${TERMS_MAX} conditions at most.`
  return { ...query, terms: [...query.terms, term] }
}

/** A piece that asks for something. */
export function condition(into: (query: PaymentQuery) => PaymentQuery | string): Reading {
  return { kind: 'condition', into }
}

/** A piece that is not understood, and what was perhaps meant. */
export function fault(message: string, suggestion: string | null = null) {
  return { kind: 'fault', message, suggestion } as const
}

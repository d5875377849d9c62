import type { PaymentSearch } from '@desk/shared/payments/payment-address'
import type { ViewSearch } from '../views/view-address.ts'

/** The address of the list: the query as people read it, the view it began with, and the payment that is open beside it. */
export interface PaymentsSearch extends PaymentSearch, ViewSearch {
  open?: string
  /** A past instant; see `asOfIn`. */
  asOf?: string
}

const fields = [
  'q',
  'status',
  'type',
  'token',
  'network',
  'min',
  'max',
  'from',
  'to',
  'created',
  'is',
  'with',
  'sort',
  'view',
  'cols',
  'open',
  'asOf',
] as const satisfies readonly (keyof PaymentsSearch)[]

/** Keeps what was typed, sense or nonsense: `readPaymentSearch` judges it, and the person can correct it. */
export function keepPaymentsSearch(search: Readonly<Record<string, unknown>>): PaymentsSearch {
  const kept: PaymentsSearch = {}
  for (const field of fields) {
    const text = textOf(search[field])
    if (text !== '') kept[field] = text
  }
  return kept
}

/** A key that stands twice (`?status=failed&status=expired`) means both. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  return Array.isArray(value) ? value.filter((part) => typeof part === 'string').join(',') : ''
}

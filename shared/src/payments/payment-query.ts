import type * as z from 'zod/mini'
import { isStorable } from '../text/is-storable.ts'
import type { paymentQuery } from './payment-query-schema.ts'

export const paymentSorts = ['created_desc', 'created_asc', 'amount_desc', 'amount_asc'] as const
export type PaymentSort = (typeof paymentSorts)[number]

export const TEXT_MAX = 300
export const WORDS_MAX = 30
export const TERMS_MAX = 30
const WORD_MAX = 64

/** Whether a list filter can have this value. */
export function isQueryWord(text: string): boolean {
  return text !== '' && text.length <= WORD_MAX && isStorable(text)
}

/** Whether the text is a calendar day, within the years that every date library and database agrees on. */
export function isQueryDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < '1970-01-01' || text > '2199-12-31') return false
  const start = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(start.getTime()) && start.toISOString().startsWith(text)
}

/**
 * The one question every view of payments asks: list, summary and later exports and charts take this
 * same object. Empty lists and nulls mean "any". Days are business days, both ends included.
 */
export type PaymentQuery = z.infer<typeof paymentQuery>

export const everyPayment: PaymentQuery = {
  text: '',
  statuses: [],
  types: [],
  tokens: [],
  networks: [],
  minCents: null,
  maxCents: null,
  createdFrom: null,
  createdTo: null,
  createdPreset: null,
  judgements: [],
  terms: [],
  sort: 'created_desc',
}

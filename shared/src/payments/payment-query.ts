import * as z from 'zod/mini'
import { storable } from '../text/storable.ts'
import { isDayPreset } from '../time/day-preset.ts'
import { amountCents } from '../money/amount-cents.ts'
import { judgements, paymentTerm } from './payment-term.ts'

export const paymentSorts = ['created_desc', 'created_asc', 'amount_desc', 'amount_asc'] as const
export const paymentSort = z.enum(paymentSorts)
export type PaymentSort = z.infer<typeof paymentSort>

/** One value of a list filter. */
const word = z.string().check(z.minLength(1), z.maxLength(64), storable)
export const queryWords = z.array(word).check(z.maxLength(30))
export const TERMS_MAX = 30
/** A calendar day of the business zone, within the years that every date library and database agrees on. */
const day = z.iso.date().check(
  z.refine((text) => text >= '1970-01-01' && text <= '2199-12-31', {
    error: 'is not a day between 1970 and 2199',
  }),
)

/** Whether the text is a calendar day that a query may name. */
export function isQueryDay(text: string): boolean {
  return z.safeParse(day, text).success
}

/**
 * The one question every view of payments asks: list, summary and later exports and charts take this
 * same object. Empty lists and nulls mean "any". Days are business days, both ends included.
 */
export const paymentQuery = z.object({
  text: z.string().check(z.maxLength(300)),
  statuses: queryWords,
  types: queryWords,
  tokens: queryWords,
  /** CAIP-2 chain ids. */
  networks: queryWords,
  minCents: z.nullable(amountCents),
  maxCents: z.nullable(amountCents),
  createdFrom: z.nullable(day),
  createdTo: z.nullable(day),
  /** Days that move along with the calendar, such as `last-7d`; instead of the two above. */
  createdPreset: z.nullable(z.string().check(z.refine(isDayPreset, { error: 'is no such range' }))),
  judgements: z.array(z.enum(judgements)).check(z.maxLength(judgements.length)),
  /** All of them have to hold. */
  terms: z.array(paymentTerm).check(z.maxLength(TERMS_MAX)),
  sort: paymentSort,
})
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

import * as z from 'zod/mini'
import { amountCents } from '../money/amount-cents-schema.ts'
import { isDayPreset } from '../time/day-preset.ts'
import {
  isQueryDay,
  isQueryWord,
  paymentSorts,
  TERMS_MAX,
  TEXT_MAX,
  WORDS_MAX,
} from './payment-query.ts'
import { judgements } from './payment-term.ts'
import { paymentTerm } from './payment-term-schema.ts'

const words = z
  .array(z.string().check(z.refine(isQueryWord, { error: 'is empty, too long or unreadable' })))
  .check(z.maxLength(WORDS_MAX))
const day = z.string().check(z.refine(isQueryDay, { error: 'is not a day between 1970 and 2199' }))

export const paymentQuery = z.object({
  text: z.string().check(z.maxLength(TEXT_MAX)),
  statuses: words,
  types: words,
  tokens: words,
  /** CAIP-2 chain ids. */
  networks: words,
  minCents: z.nullable(amountCents),
  maxCents: z.nullable(amountCents),
  createdFrom: z.nullable(day),
  createdTo: z.nullable(day),
  /** Days that move along with the calendar, such as `last-7d`; instead of the two above. */
  createdPreset: z.nullable(z.string().check(z.refine(isDayPreset, { error: 'is no such range' }))),
  judgements: z.array(z.enum(judgements)).check(z.maxLength(judgements.length)),
  /** All of them have to hold. */
  terms: z.array(paymentTerm).check(z.maxLength(TERMS_MAX)),
  sort: z.enum(paymentSorts),
})

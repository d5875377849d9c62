import * as z from 'zod/mini'
import { paymentColumns, REQUIRED_COLUMN } from './payment-column.ts'

/** Chosen columns in their order, each once. */
export const shownColumns = z.array(z.enum(paymentColumns)).check(
  z.maxLength(paymentColumns.length),
  z.refine((columns) => new Set(columns).size === columns.length, { error: 'names one twice' }),
  z.refine((columns) => columns.includes(REQUIRED_COLUMN), { error: 'lacks the order' }),
)

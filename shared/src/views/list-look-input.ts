import * as z from 'zod/mini'
import { paymentColumns } from '../payments/payment-column.ts'
import { shownColumns } from '../payments/payment-column-input.ts'
import { COLUMN_WIDTH_MAX, COLUMN_WIDTH_MIN } from './list-look.ts'

const width = z.int().check(z.minimum(COLUMN_WIDTH_MIN), z.maximum(COLUMN_WIDTH_MAX))

/** A change of how the list looks, as it is sent to Desk. */
export const listLookChange = z.object({
  columns: z.optional(z.nullable(shownColumns)),
  widths: z.optional(z.partialRecord(z.enum(paymentColumns), z.nullable(width))),
  density: z.optional(z.enum(['comfortable', 'compact'])),
})

import * as z from 'zod/mini'

/** Whole cents, positive or not. */
export const amountCents = z.int().brand<'AmountCents'>()

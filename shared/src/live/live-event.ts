import * as z from 'zod/mini'
import { paymentId } from '../payments/payment.ts'

/** What open browsers are told. `resync` means: events may have been missed, read again. */
export const liveEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('payment.changed'), paymentId, isNew: z.boolean() }),
  z.object({ kind: z.literal('resync') }),
])
export type LiveEvent = z.infer<typeof liveEvent>

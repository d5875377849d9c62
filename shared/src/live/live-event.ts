import * as z from 'zod/mini'
import { userId } from '../identity/session.ts'
import { paymentId } from '../payments/payment.ts'

/** What open browsers are told. `resync` means: events may have been missed, read again. */
export const liveEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('payment.changed'), paymentId, isNew: z.boolean() }),
  /** Notes, tags or what waits on one payment changed, or on many where it names none. */
  z.object({ kind: z.literal('attention.changed'), paymentId: z.nullable(paymentId) }),
  /** Webhooks came, were refused or were worked through. */
  z.object({ kind: z.literal('webhooks.changed') }),
  /** What verifies webhooks, or for how long their bytes are kept, changed. */
  z.object({ kind: z.literal('webhook_secrets.changed') }),
  /** A withdrawal request changed, or many, the address book or the policy, where it names none. */
  z.object({ kind: z.literal('withdrawals.changed'), requestId: z.nullable(z.string()) }),
  /** Bank lines came, or were matched or put aside. */
  z.object({ kind: z.literal('bank.changed') }),
  /** Another business day is in force, is being built, or no longer is. */
  z.object({ kind: z.literal('business_day.changed') }),
  /** A saved view came, changed or went. */
  z.object({ kind: z.literal('views.changed') }),
  /** Roles, factors or sessions of one person changed; only they are told. */
  z.object({ kind: z.literal('person.changed'), userId }),
  z.object({ kind: z.literal('resync') }),
])
export type LiveEvent = z.infer<typeof liveEvent>

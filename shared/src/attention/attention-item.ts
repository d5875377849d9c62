import * as z from 'zod/mini'
import type { DriftKind } from '../drift/drift.ts'
import type { AmountCents } from '../money/amount-cents.ts'
import { paymentId, type PaymentId } from '../payments/payment.ts'
import { storable } from '../text/storable.ts'
import { type Assigned, assignee, type PersonName } from './assignee.ts'
import type { AttentionKind } from './attention-kind.ts'
import { noteText, type PaymentNote } from './payment-note.ts'

/** One thing that waits or waited. Instants are ISO 8601 UTC. */
export interface AttentionItem {
  readonly id: number
  readonly kind: AttentionKind
  readonly state: 'open' | 'resolved'
  readonly payment: {
    readonly id: PaymentId
    readonly orderId: string | null
    readonly status: string
    readonly amountCents: AmountCents | null
    readonly currency: string
  }
  /** Of an item about drift, in what the two stories disagree or disagreed; none for all others. */
  readonly driftKinds: readonly DriftKind[]
  readonly stakeCents: AmountCents | null
  readonly openedAt: string
  readonly assigned: Assigned
  readonly assignedBy: PersonName | null
  readonly assignedBecause: string | null
  readonly dueAt: string | null
  readonly resolvedAt: string | null
  /** Null where it was over by itself. */
  readonly resolvedBy: PersonName | null
  readonly resolvedBecause: string | null
}

export interface AttentionEvent {
  readonly id: number
  readonly kind: AttentionKind
  readonly what: AttentionStep
  readonly at: string
  /** Null for what Desk does by itself. */
  readonly actor: PersonName | null
  readonly assigned: Assigned
  readonly dueAt: string | null
  readonly reason: string | null
}

export const attentionSteps = [
  'opened',
  'reopened',
  'assigned',
  'handed_back',
  'released',
  'resolved',
  'closed',
] as const
export type AttentionStep = (typeof attentionSteps)[number]

/** Everything people did about one payment and everything that waits on it. */
export interface PaymentAttention {
  /** Oldest first. */
  readonly notes: readonly PaymentNote[]
  /** In alphabetical order. */
  readonly tags: readonly string[]
  /** Open ones first. */
  readonly items: readonly AttentionItem[]
  /** Newest first, at most 100. */
  readonly events: readonly AttentionEvent[]
}

/** Why somebody does what they do, for those who come after. */
export const givenReason = z
  .string()
  .check(
    z.trim(),
    z.minLength(1, 'must not be empty'),
    z.maxLength(500, 'must be at most 500 characters'),
    storable,
  )

export const assignInput = z.object({
  id: paymentId,
  to: assignee,
  reason: givenReason,
  dueAt: z.nullable(z.iso.datetime()),
  /** Written on the payment in the same breath; null for none. */
  note: z.nullable(noteText),
})
export type AssignInput = z.infer<typeof assignInput>

export const handBackInput = z.object({ id: paymentId, reason: givenReason })

/** How many items are resolved at once at most. */
export const RESOLVED_AT_ONCE_MAX = 200

const itemId = z.int().check(z.positive())

export const resolveInput = z.object({
  items: z.array(itemId).check(z.minLength(1), z.maxLength(RESOLVED_AT_ONCE_MAX)),
  reason: givenReason,
})

export interface Resolved {
  readonly resolved: number
  /** Those that somebody else, or the payment itself, was faster about. */
  readonly wasResolved: number
}

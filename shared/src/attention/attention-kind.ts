import * as z from 'zod/mini'
import type { Role } from '../identity/roles.ts'

/** Kinds that follow from the payment itself: they are opened and closed by what is known of it. */
export const factKinds = ['underpaid', 'overpaid', 'late', 'stuck', 'drifted'] as const
export type FactKind = (typeof factKinds)[number]

/** Everything that can wait in the queue. A further kind is added here and in the table below. */
export const attentionKinds = [...factKinds, 'handed_over'] as const
export const attentionKind = z.enum(attentionKinds)
export type AttentionKind = z.infer<typeof attentionKind>

/** How people call it, whose work it is at first, and what of the money counts as at stake. */
export const attentionKindText = {
  underpaid: {
    label: 'Underpaid',
    queue: 'finance',
    stake: 'what is missing, at the price of the quote',
  },
  overpaid: {
    label: 'Overpaid',
    queue: 'finance',
    stake: 'what came too much, at the price of the quote',
  },
  late: {
    label: 'Paid late',
    queue: 'finance',
    stake: 'all that arrived, at the price of the quote',
  },
  stuck: { label: 'Stuck', queue: 'support', stake: 'the whole amount of the payment' },
  drifted: {
    label: 'Drifted',
    queue: 'finance',
    stake: 'what the two stories differ by, else the whole amount of the payment',
  },
  handed_over: {
    label: 'Handed over',
    queue: null,
    stake: 'the whole amount of the payment',
  },
} as const satisfies Record<
  AttentionKind,
  { readonly label: string; readonly queue: Role | null; readonly stake: string }
>

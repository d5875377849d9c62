import type { AmountCents } from '../money/amount-cents.ts'
import type { NamedPerson } from '../withdrawals/request-view.ts'

/** What of withdrawals waits for a person. It follows from the requests: nobody opens or closes it. */
export const withdrawalAttentionKinds = ['unknown', 'waiting', 'returned'] as const
export type WithdrawalAttentionKind = (typeof withdrawalAttentionKinds)[number]

export const withdrawalAttentionText = {
  unknown: { label: 'Sent or not?', stake: 'what may or may not have been sent' },
  waiting: { label: 'To approve', stake: 'what is asked for' },
  returned: { label: 'Came back', stake: 'what was asked for' },
} as const satisfies Record<
  WithdrawalAttentionKind,
  { readonly label: string; readonly stake: string }
>

/** Instants are ISO 8601 UTC. */
export interface WithdrawalAttentionItem {
  readonly kind: WithdrawalAttentionKind
  readonly requestId: string
  /** `W-12`. */
  readonly name: string
  readonly amountCents: AmountCents
  readonly network: string
  readonly label: string
  readonly requestedBy: NamedPerson
  readonly since: string
}

export interface WithdrawalAttention {
  /** Those kinds of which there is something, in the order in which they press. */
  readonly byKind: readonly {
    readonly kind: WithdrawalAttentionKind
    readonly count: number
    readonly stakeCents: AmountCents
    readonly oldestAt: string
  }[]
  /** The oldest of each kind first, at most 50. */
  readonly items: readonly WithdrawalAttentionItem[]
  /** Whether there is more than was counted. */
  readonly isMore: boolean
}

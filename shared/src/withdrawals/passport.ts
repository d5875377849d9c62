import type { AmountCents } from '../money/amount-cents.ts'
import type { NamedPerson } from './request-view.ts'

/** What is looked at before money goes to an address. */
export const destinationChecks = [
  'checksum',
  'not_zero',
  'not_burn',
  'not_token_contract',
  'not_own_deposit_address',
] as const
export type DestinationCheck = (typeof destinationChecks)[number]

export type DestinationState = 'proposed' | 'active' | 'frozen' | 'refused' | 'removed'

/** Everything Desk knows about an address before it is paid; instants are ISO 8601, UTC. */
export interface DestinationPassport {
  readonly destinationId: string | null
  readonly network: string
  /** With its checksum, where the network has one. */
  readonly address: string
  readonly label: string | null
  readonly state: DestinationState | null
  readonly checks: readonly {
    readonly check: DestinationCheck
    /** `not_applicable` on networks without such addresses. */
    readonly verdict: 'pass' | 'fail' | 'not_applicable'
    /** In words. */
    readonly sentence: string
  }[]
  readonly addedBy: NamedPerson | null
  readonly addedAt: string | null
  readonly approvedBy: NamedPerson | null
  readonly approvedAt: string | null
  readonly firstSeenAt: string | null
  readonly timesPaid: number
  readonly paidCents: AmountCents
  readonly lastPaidAt: string | null
  /**
   * Other networks on which this very address is in the book or was paid, where it is neither on this one:
   * the right address on the wrong network is lost money, too.
   */
  readonly knownOn: readonly string[]
  /** The most alike other address that was ever seen or is in the book; null where none is alike. */
  readonly lookAlike: {
    readonly address: string
    readonly label: string | null
    /** Indexes into `address` of this passport where the two differ. */
    readonly differsAt: readonly number[]
    readonly seenIn: 'book' | 'withdrawals' | 'payments'
  } | null
  /** When its cooling-off ends; null when it has ended or has not begun. */
  readonly coolingOffUntil: string | null
}

import type { AmountCents } from '../money/amount-cents.ts'
import type { DestinationPassport } from './passport.ts'
import type { RequiredApprovers } from './policy.ts'
import type { LimitUse, RequestRow } from './request-view.ts'

/** What a request would be, before it is one. */
export interface RequestPreview {
  readonly policyVersion: number
  readonly band: {
    readonly aboveCents: AmountCents | null
    readonly upToCents: AmountCents | null
    readonly approvers: readonly RequiredApprovers[]
  }
  readonly limits: readonly LimitUse[]
  /** Limits that it would go beyond, in words; it cannot be submitted while there is one. */
  readonly exceeded: readonly string[]
  /** Null where the address cannot be read; then `addressProblem` says why. */
  readonly passport: DestinationPassport | null
  readonly addressProblem: string | null
  readonly duplicates: readonly RequestRow[]
  /** Dollars that the payout wallet holds on the network; null where nobody knows. */
  readonly balance: { readonly cents: AmountCents; readonly readAt: string } | null
}

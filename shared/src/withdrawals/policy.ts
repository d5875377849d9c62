import type { AmountCents } from '../money/amount-cents.ts'
import type { Role } from '../identity/roles.ts'

/** So many different people who hold the role. */
export interface RequiredApprovers {
  readonly role: Role
  readonly people: number
}

/** Applies to amounts up to and including `upToCents`; the last band has no end. */
export interface PolicyBand {
  readonly upToCents: AmountCents | null
  readonly approvers: readonly RequiredApprovers[]
}

/** Null where there is no limit. Days and weeks are those of the business zone; weeks begin on Monday. */
export interface PolicyLimits {
  readonly perWithdrawalCents: AmountCents | null
  readonly perDayCents: AmountCents | null
  readonly perWeekCents: AmountCents | null
}

/** When withdrawals leave: `HH:MM` in the zone, on ISO weekdays (1 is Monday). */
export interface BusinessHours {
  readonly zone: string
  readonly weekdays: readonly number[]
  readonly from: string
  readonly until: string
}

/** What decides who must approve a request, and when it may leave. */
export interface WithdrawalPolicy {
  /** Ascending, never empty. */
  readonly bands: readonly PolicyBand[]
  readonly limits: {
    readonly byPerson: PolicyLimits
    readonly inTotal: PolicyLimits
  }
  /** How long a new destination waits after its approval. */
  readonly coolingOffHours: number
  /** Null: at any hour. */
  readonly businessHours: BusinessHours | null
  /** How long a submitted request may wait before it expires, approved or not. */
  readonly expiryHours: number
  /** Same destination and amount within it gets a warning. */
  readonly duplicateWindowHours: number
  /** Below it the wallet's balance on a network is called low before approval; null: no alert. */
  readonly lowBalanceCents: AmountCents | null
  /** Whether an unclear sending is repeated with the same key and bytes, inside 24 hours. */
  readonly repeatsWithSameKey: boolean
}

import type { AmountCents } from '../money/amount-cents.ts'
import type { PolicyWarning } from './dead-locks.ts'
import type { WithdrawalPolicy } from './policy.ts'
import type { NamedPerson } from './request-view.ts'

export type PolicyVersionState = 'proposed' | 'active' | 'superseded' | 'refused' | 'taken_back'

/** One version that was ever proposed; instants are ISO 8601, UTC. */
export interface PolicyVersion {
  readonly version: number
  readonly policy: WithdrawalPolicy
  /** What changes and why, in the words of who proposed it. */
  readonly note: string
  readonly state: PolicyVersionState
  /** Null for the version that Desk starts with. */
  readonly proposedBy: NamedPerson | null
  readonly proposedAt: string
  readonly decidedBy: NamedPerson | null
  readonly decidedAt: string | null
  readonly decisionNote: string | null
}

/** Whether anything leaves at all. */
export interface WithdrawalStop {
  readonly isStopped: boolean
  /** A person's wish, a key that SpacePay takes no more, or an answer that is not what was asked. */
  readonly cause: 'person' | 'unauthorized' | 'different_answer' | null
  readonly reason: string | null
  /** Who stopped it, or let it go again; null where Desk did it by itself, or nobody ever did. */
  readonly by: NamedPerson | null
  readonly at: string
}

/** By what requests are judged, and what is proposed instead. */
export interface PolicyOverview {
  readonly active: PolicyVersion
  readonly proposed: PolicyVersion | null
  /** Every other version, newest first; at most 100. */
  readonly history: readonly PolicyVersion[]
  /** What is wrong with the active policy, with the people as they are now. */
  readonly warnings: readonly PolicyWarning[]
  readonly stop: WithdrawalStop
  /** The business zone: days and weeks of limits are its. */
  readonly zone: string
  /** Why the viewer may not do each of these now, in words for them; null where they may. */
  readonly blocks: Readonly<Record<PolicyAct, string | null>>
}

export type PolicyAct = 'propose' | 'decide' | 'take_back'

/** Who votes in whose place, from when until when. */
export interface ApprovalDelegation {
  readonly id: string
  readonly from: NamedPerson
  readonly to: NamedPerson
  readonly startsAt: string
  readonly endsAt: string
  readonly madeAt: string
  /** When somebody ended it before its time. */
  readonly endedAt: string | null
  readonly state: 'to_come' | 'held' | 'over'
  /** Why the viewer may not end it; null where they may. */
  readonly endBlock: string | null
}

export interface DelegationOverview {
  /** Those that hold or are to come first; at most 100. */
  readonly delegations: readonly ApprovalDelegation[]
  /** Whom the viewer could let vote in their place. */
  readonly candidates: readonly NamedPerson[]
}

/** What the payout wallet holds on one network. */
export interface NetworkBalance {
  /** CAIP-2. */
  readonly network: string
  readonly tokens: readonly {
    readonly symbol: string
    readonly decimals: number | null
    /** Null where SpacePay could not read the chain: not known, which is not zero. */
    readonly baseUnits: string | null
    /** Null where it is not known, or the token stands for no dollar. */
    readonly cents: AmountCents | null
  }[]
  /** All dollars together; null where one of them is not known. */
  readonly cents: AmountCents | null
  /** Below what the policy calls low; null where it is not known or the policy has no such limit. */
  readonly isLow: boolean | null
}

export interface WalletBalances {
  /** By network; empty where SpacePay tells of none. */
  readonly networks: readonly NetworkBalance[]
  /** When they were read; null where they never could be. ISO 8601, UTC. */
  readonly readAt: string | null
  /** Why they could not be read just now, in words; what is shown is then older. */
  readonly problem: string | null
}

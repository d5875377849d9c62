import type { UserId } from '../identity/session.ts'
import type { AmountCents } from '../money/amount-cents.ts'
import type { RequestContent } from './request-content.ts'
import type { DestinationPassport } from './passport.ts'
import type { RequiredApprovers } from './policy.ts'
import type { RequestState } from './request-state.ts'

/** A person as others see them. */
export interface NamedPerson {
  readonly userId: UserId
  readonly name: string
}

/** One line of the list of withdrawals; instants are ISO 8601, UTC. */
export interface RequestRow {
  readonly id: string
  /** Names it among people: `W-12`. */
  readonly name: string
  readonly state: RequestState
  readonly amountCents: AmountCents
  readonly currency: string
  readonly network: string
  readonly destination: { readonly id: string; readonly label: string; readonly address: string }
  readonly orderId: string
  readonly requestedBy: NamedPerson
  readonly createdAt: string
  readonly submittedAt: string | null
  readonly stateAt: string
  readonly stateReason: string | null
  readonly expiresAt: string | null
  readonly approvals: { readonly given: number; readonly needed: number }
}

export interface RequestVote {
  readonly decision: 'approve' | 'reject'
  readonly voter: NamedPerson
  readonly onBehalfOf: NamedPerson | null
  readonly at: string
  readonly reason: string | null
  readonly fingerprint: string
  readonly voided: { readonly at: string; readonly reason: string } | null
}

export interface RequestAttempt {
  readonly number: number
  readonly state:
    | 'live'
    | 'accepted'
    | 'refused'
    | 'rate_limited'
    | 'not_sent'
    | 'unclear'
    | 'found'
    | 'absent'
  readonly startedAt: string
  readonly endedAt: string | null
  readonly idempotencyKey: string
  readonly status: number | null
  readonly code: string | null
  readonly message: string | null
  readonly upstreamRequestId: string | null
  readonly lookUps: number
  readonly lookedUpAt: string | null
  readonly nextLookUpAt: string | null
  readonly resolvedBy: NamedPerson | null
  readonly evidence: string | null
}

/** One step of the story, from draft to chain. */
export interface RequestEvent {
  readonly id: number
  readonly at: string
  readonly kind: string
  readonly fromState: RequestState | null
  readonly toState: RequestState | null
  readonly actor: NamedPerson | null
  readonly detail: Readonly<Record<string, unknown>>
}

/** What a limit says about this request: used before it, and the limit itself. */
export interface LimitUse {
  readonly scope: 'person' | 'total'
  readonly period: 'withdrawal' | 'day' | 'week'
  readonly usedCents: AmountCents
  readonly limitCents: AmountCents
}

/** Everything that the screen of one request shows. */
export interface RequestCase extends RequestRow {
  readonly revision: number
  readonly reason: string
  readonly isBreakGlass: boolean
  readonly attachment: {
    readonly name: string
    readonly mediaType: string
    readonly sha256: string
    readonly byteLength: number
  } | null
  /** Null until it is submitted. */
  readonly submission: {
    readonly content: RequestContent
    readonly canonicalContent: string
    /** SHA-256 in hex. */
    readonly fingerprint: string
    readonly policyVersion: number
    /** Why this many must approve: the band's bounds in cents and whom it asks for. */
    readonly band: {
      readonly aboveCents: AmountCents | null
      readonly upToCents: AmountCents | null
      readonly approvers: readonly RequiredApprovers[]
    }
    /** What is still missing. */
    readonly missing: readonly RequiredApprovers[]
  } | null
  readonly votes: readonly RequestVote[]
  readonly attempts: readonly RequestAttempt[]
  readonly events: readonly RequestEvent[]
  readonly passport: DestinationPassport
  readonly limits: readonly LimitUse[]
  /** Other requests to the same destination with the same amount within the policy's window. */
  readonly duplicates: readonly RequestRow[]
  /** Why it does not leave although it is approved, in words; null where nothing holds it. */
  readonly heldBecause: string | null
  /** SpacePay's account of it, once there is one. */
  readonly withdrawal: {
    readonly id: string
    readonly status: string
    readonly errorMessage: string | null
    readonly txHash: string | null
    readonly receivedBaseUnits: string | null
    readonly tokenSymbol: string | null
    readonly tokenDecimals: number | null
    readonly updatedAt: string
  } | null
  /** In whose place an approval of the person who looks would count now, their own (null) first. */
  readonly approvesFor: readonly (NamedPerson | null)[]
  /** What the person who looks may do now; null, or in words why not. */
  readonly blocks: Readonly<Record<RequestAct, string | null>>
}

export const requestActs = [
  'edit',
  'submit',
  'cancel',
  'approve',
  'reject',
  'resolve',
  'break_glass',
] as const
export type RequestAct = (typeof requestActs)[number]

import { wallTime } from '../time/zoned-days.ts'
import { isOpen, nextOpening } from './business-hours.ts'
import { limitText } from './judge-limits.ts'
import type { DestinationState } from './passport.ts'
import type { BusinessHours } from './policy.ts'
import type { LimitUse } from './request-view.ts'

/** What can keep an approved request from leaving. */
export interface HoldFacts {
  /** Why all withdrawals are stopped; null while they are not. */
  readonly stopReason: string | null
  readonly destination: {
    readonly state: DestinationState
    readonly stateReason: string | null
    /** ISO 8601 UTC; null before its approval. */
    readonly usableFrom: string | null
  }
  /** Sentences of the checks of the destination that failed. */
  readonly failedChecks: readonly string[]
  readonly businessHours: BusinessHours | null
  readonly exceeded: readonly LimitUse[]
  /** Two admins decided that it cannot wait: cooling-off, business hours and limits do not hold it. */
  readonly isBreakGlass: boolean
  readonly nowMs: number
  /** The business zone, in which instants are told. */
  readonly zone: string
}

/** Why it does not leave now, in words, the most serious first; null where nothing holds it. */
export function heldBecause(facts: HoldFacts): string | null {
  const [failed] = facts.failedChecks
  if (facts.stopReason !== null) return `All withdrawals are stopped: ${ended(facts.stopReason)}`
  if (failed !== undefined) return failed
  return destinationHold(facts) ?? (facts.isBreakGlass ? null : waitingHold(facts))
}

function destinationHold({ destination }: HoldFacts): string | null {
  const because = destination.stateReason === null ? '.' : `: ${ended(destination.stateReason)}`
  switch (destination.state) {
    case 'proposed':
      return 'Its destination is new and waits for approval by a second person.'
    case 'frozen':
      return `Its destination is frozen${because}`
    case 'refused':
      return `Its destination was refused${because}`
    case 'removed':
      return `Its destination was removed from the address book${because}`
    case 'active':
      return destination.usableFrom === null ? 'Its destination was never approved.' : null
  }
}

function waitingHold(facts: HoldFacts): string | null {
  const { destination, businessHours, exceeded, nowMs, zone } = facts
  const usableMs = Date.parse(destination.usableFrom ?? '')
  // What is no instant is no permission either.
  if (!(nowMs >= usableMs)) {
    return `Its destination is new and cools off until ${clock(usableMs, zone)}.`
  }
  if (!isOpen(businessHours, nowMs)) {
    const opens = nextOpening(businessHours, nowMs)
    return opens === null
      ? 'Business hours have no opening in the next two weeks.'
      : `It leaves when business hours begin, ${clock(opens, zone)}.`
  }
  const [limit] = exceeded
  return limit === undefined ? null : limitText(limit)
}

function clock(atMs: number, zone: string): string {
  if (Number.isNaN(atMs)) return 'an instant that is not known'
  const { day, time } = wallTime(atMs, zone)
  return `${day} at ${time} (${zone})`
}

function ended(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}

import type { RequestState } from './request-state.ts'

/** The states in which a request waits: its money is still there, and may leave today. */
export const waitingStates = [
  'pending_approval',
  'approved',
] as const satisfies readonly RequestState[]

/** The states in which a request's money has left, or may have. */
export const leftStates = [
  'sending',
  'submitted',
  'processing',
  'completed',
  'unknown',
] as const satisfies readonly RequestState[]

/** What `usedOf` applies, in words for whoever sets limits. */
export const limitsRule =
  'A withdrawal counts on the day, and in the week, in which its money leaves. When one is asked for, ' +
  'everything that waits counts too, as if it left today; when one leaves, only what has left does, and one ' +
  'without room waits for the next day. What failed counts nowhere.'

/** When a limit is asked about: before people decide, or just before the money goes. */
export type LimitMoment = 'asking' | 'leaving'

/** What some requests of this week add up to, without the one that is judged. */
export interface CountedPart {
  readonly cents: number
  /** Asked for by who asked for the one that is judged. */
  readonly isOwn: boolean
  /** In `waitingStates`, whenever it was asked for; else it left within this week. */
  readonly isWaiting: boolean
  /** It left within this day; of what waits it says nothing. */
  readonly isToday: boolean
}

/** What is counted in the day and the week, without the request that is judged. */
export interface UsedCents {
  readonly dayCents: number
  readonly weekCents: number
}

/** What is used of the limits of one person and of all; see `limitsRule`. */
export function usedOf(
  parts: readonly CountedPart[],
  moment: LimitMoment,
): { readonly usedByPerson: UsedCents; readonly usedInTotal: UsedCents } {
  const counted = parts.filter(({ isWaiting }) => moment === 'asking' || !isWaiting)
  const own = counted.filter(({ isOwn }) => isOwn)
  return { usedByPerson: usedIn(own), usedInTotal: usedIn(counted) }
}

/**
 * When the money of a request left, once it goes into a state at an instant: kept through all that follows,
 * gone where it is certain that SpacePay took nothing.
 */
export function leftAfter<Instant>(
  before: Instant | null,
  { to, at }: { readonly to: RequestState; readonly at: Instant },
): Instant | null {
  if (leftStates.some((state) => state === to)) return before ?? at
  return to === 'failed' ? before : null
}

function usedIn(parts: readonly CountedPart[]): UsedCents {
  const sum = (some: readonly CountedPart[]) => some.reduce((total, { cents }) => total + cents, 0)
  return {
    dayCents: sum(parts.filter(({ isWaiting, isToday }) => isWaiting || isToday)),
    weekCents: sum(parts),
  }
}

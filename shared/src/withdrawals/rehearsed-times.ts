import { isOpen } from './business-hours.ts'
import type { WithdrawalPolicy } from './policy.ts'

const HOUR_MS = 60 * 60_000

/** When a request was asked for and left; instants are ISO 8601, UTC. */
export interface PastTimes {
  readonly submittedAt: string
  /** Null where it did not, or has not yet. */
  readonly leftAt: string | null
  /** When its destination was approved; null where that is not known any more. */
  readonly destinationApprovedAt: string | null
}

/** Why a request could not have left when it did, in words; null where it could. */
export function timeInTheWay(
  policy: Pick<WithdrawalPolicy, 'businessHours' | 'coolingOffHours' | 'expiryHours'>,
  { submittedAt, leftAt, destinationApprovedAt }: PastTimes,
): string | null {
  if (leftAt === null) return null
  const leftMs = Date.parse(leftAt)
  if (leftMs >= Date.parse(submittedAt) + policy.expiryHours * HOUR_MS) {
    return 'Would have expired before it left.'
  }
  const approvedMs = destinationApprovedAt === null ? null : Date.parse(destinationApprovedAt)
  const isCooling =
    approvedMs !== null &&
    approvedMs <= leftMs &&
    leftMs < approvedMs + policy.coolingOffHours * HOUR_MS
  if (isCooling) return 'Its destination would still have cooled off.'
  return isOpen(policy.businessHours, leftMs)
    ? null
    : 'Would have waited for business hours to begin.'
}

import { isEvm } from './destination-address.ts'
import type { WithdrawalPolicy } from './policy.ts'
import type { RequestState } from './request-state.ts'

const HOUR_MS = 3_600_000

/** Until when a request that is submitted now can be sent, approved or not. */
export function expiryOf(
  submittedAt: Date,
  { expiryHours }: Pick<WithdrawalPolicy, 'expiryHours'>,
): Date {
  return new Date(submittedAt.getTime() + expiryHours * HOUR_MS)
}

/** At the very instant it is over. */
export function isExpired(expiresAt: Date, now: Date): boolean {
  return now.getTime() >= expiresAt.getTime()
}

/** From when a destination that is approved now can be paid. */
export function usableFrom(
  approvedAt: Date,
  { coolingOffHours }: Pick<WithdrawalPolicy, 'coolingOffHours'>,
): Date {
  return new Date(approvedAt.getTime() + coolingOffHours * HOUR_MS)
}

/** From when other requests count as possible duplicates. */
export function duplicatesSince(
  now: Date,
  { duplicateWindowHours }: Pick<WithdrawalPolicy, 'duplicateWindowHours'>,
): Date {
  return new Date(now.getTime() - duplicateWindowHours * HOUR_MS)
}

interface Payee {
  readonly amountCents: number
  readonly network: string
  readonly address: string
}

/** Whether one request asks for what another one in this state already may have paid, or may yet pay. */
export function isDuplicate(
  asked: Payee,
  other: Payee & { readonly state: RequestState },
): boolean {
  const key = ({ network, address }: Payee) => (isEvm(network) ? address.toLowerCase() : address)
  return (
    !withoutEffect.has(other.state) &&
    asked.amountCents === other.amountCents &&
    asked.network === other.network &&
    key(asked) === key(other)
  )
}

/** Nothing was paid by these, and nothing will be unless somebody begins again. */
const withoutEffect: ReadonlySet<RequestState> = new Set([
  'draft',
  'rejected',
  'expired',
  'cancelled',
  'failed',
])

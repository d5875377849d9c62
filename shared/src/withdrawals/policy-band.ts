import type { AmountCents } from '../money/amount-cents.ts'
import { formatCents } from '../money/amount-cents.ts'
import { roleText } from '../identity/roles.ts'
import type { PolicyBand, RequiredApprovers, WithdrawalPolicy } from './policy.ts'

/** The band an amount falls into: above `aboveCents`, up to and including `upToCents`. */
export interface FoundBand extends PolicyBand {
  /** Null in the first band. */
  readonly aboveCents: AmountCents | null
}

/** Throws for a policy without a band for the amount; a valid one has one for every amount. */
export function bandFor(policy: Pick<WithdrawalPolicy, 'bands'>, amountCents: number): FoundBand {
  const index = policy.bands.findIndex(
    ({ upToCents }) => upToCents === null || amountCents <= upToCents,
  )
  const band = policy.bands[index]
  if (!band) throw new TypeError('The policy has no band for this amount.')
  return { ...band, aboveCents: policy.bands[index - 1]?.upToCents ?? null }
}

/** Emergencies are decided by these, whatever the amount. */
export const breakGlassApprovers: readonly RequiredApprovers[] = [{ role: 'admin', people: 2 }]

/** `1 approver and 2 admins`. */
export function approversText(approvers: readonly RequiredApprovers[]): string {
  const parts = approvers.map(({ role, people }) => {
    const word = roleText[role].label.toLowerCase()
    return `${people} ${word}${people === 1 ? '' : 's'}`
  })
  return parts.length < 2
    ? parts.join('')
    : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`
}

/** `Above $5,000.00 up to $20,000.00`. */
export function bandText({ aboveCents, upToCents }: Omit<FoundBand, 'approvers'>): string {
  if (aboveCents === null)
    return upToCents === null ? 'Any amount' : `Up to ${formatCents(upToCents)}`
  if (upToCents === null) return `Above ${formatCents(aboveCents)}`
  return `Above ${formatCents(aboveCents)} up to ${formatCents(upToCents)}`
}

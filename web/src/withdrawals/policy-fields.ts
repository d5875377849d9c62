import { centsToDecimal, parseDollars } from '@desk/shared/money/amount-cents'
import type { WithdrawalPolicy } from '@desk/shared/withdrawals/policy'

/** One band as it is typed. */
export interface BandFields {
  readonly upTo: string
  readonly approvers: string
  readonly admins: string
}

/** A policy as it is typed; money in dollars. */
export interface PolicyFields {
  readonly bands: readonly BandFields[]
  readonly personEach: string
  readonly personDay: string
  readonly personWeek: string
  readonly totalEach: string
  readonly totalDay: string
  readonly totalWeek: string
  readonly coolingOff: string
  readonly expiry: string
  readonly duplicates: string
  readonly lowBalance: string
  readonly repeats: boolean
}

/** The form as a policy fills it in. */
export function fieldsOf(policy: WithdrawalPolicy): PolicyFields {
  const { byPerson, inTotal } = policy.limits
  const dollars = (cents: number | null) => (cents === null ? '' : centsToDecimal(cents))
  const count = (band: WithdrawalPolicy['bands'][number], role: string) =>
    String(band.approvers.find((one) => one.role === role)?.people ?? 0)
  return {
    bands: policy.bands.map((band) => ({
      upTo: dollars(band.upToCents),
      approvers: count(band, 'approver'),
      admins: count(band, 'admin'),
    })),
    personEach: dollars(byPerson.perWithdrawalCents),
    personDay: dollars(byPerson.perDayCents),
    personWeek: dollars(byPerson.perWeekCents),
    totalEach: dollars(inTotal.perWithdrawalCents),
    totalDay: dollars(inTotal.perDayCents),
    totalWeek: dollars(inTotal.perWeekCents),
    coolingOff: String(policy.coolingOffHours),
    expiry: String(policy.expiryHours),
    duplicates: String(policy.duplicateWindowHours),
    lowBalance: dollars(policy.lowBalanceCents),
    repeats: policy.repeatsWithSameKey,
  }
}

/** What stands in the form as a policy, right or wrong: the shared rules judge it. */
export function policyIn(fields: PolicyFields, begun: WithdrawalPolicy) {
  // What is no amount becomes NaN, which no rule takes for one.
  const cents = (text: string) => (text.trim() === '' ? null : (parseDollars(text) ?? Number.NaN))
  const whole = (text: string) => (/^\d+$/.test(text.trim()) ? Number(text) : Number.NaN)
  return {
    bands: fields.bands.map((band, index) => ({
      upToCents: index === fields.bands.length - 1 ? null : (cents(band.upTo) ?? Number.NaN),
      approvers: (
        [
          ['approver', whole(band.approvers)],
          ['admin', whole(band.admins)],
        ] as const
      ).flatMap(([role, people]) => (people === 0 ? [] : [{ role, people }])),
    })),
    limits: {
      byPerson: {
        perWithdrawalCents: cents(fields.personEach),
        perDayCents: cents(fields.personDay),
        perWeekCents: cents(fields.personWeek),
      },
      inTotal: {
        perWithdrawalCents: cents(fields.totalEach),
        perDayCents: cents(fields.totalDay),
        perWeekCents: cents(fields.totalWeek),
      },
    },
    coolingOffHours: whole(fields.coolingOff),
    businessHours: begun.businessHours,
    expiryHours: whole(fields.expiry),
    duplicateWindowHours: whole(fields.duplicates),
    lowBalanceCents: cents(fields.lowBalance),
    repeatsWithSameKey: fields.repeats,
  }
}

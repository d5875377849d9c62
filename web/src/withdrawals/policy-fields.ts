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
  /** Whether withdrawals leave at business hours only. */
  readonly isTimed: boolean
  /** ISO weekdays, 1 is Monday. */
  readonly weekdays: readonly number[]
  readonly from: string
  readonly until: string
  readonly zone: string
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
    isTimed: policy.businessHours !== null,
    ...(policy.businessHours ?? usualHours()),
    repeats: policy.repeatsWithSameKey,
  }
}

/** What is offered where there were none: the week of most offices, where the reader is. */
function usualHours() {
  const { timeZone: zone } = new Intl.DateTimeFormat().resolvedOptions()
  return { weekdays: [1, 2, 3, 4, 5], from: '09:00', until: '17:00', zone }
}

/** What stands in the form as a policy, right or wrong: the shared rules judge it. */
export function policyIn(fields: PolicyFields) {
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
    businessHours: fields.isTimed
      ? {
          zone: fields.zone.trim(),
          weekdays: fields.weekdays.toSorted((left, right) => left - right),
          from: fields.from.trim(),
          until: fields.until.trim(),
        }
      : null,
    expiryHours: whole(fields.expiry),
    duplicateWindowHours: whole(fields.duplicates),
    lowBalanceCents: cents(fields.lowBalance),
    repeatsWithSameKey: fields.repeats,
  }
}

/** What is wrong at a field of the form, by the path of what it stands for; undefined where nothing is. */
export type FaultAt = (path: string) => string | undefined

/** The first problem at or below a path, in words for whoever types. */
export function faultsAt(
  problems: readonly { readonly field: string; readonly problem: string }[],
): FaultAt {
  return (path) => {
    const found = problems.find(({ field }) => field === path || field.startsWith(`${path}.`))
    // What cannot be read as a number is told by how numbers are written here.
    return found && (found.problem.startsWith('Invalid input') ? unread(path) : found.problem)
  }
}

function unread(path: string): string {
  return path.endsWith('Cents') ? 'Give an amount such as 500.00.' : 'Give a whole number.'
}

import { limitsRule } from '@desk/shared/withdrawals/limits-use'
import type { PolicyLimits, WithdrawalPolicy } from '@desk/shared/withdrawals/policy'
import { approversText, bandFor, bandText } from '@desk/shared/withdrawals/policy-band'
import { moneyText } from '../ui/money-text.ts'
import { Facts } from '../ui/section.tsx'
import { weekdayNames } from './weekday-names.ts'

/** A policy in words, rule by rule; what differs from another one is marked. */
export function PolicyRules({ policy, against }: PolicyRulesProps) {
  const before = against === undefined ? null : rulesOf(against)
  return (
    <Facts
      facts={rulesOf(policy).map(({ name, text }) => {
        const was = before?.find((rule) => rule.name === name)?.text
        const isChanged = before !== null && was !== text
        return {
          name,
          value: isChanged ? (
            <>
              <strong className="font-semibold">{text}</strong>{' '}
              <span className="text-faint">was {was ?? 'not set'}</span>
            </>
          ) : (
            text
          ),
        }
      })}
    />
  )
}

interface PolicyRulesProps {
  readonly policy: WithdrawalPolicy
  readonly against?: WithdrawalPolicy
}

function rulesOf(policy: WithdrawalPolicy): readonly { name: string; text: string }[] {
  return [
    ...policy.bands.map((band) => {
      const found = bandFor(policy, band.upToCents ?? Number.MAX_SAFE_INTEGER)
      return { name: bandText(found), text: approversText(band.approvers) }
    }),
    ...limitRules('each person', policy.limits.byPerson),
    ...limitRules('all together', policy.limits.inTotal),
    { name: 'What limits count', text: limitsRule },
    { name: 'New destinations', text: `cool off for ${hours(policy.coolingOffHours)}` },
    {
      name: 'Business hours',
      text: policy.businessHours
        ? `${policy.businessHours.from} to ${policy.businessHours.until} in ${policy.businessHours.zone}, on ${policy.businessHours.weekdays.map((day) => weekdayNames[day - 1]).join(', ')}`
        : 'at any hour',
    },
    { name: 'Requests', text: `expire after ${hours(policy.expiryHours)}` },
    { name: 'Duplicates', text: `are warned of within ${hours(policy.duplicateWindowHours)}` },
    {
      name: 'Low balance',
      text:
        policy.lowBalanceCents === null ? 'not told' : `below ${moneyText(policy.lowBalanceCents)}`,
    },
    {
      name: 'Unclear sendings',
      text: policy.repeatsWithSameKey
        ? 'are repeated with the same key within a day'
        : 'are looked for, never repeated',
    },
  ]
}

function limitRules(who: string, limits: PolicyLimits) {
  return (
    [
      ['one withdrawal', limits.perWithdrawalCents],
      ['a day', limits.perDayCents],
      ['a week', limits.perWeekCents],
    ] as const
  ).flatMap(([what, cents]) =>
    cents === null ? [] : [{ name: `Limit, ${who}`, text: `${moneyText(cents)} in ${what}` }],
  )
}

function hours(count: number): string {
  return count === 1 ? '1 hour' : `${count} hours`
}

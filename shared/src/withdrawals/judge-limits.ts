import { type AmountCents, formatCents, isAmountCents } from '../money/amount-cents.ts'
import { dayMoved, startOfDayMs, wallTime, weekdayOf } from '../time/zoned-days.ts'
import type { UsedCents } from './limits-use.ts'
import type { PolicyLimits, WithdrawalPolicy } from './policy.ts'
import type { LimitUse } from './request-view.ts'

/** From when the day and the week of an instant are counted, and until when; ISO 8601 UTC. */
export interface LimitPeriods {
  readonly day: { readonly from: string; readonly before: string }
  readonly week: { readonly from: string; readonly before: string }
}

/** Days are calendar days of the zone, 23 to 25 hours long; weeks begin on Monday. */
export function limitPeriods(atMs: number, zone: string): LimitPeriods {
  const { day } = wallTime(atMs, zone)
  const monday = dayMoved(day, 1 - weekdayOf(day))
  const at = (of: string) => new Date(startOfDayMs(of, zone)).toISOString()
  return {
    day: { from: at(day), before: at(dayMoved(day, 1)) },
    week: { from: at(monday), before: at(dayMoved(monday, 7)) },
  }
}

export interface LimitQuestion {
  readonly amountCents: number
  readonly usedByPerson: UsedCents
  readonly usedInTotal: UsedCents
}

/** Every limit that the policy sets, with what is used of it before this request. */
export function limitUses(
  limits: WithdrawalPolicy['limits'],
  { usedByPerson, usedInTotal }: Omit<LimitQuestion, 'amountCents'>,
): readonly LimitUse[] {
  return [
    ...usesOf('person', limits.byPerson, usedByPerson),
    ...usesOf('total', limits.inTotal, usedInTotal),
  ]
}

/** Those limits that the request would go beyond; reaching one exactly is allowed. */
export function exceededLimits(
  limits: WithdrawalPolicy['limits'],
  question: LimitQuestion,
): readonly LimitUse[] {
  return limitUses(limits, question).filter(
    ({ usedCents, limitCents }) => usedCents + question.amountCents > limitCents,
  )
}

/** `This is above the limit of $5,000.00 for all withdrawals of a day, of which $4,200.00 are used.` */
export function limitText({ scope, period, usedCents, limitCents }: LimitUse): string {
  const limit = formatCents(limitCents)
  if (period === 'withdrawal') {
    const whose = scope === 'person' ? 'one withdrawal of one person' : 'one withdrawal'
    return `This is above the limit of ${limit} for ${whose}.`
  }
  const whose = scope === 'person' ? 'what one person asks for' : 'all withdrawals'
  return `This is above the limit of ${limit} for ${whose} in a ${period}, of which ${formatCents(usedCents)} are used.`
}

function usesOf(
  scope: LimitUse['scope'],
  limits: PolicyLimits,
  { dayCents, weekCents }: UsedCents,
): readonly LimitUse[] {
  return [
    ...useOf({ scope, period: 'withdrawal' }, 0, limits.perWithdrawalCents),
    ...useOf({ scope, period: 'day' }, dayCents, limits.perDayCents),
    ...useOf({ scope, period: 'week' }, weekCents, limits.perWeekCents),
  ]
}

function useOf(
  of: Pick<LimitUse, 'scope' | 'period'>,
  usedCents: number,
  limitCents: AmountCents | null,
): readonly LimitUse[] {
  if (limitCents === null) return []
  if (!isAmountCents(usedCents) || usedCents < 0) {
    throw new RangeError('What is used of a limit is no amount of cents.')
  }
  return [{ ...of, usedCents, limitCents }]
}

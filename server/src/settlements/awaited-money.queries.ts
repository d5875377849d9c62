import type { AwaitedDay, AwaitedMoney } from '@desk/shared/settlements/awaited-money'
import { expectedBy } from '@desk/shared/settlements/expected-by'
import type { SettlementDay } from '@desk/shared/settlements/settlement-days'
import type { Db } from '../database.ts'
import { toAmountCents } from './amount.ts'
import { readUsualDelay } from './arrivals.queries.ts'
import { businessDayAt } from './business-day-bounds.ts'
import { readRule } from './business-day-rules.queries.ts'
import { daysBefore } from './days-between.ts'
import { settlementDaysBy } from './settlement-days.queries.ts'

/** What is missing for longer is a matter for the settlements, not for the morning. */
const daysLookedAt = 31

/** What was completed lately and has not arrived; null while payments are added up for the first time. */
export async function readAwaitedMoney(db: Db, now: Date): Promise<AwaitedMoney | null> {
  const rule = await readRule(db, 'active')
  if (!rule) return null
  const { day: today } = businessDayAt(rule, now)
  const from = daysBefore(today, daysLookedAt - 1)
  const [found, delay] = await Promise.all([
    settlementDaysBy(db, { rule, today }, { from, to: today }),
    readUsualDelay(db, today),
  ])
  const days = found
    .map((day): AwaitedDay => {
      const by = expectedBy(day.day, delay)
      const isLate = by < today
      return { day: day.day, openCents: openOf(day, isLate), expectedBy: by, isLate }
    })
    .filter(({ openCents }) => openCents > 0)
    .toReversed()
  const isBankKnown = found.some(({ difference }) => difference !== null)
  return {
    today,
    from,
    days,
    openCents: sumOf(days),
    lateCents: isBankKnown ? sumOf(days.filter(({ isLate }) => isLate)) : null,
  }
}

function openOf({ difference, netCents }: SettlementDay, isLate: boolean) {
  if (difference === null) return toAmountCents(isLate ? 0 : netCents)
  return toAmountCents(difference.timing + difference.missing)
}

function sumOf(days: readonly AwaitedDay[]) {
  return toAmountCents(days.reduce((sum, { openCents }) => sum + openCents, 0))
}

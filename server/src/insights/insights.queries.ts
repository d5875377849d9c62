import {
  daysBefore,
  insightDays,
  type Insights,
  type LeftOff,
} from '@desk/shared/insights/insights'
import { shownQuery } from '@desk/shared/insights/point-query'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import type { Db } from '../database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { refuseTooBroad } from '../kernel/refuse-too-broad.ts'
import { daysAsked, type SearchPlace } from '../payments/payment-conditions.ts'
import { understand } from '../payments/payment-matching.ts'
import { readRule } from '../settlements/business-day-rules.queries.ts'
import { daysBetween } from '../settlements/days-between.ts'
import { figuresOf } from './insight-figures.ts'
import { PICKED_MAX, type Sources, sourcesOf } from './insight-sources.ts'
import { type InsightSums, readInsightSums } from './insight-sums.queries.ts'

/**
 * How the payments of a question fared, and those of as many days before. Null while payments are added up for
 * the first time. Refuses with `search_too_broad`, and with `names_one_payment` where there is nothing to compare.
 */
export async function readInsights(
  reads: Db,
  asked: { readonly query: PaymentQuery; readonly signal?: AbortSignal | undefined },
  place: SearchPlace,
): Promise<Insights | null> {
  return refuseTooBroad(async () => {
    const rule = await readRule(reads, 'active')
    if (!rule) return null
    const shown = insightDays(daysAsked(asked.query, place), place.today)
    const beforeDays = daysBefore(shown)
    const span = { from: beforeDays.from, to: shown.to }
    const matching = await understand(reads, shownQuery(asked.query, span), place)
    if (matching.allTime) throw namesOne()
    const sources = sourcesOf(reads, rule.id, { matching, span })
    const sums = await readInsightSums(reads, sources, { from: shown.from, signal: asked.signal })
    const leftOff = leftOffOf(sources, sums)
    const days = daysBetween(shown.from, shown.to)
    return {
      days,
      now: figuresOf(sums, { days, isBefore: false }),
      before:
        leftOff === null
          ? figuresOf(sums, { days: daysBetween(beforeDays.from, beforeDays.to), isBefore: true })
          : null,
      beforeDays,
      leftOff,
      isBuilding: (await readRule(reads, 'building')) !== undefined,
    }
  }, asked.signal)
}

function leftOffOf({ picked, areDaysSummed }: Sources, sums: InsightSums): LeftOff | null {
  if (picked === null || sums.picked < PICKED_MAX || sums.since === null) return null
  return { counted: sums.picked, since: sums.since, areDaysWhole: areDaysSummed }
}

function namesOne(): Refusal {
  return new Refusal(
    'invalid',
    'names_one_payment',
    'This search names one payment, of whatever day. Charts are about many: take the text away.',
  )
}

import { isAmountCents } from '../money/amount-cents.ts'
import type { PaymentQuery } from '../payments/payment-query.ts'
import type { PaymentTerm } from '../payments/payment-term.ts'
import { type ReachedStage, weekdays } from '../payments/search-measures.ts'
import { confirmStepSeconds } from '../settlements/confirm-steps.ts'
import type { ShownDays } from './insights.ts'
import { sizeStepLimits } from './size-steps.ts'

/** What stands behind a chart: its question over the days it shows, fixed, so that the link stays what it was. */
export function shownQuery(query: PaymentQuery, { from, to }: ShownDays): PaymentQuery {
  return { ...query, createdPreset: null, createdFrom: from, createdTo: to }
}

/** Those that came as far as a stage; all of them where it is null. */
export function stageQuery(shown: PaymentQuery, stage: ReachedStage | null): PaymentQuery {
  return stage === null ? shown : withTerm(shown, 'reached', stage)
}

/** The completed ones whose time from the chain to completion lies in a step. */
export function confirmQuery(shown: PaymentQuery, step: number): PaymentQuery {
  const above = confirmStepSeconds[step - 1]
  const upTo = confirmStepSeconds[step]
  const from = above === undefined ? 0 : above + 1
  return withTerm(shown, 'confirm', upTo === undefined ? `>=${from}` : `${from}..${upTo}`)
}

/** Those whose amount lies in a step. */
export function sizeQuery(shown: PaymentQuery, step: number): PaymentQuery {
  const { min, max } = sizeStepLimits(step)
  return {
    ...shown,
    minCents: centsOf(Math.max(min ?? 0, shown.minCents ?? 0)),
    maxCents: max === null ? shown.maxCents : centsOf(Math.min(max, shown.maxCents ?? max)),
  }
}

/** Those made in an hour of the week, counted from Monday 00:00. */
export function weekQuery(shown: PaymentQuery, cell: number): PaymentQuery {
  return withTerm(shown, 'hour', `${weekdays[Math.floor(cell / 24)]}-${cell % 24}`)
}

/** The completed ones of a part; null where the search has no word for it. */
export function slippageQuery(
  shown: PaymentQuery,
  part: { readonly token?: string; readonly network?: string; readonly hour?: number },
): PaymentQuery | null {
  if (part.token === '' || part.network === '') return null
  const completed = withTerm(shown, 'reached', 'completed')
  const { token, network, hour } = part
  return {
    ...(hour === undefined ? completed : withTerm(completed, 'hour', `${hour}`)),
    ...(token !== undefined && { tokens: [token] }),
    ...(network !== undefined && { networks: [network] }),
  }
}

/** Those of a day that are judged so; null where the question asks for another judgement already. */
export function judgedQuery(
  shown: PaymentQuery,
  day: string,
  judgement: 'underpaid' | 'overpaid' | 'late' | null,
): PaymentQuery | null {
  const ofDay = { ...shown, createdFrom: day, createdTo: day }
  if (judgement === null) return ofDay
  const { judgements } = shown
  // Several judgements mean any of them, and none can be asked for besides.
  const isFree = judgements.length === 0 || (judgements.length === 1 && judgements[0] === judgement)
  return isFree ? { ...ofDay, judgements: [judgement] } : null
}

function withTerm(query: PaymentQuery, name: PaymentTerm['name'], value: string): PaymentQuery {
  const isAsked = query.terms.some(
    (term) => term.name === name && term.value === value && !term.isNot,
  )
  if (isAsked) return query
  return { ...query, terms: [...query.terms, { name, key: null, value, isNot: false }] }
}

function centsOf(cents: number): PaymentQuery['minCents'] {
  return isAmountCents(cents) ? cents : null
}

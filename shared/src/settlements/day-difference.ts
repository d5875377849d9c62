/** What arrived for one business day by one match, in cents of a dollar. */
export interface Arrival {
  readonly arrivedCents: number
  /** What the bank said it kept of it, or took as a fee: not in what arrived. */
  readonly chargeCents: number
  /** The part of what arrived that came through an exchange of currencies. */
  readonly exchangedCents: number
}

export const differenceKinds = ['timing', 'fee', 'fx', 'excess', 'missing'] as const
export type DifferenceKind = (typeof differenceKinds)[number]

/**
 * Expected less arrived, in cents, and its parts, which add up to it: each cent has one kind. What is short
 * is above zero, what came too much below.
 */
export interface DayDifference extends Readonly<Record<DifferenceKind, number>> {
  readonly expected: number
  readonly arrived: number
  readonly difference: number
}

/** More than this of what was exchanged, in hundredths of a percent, is no matter of rates any more. */
export const EXCHANGE_BASIS_POINTS_MAX = 300

/**
 * Splits what a business day is short or over. A fee is what the bank itself said it kept. Of the rest, up
 * to 3% of what was exchanged is the rate's. What is then over is excess; what is short is a matter of
 * timing until the day by which it is expected, and missing after it.
 */
export function splitDifference(day: {
  readonly expectedCents: number
  readonly arrivals: readonly Arrival[]
  /** Whether the day by which it is expected is over. */
  readonly isDue: boolean
}): DayDifference {
  const sumOf = (field: keyof Arrival) =>
    day.arrivals.reduce((sum, arrival) => sum + arrival[field], 0)
  const arrived = sumOf('arrivedCents')
  const difference = day.expectedCents - arrived
  const fee = sumOf('chargeCents')
  const rest = difference - fee
  const bound = Math.floor((Math.abs(sumOf('exchangedCents')) * EXCHANGE_BASIS_POINTS_MAX) / 10_000)
  const fx = Math.abs(rest) <= bound ? rest : 0
  const left = rest - fx
  return {
    expected: day.expectedCents,
    arrived,
    difference,
    fee,
    fx,
    excess: Math.min(left, 0),
    timing: day.isDue ? 0 : Math.max(left, 0),
    missing: day.isDue ? Math.max(left, 0) : 0,
  }
}

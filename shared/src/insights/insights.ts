import type { DayRange } from '../time/day-preset.ts'

/** Days that one question can be about, the compared ones not counted: a year and a bit. */
export const INSIGHT_DAYS_MAX = 400

/** Days, both included. */
export interface ShownDays {
  readonly from: string
  readonly to: string
}

/**
 * The days a question is about: the last thirty where it names none, and no more than 400 to its end. Days to
 * come are left out unless nothing else is asked for.
 */
export function insightDays(asked: DayRange, today: string): ShownDays {
  const end =
    asked.to === null || (asked.to > today && (asked.from ?? '') <= today) ? today : asked.to
  const to = asked.to === null && asked.from !== null && asked.from > today ? asked.from : end
  const earliest = moved(to, 1 - INSIGHT_DAYS_MAX)
  if (asked.from === null) return { from: moved(to, 1 - USUAL_DAYS), to }
  return { from: asked.from < earliest ? earliest : asked.from, to }
}

const USUAL_DAYS = 30

/** As many days, right before. */
export function daysBefore({ from, to }: ShownDays): ShownDays {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1
  return { from: moved(from, -days), to: moved(from, -1) }
}

const DAY_MS = 86_400_000

function moved(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
}

/**
 * How payments fared that were made on some days, by the days they were made. The n-th number of a column
 * belongs to the n-th day, step or hour. Cents are exact integers.
 */
export interface Insights {
  readonly days: readonly string[]
  readonly now: InsightFigures
  /** As many days right before these; null where not all of them could be counted. */
  readonly before: InsightFigures | null
  readonly beforeDays: ShownDays
  /** What could not be counted in time; null for nothing. */
  readonly leftOff: LeftOff | null
  /** All sums are being counted anew, and these are those from before. */
  readonly isBuilding: boolean
}

/** Only the newest payments were counted. */
export interface LeftOff {
  readonly counted: number
  /** The day of the oldest of them. */
  readonly since: string
  /** Whether the sums by day, token and network are whole all the same. */
  readonly areDaysWhole: boolean
}

export interface InsightFigures {
  readonly perDay: DayColumns
  /** Of completed payments, the dearest first: what arrived against what was quoted. */
  readonly tokens: readonly SlippagePart[]
  readonly networks: readonly SlippagePart[]
  /** By the hour of the day, and by the hour of the week from Monday 00:00. */
  readonly hours: readonly Slippage[]
  readonly week: { readonly payments: readonly number[]; readonly completed: readonly number[] }
  /** By the steps of `confirmStepSeconds`. */
  readonly confirm: readonly number[]
  /** By the steps of `sizeStepCents`. */
  readonly sizes: readonly number[]
}

export interface DayColumns {
  readonly payments: readonly number[]
  readonly quoted: readonly number[]
  readonly seen: readonly number[]
  readonly completed: readonly number[]
  readonly underpaid: readonly number[]
  readonly overpaid: readonly number[]
  readonly late: readonly number[]
}

/** Negative cents are what arrived too little. */
export interface Slippage {
  readonly payments: number
  readonly cents: number
  readonly grossCents: number
}

export interface SlippagePart extends Slippage {
  /** A symbol or a CAIP-2 id; empty where there is none. */
  readonly name: string
}

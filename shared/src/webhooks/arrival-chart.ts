import * as z from 'zod/mini'
import type { ArrivalGap } from './arrival-gap.ts'
import type { WebhookVerdict } from './webhook-delivery.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** How far the charts look back, and how long one of their points lasts. */
export const chartSpans = {
  hours: { spanMs: 6 * HOUR_MS, pointMs: 5 * MINUTE_MS },
  day: { spanMs: DAY_MS, pointMs: 15 * MINUTE_MS },
  week: { spanMs: 7 * DAY_MS, pointMs: 2 * HOUR_MS },
  month: { spanMs: 30 * DAY_MS, pointMs: 6 * HOUR_MS },
} as const
export type ChartSpan = keyof typeof chartSpans
export const chartSpan = z.enum(['hours', 'day', 'week', 'month'])

/** What came in one stretch of time. */
export interface ArrivalPoint {
  /** Its beginning, ISO 8601 UTC. */
  readonly at: string
  readonly byVerdict: Readonly<Partial<Record<WebhookVerdict, number>>>
  /** How many accepted ones usually come then: the median of the same stretch in the last four weeks. */
  readonly usual: number | null
  /** From arrival until processed, in milliseconds. */
  readonly processing: LagFigures
  /** From the event's own time until arrival. */
  readonly arrival: LagFigures
}

/** Null where nothing was counted. `usualP95` is the median of the same stretch in the last four weeks. */
export interface LagFigures {
  readonly p50: number | null
  readonly p95: number | null
  readonly p99: number | null
  readonly usualP95: number | null
}

export interface ArrivalChart {
  readonly points: readonly ArrivalPoint[]
  /** The same over everything in the chart. */
  readonly processing: LagFigures
  readonly arrival: LagFigures
  readonly gap: ArrivalGap
  /** Until when everything is counted, ISO 8601; null before the first count. */
  readonly countedTo: string | null
}

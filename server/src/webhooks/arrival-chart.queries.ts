import { sql } from 'kysely'
import {
  type ArrivalChart,
  type ArrivalPoint,
  type ChartSpan,
  chartSpans,
  type LagFigures,
} from '@desk/shared/webhooks/arrival-chart'
import { type LagCount, lagPercentile } from '@desk/shared/webhooks/lag-slots'
import { median } from '@desk/shared/webhooks/median'
import type { WebhookVerdict } from '@desk/shared/webhooks/webhook-delivery'
import type { Db } from '../database.ts'
import { readArrivalGap } from './arrival-gap.queries.ts'

const WEEKS = 4
const WEEK_MS = 7 * 24 * 60 * 60_000
const thisWeek = 0

interface ChartRequest {
  readonly span: ChartSpan
  readonly now: Date
  /** In which the same time of day is looked for in earlier weeks. */
  readonly zone: string
}

/** What arrived lately and how long it took, beside what is usual then. Reads the counts, never the deliveries. */
export async function readArrivalChart(reads: Db, request: ChartRequest): Promise<ArrivalChart> {
  const window = windowOf(request)
  const [arrivals, lags, gap, progress] = await Promise.all([
    readArrivals(reads, window),
    readLags(reads, window),
    readArrivalGap(reads, request),
    reads
      .selectFrom('webhook_digest_progress')
      .select((eb) => [
        'counted_to',
        eb
          .selectFrom('webhook_arrivals')
          .select((counts) => counts.fn.min('starts_at').as('at'))
          .as('first'),
      ])
      .executeTakeFirstOrThrow(),
  ])
  const firstMs = progress.first?.getTime() ?? Infinity
  const instants = Array.from(
    { length: Math.round((window.to.getTime() - window.from.getTime()) / window.pointMs) },
    (_, index) => window.from.getTime() + index * window.pointMs,
  )
  return {
    points: instants.map((atMs) =>
      pointAt(atMs, { arrivals, lags, weeks: weeksKnown(atMs, firstMs) }),
    ),
    processing: figuresOver(lags, 'processing'),
    arrival: figuresOver(lags, 'arrival'),
    gap,
    countedTo: progress.counted_to?.toISOString() ?? null,
  }
}

interface Window {
  readonly from: Date
  readonly to: Date
  readonly pointMs: number
  readonly zone: string
}

/** Whole points, the last of which holds now. */
function windowOf({ span, now, zone }: ChartRequest): Window {
  const { spanMs, pointMs } = chartSpans[span]
  const toMs = (Math.floor(now.getTime() / pointMs) + 1) * pointMs
  return { from: new Date(toMs - spanMs), to: new Date(toMs), pointMs, zone }
}

/** The earlier weeks in which Desk was there already. */
function weeksKnown(atMs: number, firstMs: number): readonly number[] {
  return Array.from({ length: WEEKS }, (_, index) => index + 1).filter(
    (week) => atMs - week * WEEK_MS >= firstMs,
  )
}

interface ArrivalCount {
  readonly week: number
  readonly verdict: string
  readonly count: number
}

interface LagRow extends LagCount {
  readonly week: number
  readonly kind: 'processing' | 'arrival'
}

interface Counts {
  /** By instant, in milliseconds. */
  readonly arrivals: ReadonlyMap<number, readonly ArrivalCount[]>
  readonly lags: ReadonlyMap<number, readonly LagRow[]>
  readonly weeks: readonly number[]
}

function pointAt(atMs: number, { arrivals, lags, weeks }: Counts): ArrivalPoint {
  const came = arrivals.get(atMs) ?? []
  const byVerdict: Partial<Record<WebhookVerdict, number>> = {}
  for (const { verdict, count } of came.filter(({ week }) => week === thisWeek)) {
    const name = verdictOf(verdict)
    if (name) byVerdict[name] = (byVerdict[name] ?? 0) + count
  }
  const accepted = came.filter(({ verdict }) => !verdict.startsWith(REFUSED))
  const took = lags.get(atMs) ?? []
  return {
    at: new Date(atMs).toISOString(),
    byVerdict,
    usual: median(
      weeks.map((week) =>
        accepted.filter((count) => count.week === week).reduce((sum, { count }) => sum + count, 0),
      ),
    ),
    processing: figuresOf(took, 'processing'),
    arrival: figuresOf(took, 'arrival'),
  }
}

const REFUSED = 'refused:'
const verdicts: ReadonlyMap<string, WebhookVerdict> = new Map([
  ['valid', 'valid'],
  ['duplicate', 'duplicate'],
  ['malformed', 'malformed'],
  ['refused:malformed', 'malformed'],
  ['refused:invalid_signature', 'invalid_signature'],
  ['refused:stale_timestamp', 'stale_timestamp'],
  ['refused:unknown_secret', 'unknown_secret'],
])

function verdictOf(counted: string): WebhookVerdict | undefined {
  return verdicts.get(counted)
}

function figuresOf(all: readonly LagRow[], kind: LagRow['kind']): LagFigures {
  const own = all.filter((row) => row.kind === kind)
  const now = own.filter(({ week }) => week === thisWeek)
  const before = Array.from({ length: WEEKS }, (_, index) =>
    lagPercentile(
      own.filter(({ week }) => week === index + 1),
      0.95,
    ),
  )
  return {
    p50: lagPercentile(now, 0.5),
    p95: lagPercentile(now, 0.95),
    p99: lagPercentile(now, 0.99),
    usualP95: median(before.filter((p95) => p95 !== null)),
  }
}

function figuresOver(lags: Counts['lags'], kind: LagRow['kind']): LagFigures {
  return figuresOf([...lags.values()].flat(), kind)
}

async function readArrivals(reads: Db, window: Window): Promise<Counts['arrivals']> {
  const { rows } = await sql<ArrivalCount & { at: Date }>`
    select week, at, verdict, sum(arrivals)::integer as count
    from ${weeksOf(window, 'webhook_arrivals')}
    where at >= ${window.from} and at < ${window.to}
    group by 1, 2, 3`.execute(reads)
  return Map.groupBy(rows, ({ at }) => at.getTime())
}

async function readLags(reads: Db, window: Window): Promise<Counts['lags']> {
  const { rows } = await sql<LagRow & { at: Date }>`
    select week, at, kind, slot, sum(deliveries)::integer as count
    from ${weeksOf(window, 'webhook_lag')}
    where at >= ${window.from} and at < ${window.to}
    group by 1, 2, 3, 4`.execute(reads)
  return Map.groupBy(rows, ({ at }) => at.getTime())
}

/**
 * The counts of the window and of the same days and hours of earlier weeks, each moved to where it would
 * stand in the window by the clock on the wall: noon stays noon when the clocks changed in between.
 */
function weeksOf({ from, to, pointMs, zone }: Window, table: 'webhook_arrivals' | 'webhook_lag') {
  return sql`generate_series(0, ${WEEKS}) as week cross join lateral (
    select counts.*, date_bin(
      ${pointMs}::float8 * interval '1 millisecond',
      ((starts_at at time zone ${zone}) + week * interval '7 days') at time zone ${zone},
      timestamptz 'epoch'
    ) as at
    from ${sql.table(table)} as counts
    where starts_at >= ${from}::timestamptz - week * interval '168 hours' - interval '2 hours'
      and starts_at < ${to}::timestamptz - week * interval '168 hours' + interval '2 hours'
  ) as moved`
}

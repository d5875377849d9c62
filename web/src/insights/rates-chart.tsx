import {
  CartesianGrid,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import { judgedQuery } from '@desk/shared/insights/point-query'
import type { Insights } from '@desk/shared/insights/insights'
import { ChartFrame } from '../ui/chart/chart-frame.tsx'
import { axisLook, dotsFor, gridLook, seriesColor, still } from '../ui/chart/chart-look.ts'
import { ChartTooltip, type PointFigures } from '../ui/chart/chart-tooltip.tsx'
import { longDay, shortDay } from '../ui/business-day.ts'
import { countText } from '../ui/readers-locale.ts'
import { NoDrawing } from '../ui/chart/no-drawing.tsx'
import { Behind, useOpenBehind } from './behind.tsx'
import { shareChange, shareText } from './insight-words.ts'
import type { InsightChartProps } from './step-charts.tsx'

const kinds = [
  { key: 'underpaid', label: 'Underpaid', color: seriesColor.bad },
  { key: 'overpaid', label: 'Overpaid', color: seriesColor.first },
  { key: 'late', label: 'Late', color: seriesColor.third },
] as const

/** Which share of the payments seen on chain was under- or overpaid or late, day by day. */
export function RatesChart({ found, shown, range }: InsightChartProps) {
  const open = useOpenBehind()
  const rows = rowsOf(found)
  const title = 'Under-, over- and late-paid'
  const columns = ['Day made', 'Seen on chain', ...kinds.map(({ label }) => label)]
  const isEmpty = rows.every(({ seen }) => seen === 0)
  return (
    <ChartFrame
      title={title}
      summary={`${kinds
        .map(({ key, label }) => `${shareText(...totalsOf(found.now, key))} ${label.toLowerCase()}`)
        .join(', ')} of those seen on chain; together ${shareChange(
        anyOf(found.now),
        found.before && anyOf(found.before),
      )}`}
      legend={kinds.map(({ label, color }) => ({ label, color }))}
      table={{
        columns,
        rows: rows.toReversed().map((row) => ({
          key: row.at,
          cells: [
            <Behind key="day" query={judgedQuery(shown, row.at, null)}>
              {shortDay(row.at, false)}
            </Behind>,
            countText(row.seen),
            ...kinds.map(({ key }) => (
              <Behind key={key} query={row[key] === 0 ? null : judgedQuery(shown, row.at, key)}>
                {row[key] === 0 ? '0' : `${countText(row[key])} (${shareText(row[key], row.seen)})`}
              </Behind>
            )),
          ],
        })),
      }}
      file={{
        name: `under-over-late-${range}`,
        columns,
        rows: rows.map((row) => [row.at, row.seen, ...kinds.map(({ key }) => row[key])]),
      }}
    >
      {isEmpty ? (
        <NoDrawing>No payment of these days was seen on chain yet.</NoDrawing>
      ) : (
        <ResponsiveContainer width="100%" height={220}>
          <LineChart
            data={rows}
            accessibilityLayer
            title={title}
            desc="Arrow keys go from day to day; the table has the same figures, with links to the payments."
            margin={{ top: 4, right: 20, bottom: 0, left: 0 }}
            className="cursor-pointer"
            onClick={({ activeLabel }) =>
              activeLabel !== undefined && open(judgedQuery(shown, String(activeLabel), null))
            }
          >
            <CartesianGrid {...gridLook} />
            <XAxis
              {...axisLook}
              dataKey="at"
              tickFormatter={(at: string) => shortDay(at, true)}
              minTickGap={48}
            />
            <YAxis
              {...axisLook}
              width={52}
              tickFormatter={(share: number) => shareText(share, 1)}
            />
            <Tooltip
              {...still}
              cursor={{ stroke: 'var(--line-strong)' }}
              content={<ChartTooltip of={(at) => figuresAt(rows, at)} />}
            />
            {kinds.map(({ key, color }) => (
              <Line
                key={key}
                {...still}
                dataKey={`${key}Share`}
                stroke={color}
                strokeWidth={1.8}
                dot={dotsFor(rows.length)}
                type="linear"
              />
            ))}
          </LineChart>
        </ResponsiveContainer>
      )}
    </ChartFrame>
  )
}

type Row = ReturnType<typeof rowsOf>[number]

/** A day without payments on chain has no shares: the lines have a gap there. */
function rowsOf({ days, now: { perDay } }: Insights) {
  return days.map((at, index) => {
    const seen = perDay.seen[index] ?? 0
    const shareOf = (count: number) => (seen === 0 ? null : count / seen)
    const underpaid = perDay.underpaid[index] ?? 0
    const overpaid = perDay.overpaid[index] ?? 0
    const late = perDay.late[index] ?? 0
    return {
      at,
      seen,
      underpaid,
      overpaid,
      late,
      underpaidShare: shareOf(underpaid),
      overpaidShare: shareOf(overpaid),
      lateShare: shareOf(late),
    }
  })
}

function figuresAt(rows: readonly Row[], at: string): PointFigures | null {
  const row = rows.find((one) => one.at === at)
  if (!row) return null
  return {
    title: longDay(at),
    figures: [
      ...kinds.map(({ key, label }) => ({
        label,
        value: `${countText(row[key])} (${shareText(row[key], row.seen)})`,
      })),
      { label: 'Seen on chain', value: countText(row.seen) },
    ],
  }
}

type Kind = (typeof kinds)[number]['key']

function totalsOf({ perDay }: Insights['now'], kind: Kind): readonly [number, number] {
  const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0)
  return [sum(perDay[kind]), sum(perDay.seen)]
}

function anyOf(figures: Insights['now']) {
  const [underpaid, whole] = totalsOf(figures, 'underpaid')
  const part = underpaid + totalsOf(figures, 'overpaid')[0] + totalsOf(figures, 'late')[0]
  return { part, whole }
}

import {
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import type { ArrivalPoint, ChartSpan, LagFigures } from '@desk/shared/webhooks/arrival-chart'
import { useViewZone } from '../ui/business-day-rule.tsx'
import { ChartFrame } from '../ui/chart/chart-frame.tsx'
import { axisLook, dotsFor, gridLook, seriesColor, still } from '../ui/chart/chart-look.ts'
import { ChartTooltip, type PointFigures } from '../ui/chart/chart-tooltip.tsx'
import { pointText, tickText } from './chart-times.ts'
import { lagText } from './lag-text.ts'

const series = [
  { key: 'p50', label: 'Half within', color: seriesColor.first },
  { key: 'p95', label: '95 % within', color: seriesColor.second },
  { key: 'p99', label: '99 % within', color: seriesColor.third },
] as const

/** How long it took, by percentiles, on a scale of ratios: one slow minute must not flatten the rest. */
export function LagChart({ title, points, kind, whole, span }: LagChartProps) {
  const zone = useViewZone()
  const rows = points.map((point) => ({ at: point.at, ...point[kind] }))
  const measured = rows.filter(({ p50 }) => p50 !== null).length
  const hasUsual = rows.some(({ usualP95 }) => usualP95 !== null)
  return (
    <ChartFrame
      title={title}
      summary={summaryOf(whole)}
      legend={[
        ...series,
        ...(hasUsual
          ? [{ label: 'Usually 95 % within', color: seriesColor.usual, isDashed: true }]
          : []),
      ]}
      table={{
        columns: ['From', ...series.map(({ label }) => label), 'Usually 95 % within'],
        rows: rows.map((row) => ({
          key: row.at,
          cells: [
            pointText(row.at, zone),
            ...series.map(({ key }) => figure(row[key])),
            figure(row.usualP95),
          ],
        })),
      }}
    >
      <ResponsiveContainer width="100%" height={200}>
        <ComposedChart
          data={rows}
          accessibilityLayer
          title={title}
          desc="Arrow keys go from point to point; the table has the same figures."
          margin={{ top: 8, right: 20, bottom: 0, left: 0 }}
        >
          <CartesianGrid {...gridLook} />
          <XAxis
            {...axisLook}
            dataKey="at"
            tickFormatter={(at: string) => tickText(at, { zone, span })}
            minTickGap={32}
            padding={{ left: 6, right: 6 }}
          />
          <YAxis {...axisLook} width={56} scale="log" domain={roomy} tickFormatter={lagText} />
          <Tooltip
            {...still}
            cursor={{ stroke: 'var(--line-strong)' }}
            content={<ChartTooltip of={(at) => figuresAt(rows, at, zone)} />}
          />
          {series.map(({ key, color }) => (
            <Line
              key={key}
              {...still}
              dataKey={key}
              stroke={color}
              strokeWidth={1.75}
              dot={dotsFor(measured)}
              type="monotone"
            />
          ))}
          {hasUsual && (
            <Line
              {...still}
              dataKey="usualP95"
              stroke={seriesColor.usual}
              strokeDasharray="4 3"
              dot={false}
              type="monotone"
            />
          )}
        </ComposedChart>
      </ResponsiveContainer>
    </ChartFrame>
  )
}

interface LagChartProps {
  readonly title: string
  readonly points: readonly ArrivalPoint[]
  readonly kind: 'processing' | 'arrival'
  /** Over everything in the chart. */
  readonly whole: LagFigures
  readonly span: ChartSpan
}

interface Row extends LagFigures {
  readonly at: string
}

function figuresAt(rows: readonly Row[], at: string, zone: string): PointFigures | null {
  const row = rows.find((one) => one.at === at)
  if (!row) return null
  return {
    title: pointText(at, zone),
    figures: [
      ...series.map(({ key, label }) => ({ label, value: figure(row[key]) })),
      { label: 'Usually 95 % within', value: figure(row.usualP95) },
    ],
  }
}

function summaryOf({ p50, p95, p99 }: LagFigures): string {
  return p50 === null
    ? 'Nothing was measured in this time'
    : `Half within ${figure(p50)}, 95 % within ${figure(p95)}, 99 % within ${figure(p99)}`
}

/** Some room above and below, so that the highest and lowest points are whole. */
function roomy([least, most]: readonly [number, number]): [number, number] {
  return [Math.max(1, least / 1.6), Math.max(10, most * 1.6)]
}

function figure(milliseconds: number | null): string {
  return milliseconds === null ? '—' : lagText(milliseconds)
}

import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import type { ArrivalPoint, ChartSpan } from '@desk/shared/webhooks/arrival-chart'
import { useViewZone } from '../ui/business-day-rule.tsx'
import { ChartFrame } from '../ui/chart/chart-frame.tsx'
import { axisLook, dotsFor, gridLook, seriesColor, still } from '../ui/chart/chart-look.ts'
import { ChartTooltip, type PointFigures } from '../ui/chart/chart-tooltip.tsx'
import { countText } from '../ui/readers-locale.ts'
import { pointText, tickText } from './chart-times.ts'

const series = [
  { key: 'valid', label: 'Valid', color: seriesColor.ok },
  { key: 'repeats', label: 'Repeats', color: seriesColor.idle },
  { key: 'unreadable', label: 'Unreadable', color: seriesColor.warn },
  { key: 'refused', label: 'Refused', color: seriesColor.bad },
] as const

/** How many came, by verdict, beside how many usually come. */
export function ArrivalsChart({ points, span }: ArrivalsChartProps) {
  const zone = useViewZone()
  const rows = points.map(rowOf)
  const total = rows.reduce((sum, row) => sum + row.total, 0)
  const refused = rows.reduce((sum, row) => sum + row.refused, 0)
  const hasUsual = rows.some(({ usual }) => usual !== null)
  return (
    <ChartFrame
      title="Arrivals"
      summary={`${countText(total)} in all, ${countText(refused)} refused`}
      legend={[
        ...series,
        ...(hasUsual
          ? [{ label: 'Usually accepted', color: seriesColor.usual, isDashed: true }]
          : []),
      ]}
      table={{
        columns: ['From', ...series.map(({ label }) => label), 'Usually accepted'],
        rows: rows.map((row) => ({
          key: row.at,
          cells: [
            pointText(row.at, zone),
            ...series.map(({ key }) => countText(row[key])),
            row.usual === null ? '—' : countText(row.usual),
          ],
        })),
      }}
    >
      <ResponsiveContainer width="100%" height={220}>
        <ComposedChart
          data={rows}
          accessibilityLayer
          title="Arrivals"
          desc="Arrow keys go from point to point; the table has the same figures."
          margin={{ top: 4, right: 20, bottom: 0, left: 0 }}
        >
          <CartesianGrid {...gridLook} />
          <XAxis
            {...axisLook}
            dataKey="at"
            tickFormatter={(at: string) => tickText(at, { zone, span })}
            minTickGap={32}
          />
          <YAxis {...axisLook} width={44} allowDecimals={false} tickFormatter={countText} />
          <Tooltip
            {...still}
            cursor={{ fill: 'var(--hover)' }}
            content={<ChartTooltip of={(at) => figuresAt(rows, at, zone)} />}
          />
          {series.map(({ key, color }) => (
            <Bar key={key} {...still} dataKey={key} stackId="verdict" fill={color} />
          ))}
          {hasUsual && (
            <Line
              {...still}
              dataKey="usual"
              stroke={seriesColor.usual}
              strokeDasharray="4 3"
              dot={dotsFor(rows.length)}
              type="monotone"
            />
          )}
        </ComposedChart>
      </ResponsiveContainer>
    </ChartFrame>
  )
}

interface ArrivalsChartProps {
  readonly points: readonly ArrivalPoint[]
  readonly span: ChartSpan
}

type Row = ReturnType<typeof rowOf>

function rowOf({ at, byVerdict, usual }: ArrivalPoint) {
  const { valid = 0, duplicate: repeats = 0, malformed: unreadable = 0 } = byVerdict
  const { invalid_signature = 0, stale_timestamp = 0, unknown_secret = 0 } = byVerdict
  const refused = invalid_signature + stale_timestamp + unknown_secret
  return {
    at,
    valid,
    repeats,
    unreadable,
    refused,
    usual,
    total: valid + repeats + unreadable + refused,
  }
}

function figuresAt(rows: readonly Row[], at: string, zone: string): PointFigures | null {
  const row = rows.find((one) => one.at === at)
  if (!row) return null
  return {
    title: pointText(at, zone),
    figures: [
      ...series.map(({ key, label }) => ({ label, value: countText(row[key]) })),
      { label: 'Usually accepted', value: row.usual === null ? '—' : countText(row.usual) },
    ],
  }
}

import {
  Area,
  CartesianGrid,
  ComposedChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import type { DaySeries } from '@desk/shared/settlements/day-series'
import { dayTitle, shortDay } from '../ui/business-day.ts'
import { ChartFrame } from '../ui/chart/chart-frame.tsx'
import { axisLook, dotsFor, gridLook, seriesColor, still } from '../ui/chart/chart-look.ts'
import { ChartTooltip, type PointFigures } from '../ui/chart/chart-tooltip.tsx'
import { NoDrawing } from '../ui/chart/no-drawing.tsx'
import { moneyText, shortMoneyText } from '../ui/money-text.ts'
import { countText } from '../ui/readers-locale.ts'

/** What completed payments brought in on each business day, today as far as it is. */
export function VolumeChart({ series, today }: VolumeChartProps) {
  const rows = rowsOf(series)
  const total = rows.reduce((sum, { grossCents }) => sum + grossCents, 0)
  return (
    <ChartFrame
      title={`Settled volume, ${rows.length} days`}
      summary={`${moneyText(total)} in all`}
      legend={[{ label: 'Completed payments', color: seriesColor.first }]}
      table={{
        columns: ['Business day', 'Payments', 'Volume', 'Fees', 'Net'],
        rows: rows.toReversed().map((row) => ({
          key: row.at,
          cells: [
            dayTitle(row.at, today),
            countText(row.payments),
            moneyText(row.grossCents),
            moneyText(row.feeCents),
            moneyText(row.netCents),
          ],
        })),
      }}
    >
      {rows.every(({ payments }) => payments === 0) ? (
        <NoDrawing>Nothing was completed on these days.</NoDrawing>
      ) : (
        <ResponsiveContainer width="100%" height={236}>
          <ComposedChart
            data={rows}
            accessibilityLayer
            title="Settled volume by business day"
            desc="Arrow keys go from day to day; the table has the same figures."
            margin={{ top: 4, right: 20, bottom: 0, left: 0 }}
          >
            <CartesianGrid {...gridLook} />
            <XAxis
              {...axisLook}
              dataKey="at"
              tickFormatter={(at: string) => (at === today ? 'Today' : shortDay(at, true))}
              minTickGap={48}
            />
            <YAxis {...axisLook} width={56} tickFormatter={shortMoneyText} />
            <Tooltip
              {...still}
              cursor={{ stroke: 'var(--line-strong)' }}
              content={<ChartTooltip of={(at) => figuresAt(rows, at, today)} />}
            />
            <Area
              {...still}
              dataKey="grossCents"
              stroke={seriesColor.first}
              fill={seriesColor.first}
              fillOpacity={0.1}
              strokeWidth={1.8}
              dot={dotsFor(rows.length)}
              type="linear"
            />
          </ComposedChart>
        </ResponsiveContainer>
      )}
    </ChartFrame>
  )
}

interface VolumeChartProps {
  readonly series: DaySeries
  /** The business day it is now. */
  readonly today: string
}

type Row = ReturnType<typeof rowsOf>[number]

function rowsOf({ days, parts: [whole] }: DaySeries) {
  return days.map((at, index) => ({
    at,
    payments: whole?.payments[index] ?? 0,
    grossCents: whole?.grossCents[index] ?? 0,
    feeCents: whole?.feeCents[index] ?? 0,
    netCents: whole?.netCents[index] ?? 0,
  }))
}

function figuresAt(rows: readonly Row[], at: string, today: string): PointFigures | null {
  const row = rows.find((one) => one.at === at)
  if (!row) return null
  return {
    title: dayTitle(at, today),
    figures: [
      { label: 'Volume', value: moneyText(row.grossCents) },
      { label: 'Fees', value: moneyText(row.feeCents) },
      { label: 'Net', value: moneyText(row.netCents) },
      { label: 'Payments', value: countText(row.payments) },
    ],
  }
}

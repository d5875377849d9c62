import {
  Area,
  CartesianGrid,
  ComposedChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import { formatCents } from '@desk/shared/money/amount-cents'
import type { DaySeries } from '@desk/shared/settlements/day-series'
import { dayTitle, shortDay } from '../ui/business-day.ts'
import { ChartFrame } from '../ui/chart/chart-frame.tsx'
import { axisLook, dotsFor, gridLook, seriesColor, still } from '../ui/chart/chart-look.ts'
import { ChartTooltip, type PointFigures } from '../ui/chart/chart-tooltip.tsx'
import { countText, readersLocale } from '../ui/readers-locale.ts'

/** What completed payments brought in on each business day, today as far as it is. */
export function VolumeChart({ series, today }: VolumeChartProps) {
  const rows = rowsOf(series)
  const total = rows.reduce((sum, { grossCents }) => sum + grossCents, 0)
  return (
    <ChartFrame
      title={`Settled volume, ${rows.length} days`}
      summary={`${money(total)} in all`}
      legend={[{ label: 'Completed payments', color: seriesColor.first }]}
      table={{
        columns: ['Business day', 'Payments', 'Volume', 'Fees', 'Net'],
        rows: rows.toReversed().map((row) => ({
          key: row.at,
          cells: [
            dayTitle(row.at, today),
            countText(row.payments),
            money(row.grossCents),
            money(row.feeCents),
            money(row.netCents),
          ],
        })),
      }}
    >
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
          <YAxis {...axisLook} width={56} tickFormatter={shortMoney} />
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
      { label: 'Volume', value: money(row.grossCents) },
      { label: 'Fees', value: money(row.feeCents) },
      { label: 'Net', value: money(row.netCents) },
      { label: 'Payments', value: countText(row.payments) },
    ],
  }
}

function money(cents: number): string {
  return formatCents(cents, { locale: readersLocale })
}

const short = new Intl.NumberFormat(readersLocale, {
  style: 'currency',
  currency: 'USD',
  currencyDisplay: 'narrowSymbol',
  notation: 'compact',
  maximumFractionDigits: 1,
})
/** For an axis, which is read by the eye: the exact figures are in the tooltip and in the table. */
function shortMoney(cents: number): string {
  return short.format(cents / 100)
}

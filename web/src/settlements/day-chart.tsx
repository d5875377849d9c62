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
import { centsToDecimal } from '@desk/shared/money/amount-cents'
import type { SettlementDays } from '@desk/shared/settlements/settlement-days'
import { dayTitle, shortDay } from '../ui/business-day.ts'
import { ChartFrame } from '../ui/chart/chart-frame.tsx'
import { axisLook, dotsFor, gridLook, seriesColor, still } from '../ui/chart/chart-look.ts'
import { ChartTooltip, type PointFigures } from '../ui/chart/chart-tooltip.tsx'
import { moneyText, shortMoneyText } from '../ui/money-text.ts'
import { countText } from '../ui/readers-locale.ts'
import { NoDrawing } from '../ui/chart/no-drawing.tsx'
import { visibleBar } from './visible-bar.ts'

/** Net and fees of each day as bars, and how the net has grown over the range as a line. */
export function DayChart({ found: { days, today, totals } }: { readonly found: SettlementDays }) {
  const rows = rowsOf(days)
  const title = 'Net by business day'
  return (
    <ChartFrame
      title={title}
      summary={`${moneyText(totals.netCents)} net of ${moneyText(totals.grossCents)}`}
      legend={[
        { label: 'Net', color: seriesColor.first },
        { label: 'Fees', color: seriesColor.third },
        { label: 'Net so far (right axis)', color: seriesColor.usual, isDashed: true },
      ]}
      table={{
        columns: ['Business day', 'Payments', 'Gross', 'Fees', 'Net', 'Net so far'],
        rows: rows.toReversed().map((row) => ({
          key: row.at,
          cells: [
            dayTitle(row.at, today),
            countText(row.payments),
            moneyText(row.grossCents),
            moneyText(row.feeCents),
            moneyText(row.netCents),
            moneyText(row.runningCents),
          ],
        })),
      }}
      file={{
        name: `settlements-${rows[0]?.at ?? ''}-to-${rows.at(-1)?.at ?? ''}`,
        columns: ['Business day', 'Payments', 'Gross', 'Fees', 'Net', 'Net so far'],
        rows: rows.map((row) => [
          row.at,
          row.payments,
          centsToDecimal(row.grossCents),
          centsToDecimal(row.feeCents),
          centsToDecimal(row.netCents),
          centsToDecimal(row.runningCents),
        ]),
      }}
    >
      {totals.payments === 0 ? (
        <NoDrawing>Nothing was completed on these days.</NoDrawing>
      ) : (
        <ResponsiveContainer width="100%" height={260}>
          <ComposedChart
            data={rows}
            accessibilityLayer
            title={title}
            desc="Arrow keys go from day to day; the table has the same figures."
            margin={{ top: 4, right: 0, bottom: 0, left: 0 }}
          >
            <CartesianGrid {...gridLook} />
            <XAxis
              {...axisLook}
              dataKey="at"
              tickFormatter={(at: string) => (at === today ? 'Today' : shortDay(at, true))}
              minTickGap={40}
            />
            <YAxis {...axisLook} yAxisId="day" width={52} tickFormatter={shortMoneyText} />
            <YAxis
              {...axisLook}
              yAxisId="running"
              orientation="right"
              width={52}
              tickFormatter={shortMoneyText}
            />
            <Tooltip
              {...still}
              cursor={{ fill: 'var(--hover)' }}
              content={<ChartTooltip of={(at) => figuresAt(rows, at, today)} />}
            />
            <Bar
              {...still}
              yAxisId="day"
              dataKey="netCents"
              stackId="day"
              fill={seriesColor.first}
              minPointSize={visibleBar}
              maxBarSize={48}
            />
            <Bar
              {...still}
              yAxisId="day"
              dataKey="feeCents"
              stackId="day"
              fill={seriesColor.third}
              maxBarSize={48}
            />
            <Line
              {...still}
              yAxisId="running"
              dataKey="runningCents"
              stroke={seriesColor.usual}
              strokeDasharray="4 3"
              dot={rows.length === 1 && dotsFor(1)}
              type="linear"
            />
          </ComposedChart>
        </ResponsiveContainer>
      )}
    </ChartFrame>
  )
}

type Row = ReturnType<typeof rowsOf>[number]

function rowsOf(days: SettlementDays['days']) {
  let runningCents = 0
  return days.map(({ day, payments, grossCents, merchantFeeCents, swapFeeCents, netCents }) => {
    runningCents += netCents
    const feeCents = merchantFeeCents + swapFeeCents
    return { at: day, payments, grossCents, feeCents, netCents, runningCents }
  })
}

function figuresAt(rows: readonly Row[], at: string, today: string): PointFigures | null {
  const row = rows.find((one) => one.at === at)
  if (!row) return null
  return {
    title: dayTitle(at, today),
    figures: [
      { label: 'Gross', value: moneyText(row.grossCents) },
      { label: 'Fees', value: moneyText(row.feeCents) },
      { label: 'Net', value: moneyText(row.netCents) },
      { label: 'Net so far', value: moneyText(row.runningCents) },
      { label: 'Payments', value: countText(row.payments) },
    ],
  }
}

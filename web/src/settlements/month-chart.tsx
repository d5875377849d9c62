import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { centsToDecimal } from '@desk/shared/money/amount-cents'
import type { DaySeries } from '@desk/shared/settlements/day-series'
import type { SettlementDays } from '@desk/shared/settlements/settlement-days'
import { readFault } from '../app/fault.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { ChartFrame } from '../ui/chart/chart-frame.tsx'
import { axisLook, gridLook, seriesColor, still } from '../ui/chart/chart-look.ts'
import { ChartTooltip, type PointFigures } from '../ui/chart/chart-tooltip.tsx'
import { moneyText, shortMoneyText } from '../ui/money-text.ts'
import { ErrorPanel } from '../ui/panel.tsx'
import { countText } from '../ui/readers-locale.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { NoDrawing } from '../ui/chart/no-drawing.tsx'
import { monthName, monthOf } from './settlements-address.ts'
import { visibleBar } from './visible-bar.ts'

const monthsShown = 13

/** Month over month, the month of the range's last day last. */
export function MonthChart({ found: { days, today } }: { readonly found: SettlementDays }) {
  const { api } = signedInRoute.useRouteContext()
  const last = days.at(-1)?.day ?? today
  const end = monthOf(last).to
  const series = useQuery(
    api.settlements.series.queryOptions(
      {
        from: monthOf(last, 1 - monthsShown).from,
        to: end > today ? today : end,
        basis: 'settled',
        splitBy: 'none',
      },
      { placeholderData: keepPreviousData },
    ),
  )
  if (series.isError && !series.data) {
    return (
      <ErrorPanel
        title="The chart could not be read"
        cause={readFault(series.error).message}
        wayOut="The table above is not affected. Try again in a moment."
        reference={readFault(series.error).reference}
        action={<Button onClick={() => void series.refetch()}>Try again</Button>}
      />
    )
  }
  if (!series.data) return <Skeleton className="h-80 rounded-lg" />
  return <Months rows={monthsOf(series.data)} today={today} />
}

type Row = ReturnType<typeof monthsOf>[number]

function Months({ rows, today }: { readonly rows: readonly Row[]; readonly today: string }) {
  const title = 'Month over month'
  const nameOf = (month: string) =>
    today.startsWith(month) ? `${monthName(month)}, so far` : monthName(month)
  const columns = ['Month', 'Payments', 'Gross', 'Net', 'Against the month before']
  return (
    <ChartFrame
      title={title}
      summary="Net of each month, the running one as far as it is"
      legend={[{ label: 'Net', color: seriesColor.first }]}
      table={{
        columns,
        rows: rows.toReversed().map((row) => ({
          key: row.at,
          cells: [
            nameOf(row.at),
            countText(row.payments),
            moneyText(row.grossCents),
            moneyText(row.netCents),
            changeText(row),
          ],
        })),
      }}
      file={{
        name: `settlements-by-month-to-${rows.at(-1)?.at ?? ''}`,
        columns,
        rows: rows.map((row) => [
          row.at,
          row.payments,
          centsToDecimal(row.grossCents),
          centsToDecimal(row.netCents),
          row.beforeCents === null ? '' : centsToDecimal(row.netCents - row.beforeCents),
        ]),
      }}
    >
      {rows.every(({ payments }) => payments === 0) ? (
        <NoDrawing>Nothing was completed in these months.</NoDrawing>
      ) : (
        <ResponsiveContainer width="100%" height={220}>
          <BarChart
            data={[...rows]}
            accessibilityLayer
            title={title}
            desc="Arrow keys go from month to month; the table has the same figures."
            margin={{ top: 4, right: 12, bottom: 0, left: 0 }}
          >
            <CartesianGrid {...gridLook} />
            <XAxis
              {...axisLook}
              dataKey="at"
              tickFormatter={(month: string) => monthName(month).slice(0, 3)}
              minTickGap={4}
            />
            <YAxis {...axisLook} width={52} tickFormatter={shortMoneyText} />
            <Tooltip
              {...still}
              cursor={{ fill: 'var(--hover)' }}
              content={<ChartTooltip of={(at) => figuresAt(rows, at, nameOf)} />}
            />
            <Bar
              {...still}
              dataKey="netCents"
              fill={seriesColor.first}
              minPointSize={visibleBar}
              maxBarSize={64}
            />
          </BarChart>
        </ResponsiveContainer>
      )}
    </ChartFrame>
  )
}

function monthsOf({ days, parts: [whole] }: DaySeries) {
  const sums = new Map<string, { payments: number; grossCents: number; netCents: number }>()
  for (const [index, day] of days.entries()) {
    const month = day.slice(0, 7)
    const sum = sums.get(month) ?? { payments: 0, grossCents: 0, netCents: 0 }
    sums.set(month, {
      payments: sum.payments + (whole?.payments[index] ?? 0),
      grossCents: sum.grossCents + (whole?.grossCents[index] ?? 0),
      netCents: sum.netCents + (whole?.netCents[index] ?? 0),
    })
  }
  const months = [...sums]
  return months.map(([at, sum], index) => ({
    at,
    ...sum,
    beforeCents: months[index - 1]?.[1].netCents ?? null,
  }))
}

function changeText({ netCents, beforeCents }: Row): string {
  if (beforeCents === null) return '—'
  const change = netCents - beforeCents
  return `${change > 0 ? '+' : ''}${moneyText(change)}`
}

function figuresAt(
  rows: readonly Row[],
  at: string,
  nameOf: (month: string) => string,
): PointFigures | null {
  const row = rows.find((one) => one.at === at)
  if (!row) return null
  return {
    title: nameOf(at),
    figures: [
      { label: 'Gross', value: moneyText(row.grossCents) },
      { label: 'Net', value: moneyText(row.netCents) },
      { label: 'Against the month before', value: changeText(row) },
      { label: 'Payments', value: countText(row.payments) },
    ],
  }
}

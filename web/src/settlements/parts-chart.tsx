import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { centsToDecimal } from '@desk/shared/money/amount-cents'
import { networkName } from '@desk/shared/networks/networks'
import type { DaySeries } from '@desk/shared/settlements/day-series'
import type { SettlementDays } from '@desk/shared/settlements/settlement-days'
import { readFault } from '../app/fault.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { dayTitle, shortDay } from '../ui/business-day.ts'
import { Button } from '../ui/button.tsx'
import { ChartFrame } from '../ui/chart/chart-frame.tsx'
import { axisLook, gridLook, seriesColor, still } from '../ui/chart/chart-look.ts'
import { ChartTooltip } from '../ui/chart/chart-tooltip.tsx'
import { moneyText, shortMoneyText } from '../ui/money-text.ts'
import { ErrorPanel } from '../ui/panel.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { NoDrawing } from '../ui/chart/no-drawing.tsx'
import { monthName } from './settlements-address.ts'

/** What each day took, stacked by token or by network: the largest parts, and the others in one. Long ranges go by month. */
export function PartsChart({ found, splitBy }: PartsChartProps) {
  const { api } = signedInRoute.useRouteContext()
  const { days, today } = found
  const from = days[0]?.day ?? today
  const to = days.at(-1)?.day ?? today
  const series = useQuery(
    api.settlements.series.queryOptions(
      { from, to, basis: 'settled', splitBy },
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
  return <Stack series={series.data} splitBy={splitBy} today={today} />
}

interface PartsChartProps {
  readonly found: SettlementDays
  readonly splitBy: 'token' | 'network'
}

const colors = [
  seriesColor.first,
  seriesColor.second,
  seriesColor.third,
  seriesColor.fourth,
  seriesColor.fifth,
] as const

function Stack({ series, splitBy, today }: StackProps) {
  const parts = largestParts(series, splitBy)
  const isLong = series.days.length > daysDrawnMax
  const rows = isLong ? monthRows(series.days, parts) : dayRows(series.days, parts)
  const nameOf = (at: string) => (isLong ? monthName(at) : dayTitle(at, today))
  const title = splitBy === 'token' ? 'Gross by token' : 'Gross by network'
  const total = rows.flatMap(({ cents }) => cents).reduce((sum, each) => sum + each, 0)
  const columns = [isLong ? 'Month' : 'Business day', ...parts.map(({ label }) => label), 'All']
  const sumOf = (cents: readonly number[]) => cents.reduce((sum, each) => sum + each, 0)
  return (
    <ChartFrame
      title={title}
      summary={`${moneyText(total)} in all`}
      legend={parts.map(({ label, color }) => ({ label, color }))}
      table={{
        columns,
        rows: rows.toReversed().map(({ at, cents }) => ({
          key: at,
          cells: [nameOf(at), ...cents.map(moneyText), moneyText(sumOf(cents))],
        })),
      }}
      file={{
        name: `settlements-by-${splitBy}-${series.days[0] ?? ''}-to-${series.days.at(-1) ?? ''}`,
        columns,
        rows: rows.map(({ at, cents }) => [
          at,
          ...cents.map(centsToDecimal),
          centsToDecimal(sumOf(cents)),
        ]),
      }}
    >
      {parts.length === 0 ? (
        <NoDrawing>Nothing was completed on these days.</NoDrawing>
      ) : (
        <ResponsiveContainer width="100%" height={220}>
          <BarChart
            data={rows}
            accessibilityLayer
            title={title}
            desc="Arrow keys go from day to day; the table has the same figures."
            margin={{ top: 4, right: 12, bottom: 0, left: 0 }}
          >
            <CartesianGrid {...gridLook} />
            <XAxis
              {...axisLook}
              dataKey="at"
              tickFormatter={(at: string) =>
                isLong ? monthName(at).slice(0, 3) : at === today ? 'Today' : shortDay(at, true)
              }
              minTickGap={isLong ? 4 : 40}
            />
            <YAxis {...axisLook} width={52} tickFormatter={shortMoneyText} />
            <Tooltip
              {...still}
              cursor={{ fill: 'var(--hover)' }}
              content={
                <ChartTooltip
                  of={(at) => {
                    const row = rows.find((one) => one.at === at)
                    return row
                      ? {
                          title: nameOf(at),
                          figures: parts.map(({ label }, index) => ({
                            label,
                            value: moneyText(row.cents[index] ?? 0),
                          })),
                        }
                      : null
                  }}
                />
              }
            />
            {parts.map(({ name, color }, index) => (
              <Bar
                key={name}
                {...still}
                dataKey={(row: (typeof rows)[number]) => row.cents[index] ?? 0}
                stackId="parts"
                fill={color}
                maxBarSize={48}
              />
            ))}
          </BarChart>
        </ResponsiveContainer>
      )}
    </ChartFrame>
  )
}

interface StackProps {
  readonly series: DaySeries
  readonly splitBy: PartsChartProps['splitBy']
  readonly today: string
}

interface ShownPart {
  readonly name: string
  readonly label: string
  readonly color: string
  readonly grossCents: readonly number[]
}

/** With more days than this a bar would be thinner than its colours can be told apart. */
const daysDrawnMax = 100

interface StackRow {
  /** A day, or a month where there are too many days. */
  readonly at: string
  /** By part. */
  readonly cents: readonly number[]
}

function dayRows(days: readonly string[], parts: readonly ShownPart[]): StackRow[] {
  return days.map((at, index) => ({
    at,
    cents: parts.map((part) => part.grossCents[index] ?? 0),
  }))
}

function monthRows(days: readonly string[], parts: readonly ShownPart[]): StackRow[] {
  const months = Map.groupBy(dayRows(days, parts), ({ at }) => at.slice(0, 7))
  return [...months].map(([at, own]) => ({
    at,
    cents: parts.map((_, part) => own.reduce((sum, { cents }) => sum + (cents[part] ?? 0), 0)),
  }))
}

/** As many as there are colours, the last one for all others; parts without anything are left out. */
function largestParts({ parts }: DaySeries, splitBy: PartsChartProps['splitBy']): ShownPart[] {
  const some = parts.filter(({ grossCents }) => grossCents.some((cents) => cents !== 0))
  const shown = some.length > colors.length ? some.slice(0, colors.length - 1) : some
  const rest = some.slice(shown.length)
  const named = shown.map(({ name, grossCents }, index) => ({
    name,
    label: name === '' ? 'Not named' : splitBy === 'network' ? networkName(name) : name,
    color: colors[index] ?? seriesColor.fifth,
    grossCents,
  }))
  if (rest.length === 0) return named
  const together = (rest[0]?.grossCents ?? []).map((_, index) =>
    rest.reduce((sum, part) => sum + (part.grossCents[index] ?? 0), 0),
  )
  const others = { name: ' others', label: `${rest.length} others`, grossCents: together }
  return [...named, { ...others, color: seriesColor.fifth }]
}

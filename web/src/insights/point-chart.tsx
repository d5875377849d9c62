import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { ReactNode } from 'react'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import { ChartFrame } from '../ui/chart/chart-frame.tsx'
import { axisLook, gridLook, still } from '../ui/chart/chart-look.ts'
import { ChartTooltip } from '../ui/chart/chart-tooltip.tsx'
import { shortMoneyText } from '../ui/money-text.ts'
import { countText } from '../ui/readers-locale.ts'
import { NoDrawing } from '../ui/chart/no-drawing.tsx'
import { visibleBar } from '../settlements/visible-bar.ts'
import { Behind, useOpenBehind } from './behind.tsx'

/** One bar, its exact figures in words and as plain values, and the payments behind it. */
export interface Point {
  /** Names it in full. */
  readonly at: string
  /** Names it on an axis. */
  readonly short: string
  readonly value: number
  /** Of the period before; null where that is not known. */
  readonly before: number | null
  readonly behind: PaymentQuery | null
  /** In the order of the columns after the first, as shown and as in the file. */
  readonly cells: readonly string[]
  readonly plain: readonly (string | number)[]
}

/** Bars that lead to the payments behind them, beside those of the period before. */
export function PointChart({ title, summary, points, ...more }: PointChartProps) {
  const { columns, fileName, isAcross = false, isMoney = false, color, empty, valueName } = more
  const open = useOpenBehind()
  const hasBefore = points.some(({ before }) => before !== null)
  const isEmpty = points.every(({ value, before }) => value === 0 && (before ?? 0) === 0)
  const amounts = {
    ...axisLook,
    allowDecimals: false,
    tickFormatter: isMoney ? shortMoneyText : countText,
  }
  const names = {
    ...axisLook,
    dataKey: 'short',
    interval: isAcross ? 0 : 'equidistantPreserveStart',
  } as const
  return (
    <ChartFrame
      title={title}
      summary={summary}
      legend={[
        { label: valueName, color },
        ...(hasBefore ? [{ label: 'Period before', color: pastColor }] : []),
      ]}
      table={{
        columns,
        rows: points.map((point) => ({
          key: point.at,
          cells: [
            <Behind key="name" query={point.behind}>
              {point.at}
            </Behind>,
            ...point.cells,
          ],
        })),
      }}
      file={{
        name: fileName,
        columns,
        rows: points.map(({ at, plain }) => [at, ...plain]),
      }}
    >
      {isEmpty ? (
        <NoDrawing>{empty}</NoDrawing>
      ) : (
        <ResponsiveContainer width="100%" height={isAcross ? 52 + points.length * 36 : 220}>
          <BarChart
            data={[...points]}
            layout={isAcross ? 'vertical' : 'horizontal'}
            accessibilityLayer
            title={title}
            desc="Arrow keys go from bar to bar; the table has the same figures, with links to the payments."
            margin={{ top: 4, right: 16, bottom: 0, left: 0 }}
            barGap={1}
          >
            <CartesianGrid {...gridLook} horizontal={!isAcross} vertical={isAcross} />
            {isAcross ? <XAxis {...amounts} type="number" /> : <XAxis {...names} />}
            {isAcross ? (
              <YAxis {...names} type="category" width={92} />
            ) : (
              <YAxis {...amounts} width={52} />
            )}
            <Tooltip
              {...still}
              cursor={{ fill: 'var(--hover)' }}
              content={<ChartTooltip of={(at) => figuresAt(points, { at, columns })} />}
            />
            <Bar
              {...still}
              dataKey="value"
              fill={color}
              minPointSize={visibleBar}
              maxBarSize={isAcross ? 16 : 40}
              className="cursor-pointer"
              onClick={(_bar, index) => open(points[index]?.behind)}
            />
            {hasBefore && (
              <Bar
                {...still}
                dataKey="before"
                fill={pastColor}
                minPointSize={visibleBar}
                maxBarSize={isAcross ? 8 : 20}
              />
            )}
          </BarChart>
        </ResponsiveContainer>
      )}
    </ChartFrame>
  )
}

const pastColor = 'color-mix(in srgb, var(--idle) 55%, var(--surface))'

interface PointChartProps {
  readonly title: string
  readonly summary: ReactNode
  readonly points: readonly Point[]
  /** Of the table, the first names the point. */
  readonly columns: readonly string[]
  readonly fileName: string
  /** What the bars of this period are, for the legend. */
  readonly valueName: string
  readonly color: string
  /** Why nothing is drawn, where nothing is. */
  readonly empty: string
  /** Names beside bars that lie, for few points with long names. */
  readonly isAcross?: boolean
  /** Values are cents. */
  readonly isMoney?: boolean
}

function figuresAt(
  points: readonly Point[],
  { at, columns }: { readonly at: string; readonly columns: readonly string[] },
) {
  const point = points.find((one) => one.at === at)
  if (!point) return null
  return {
    title: point.at,
    figures: point.cells.map((value, index) => ({ label: columns[index + 1] ?? '', value })),
  }
}

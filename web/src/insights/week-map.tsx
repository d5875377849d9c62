import { useRouter } from '@tanstack/react-router'
import { writePaymentSearch } from '@desk/shared/payments/payment-address'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import { weekQuery } from '@desk/shared/insights/point-query'
import { ChartFrame } from '../ui/chart/chart-frame.tsx'
import { seriesColor } from '../ui/chart/chart-look.ts'
import { countText } from '../ui/readers-locale.ts'
import { useIsNarrow } from '../ui/viewport.ts'
import { NoDrawing } from '../ui/chart/no-drawing.tsx'
import { Behind, useOpenBehind } from './behind.tsx'
import { hourText, shareText, weekdayNames } from './insight-words.ts'
import type { InsightChartProps } from './step-charts.tsx'

const hours = Array.from({ length: 24 }, (_, hour) => hour)

/** In which hours of the week payments are made; days across where there is little room. */
export function WeekMap({ found, shown, range }: InsightChartProps) {
  const { payments, completed } = found.now.week
  const isNarrow = useIsNarrow()
  const total = payments.reduce((sum, count) => sum + count, 0)
  const busiest = payments.indexOf(Math.max(...payments))
  const title = 'Hours of the week'
  const columns = ['Hour', ...weekdayNames]
  const nameOf = (cell: number) =>
    `${weekdayNames[Math.floor(cell / 24)] ?? ''} ${hourText(cell % 24)}`
  return (
    <ChartFrame
      title={title}
      summary={
        total === 0
          ? 'No payment was made in these days'
          : `Most are made ${nameOf(busiest)}: ${countText(payments[busiest] ?? 0)} of ${countText(total)}`
      }
      legend={[{ label: 'Payments made, the more the stronger', color: seriesColor.first }]}
      table={{
        columns,
        rows: hours.map((hour) => ({
          key: String(hour),
          cells: [
            hourText(hour),
            ...weekdayNames.map((day, weekday) => {
              const cell = weekday * 24 + hour
              const count = payments[cell] ?? 0
              return (
                <Behind key={day} query={count === 0 ? null : weekQuery(shown, cell)}>
                  {countText(count)}
                </Behind>
              )
            }),
          ],
        })),
      }}
      file={{
        name: `hours-of-the-week-${range}`,
        columns: ['Day', 'Hour', 'Payments', 'Completed'],
        rows: payments.map((count, cell) => [
          weekdayNames[Math.floor(cell / 24)] ?? '',
          hourText(cell % 24),
          count,
          completed[cell] ?? 0,
        ]),
      }}
    >
      {total === 0 ? (
        <NoDrawing>No payment was made in these days.</NoDrawing>
      ) : (
        <Cells
          isNarrow={isNarrow}
          most={payments[busiest] ?? 1}
          cells={payments.map((count, cell) => ({
            count,
            text: `${nameOf(cell)}: ${countText(count)} payments, ${shareText(completed[cell] ?? 0, count)} completed`,
            behind: weekQuery(shown, cell),
          }))}
        />
      )}
    </ChartFrame>
  )
}

function Cells({ cells, most, isNarrow }: CellsProps) {
  const open = useOpenBehind()
  const router = useRouter()
  const size = isNarrow ? { across: 46, down: 18 } : { across: 20, down: 23 }
  const edge = 40
  const top = 20
  const width = edge + (isNarrow ? 7 : 24) * size.across
  const height = top + (isNarrow ? 24 : 7) * size.down
  const placeOf = (cell: number) => {
    const [weekday, hour] = [Math.floor(cell / 24), cell % 24]
    const [column, row] = isNarrow ? [weekday, hour] : [hour, weekday]
    return { x: edge + column * size.across, y: top + row * size.down }
  }
  const dayLabels = weekdayNames.map((text, weekday) => ({ text, ...placeOf(weekday * 24) }))
  const hourLabels = hours
    .filter((hour) => hour % 3 === 0)
    .map((hour) => ({ text: hourText(hour), ...placeOf(hour) }))
  const across = isNarrow ? dayLabels : hourLabels
  const down = isNarrow ? hourLabels : dayLabels
  return (
    <svg viewBox={`0 0 ${width} ${height}`} className="recharts-surface w-full px-2">
      {across.map(({ text, x }) => (
        <text key={text} x={x} y={13} fontSize={12} fill="var(--text-faint)">
          {text}
        </text>
      ))}
      {down.map(({ text, y }) => (
        <text key={text} x={0} y={y + size.down / 2 + 4} fontSize={12} fill="var(--text-faint)">
          {text}
        </text>
      ))}
      {cells.map(({ count, text, behind }, cell) => {
        const shape = (
          <rect
            {...placeOf(cell)}
            width={size.across - 2}
            height={size.down - 2}
            rx={2}
            fill={count === 0 ? 'var(--sunken)' : seriesColor.first}
            // By the root, so that one giant hour leaves differences between the others.
            fillOpacity={count === 0 ? 1 : 0.12 + 0.88 * Math.sqrt(count / most)}
          >
            <title>{text}</title>
          </rect>
        )
        if (count === 0) return <g key={text}>{shape}</g>
        const { href } = router.buildLocation({
          to: '/payments',
          search: writePaymentSearch(behind),
        })
        return (
          <a
            key={text}
            href={href}
            aria-label={text}
            // The table has the same links; a hundred and more would stand in the way of the keyboard.
            tabIndex={-1}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey) return
              event.preventDefault()
              open(behind)
            }}
          >
            {shape}
          </a>
        )
      })}
    </svg>
  )
}

interface CellsProps {
  readonly cells: readonly {
    readonly count: number
    readonly text: string
    readonly behind: PaymentQuery
  }[]
  readonly most: number
  readonly isNarrow: boolean
}

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { centsToDecimal } from '@desk/shared/money/amount-cents'
import type { SettlementDays } from '@desk/shared/settlements/settlement-days'
import { PROMISED_WORKING_DAYS, workingDaysBetween } from '@desk/shared/settlements/expected-by'
import { ChartFrame } from '../ui/chart/chart-frame.tsx'
import { axisLook, gridLook, seriesColor, still } from '../ui/chart/chart-look.ts'
import { ChartTooltip } from '../ui/chart/chart-tooltip.tsx'
import { moneyText } from '../ui/money-text.ts'
import { countText } from '../ui/readers-locale.ts'
import { NoDrawing } from '../ui/chart/no-drawing.tsx'

/** After how many working days the money of the shown days arrived, against what SpacePay promises. */
export function DelayChart({ found: { days } }: { readonly found: SettlementDays }) {
  const rows = delaysOf(days)
  const arrived = rows.reduce((sum, { count }) => sum + count, 0)
  const kept = rows
    .filter(({ workingDays }) => workingDays <= PROMISED_WORKING_DAYS)
    .reduce((sum, { count }) => sum + count, 0)
  const title = 'How long money took'
  const columns = ['Arrived', 'Business days', 'Net of those days']
  const range = `${days[0]?.day ?? ''}-to-${days.at(-1)?.day ?? ''}`
  return (
    <ChartFrame
      title={title}
      summary={
        arrived === 0
          ? 'No bank line is matched with these days yet'
          : `${countText(kept)} of ${countText(arrived)} days arrived by the next working day, as promised`
      }
      legend={[
        { label: 'As promised', color: seriesColor.ok },
        { label: 'Later', color: seriesColor.warn },
      ]}
      table={{
        columns,
        rows: rows.map((row) => ({
          key: row.at,
          cells: [row.at, countText(row.count), moneyText(row.netCents)],
        })),
      }}
      file={{
        name: `settlement-delays-${range}`,
        columns,
        rows: rows.map((row) => [row.at, row.count, centsToDecimal(row.netCents)]),
      }}
    >
      {arrived === 0 ? (
        <NoDrawing>Import bank statements to see how long money takes.</NoDrawing>
      ) : (
        <ResponsiveContainer width="100%" height={220}>
          <BarChart
            data={rows}
            accessibilityLayer
            title={title}
            desc="Arrow keys go from bar to bar; the table has the same figures."
            margin={{ top: 4, right: 12, bottom: 0, left: 0 }}
          >
            <CartesianGrid {...gridLook} />
            <XAxis {...axisLook} dataKey="short" minTickGap={2} />
            <YAxis {...axisLook} width={40} allowDecimals={false} tickFormatter={countText} />
            <Tooltip
              {...still}
              cursor={{ fill: 'var(--hover)' }}
              content={
                <ChartTooltip
                  of={(at) => {
                    const row = rows.find((one) => one.at === at)
                    return row
                      ? {
                          title: row.at,
                          figures: [
                            { label: 'Business days', value: countText(row.count) },
                            { label: 'Net of those days', value: moneyText(row.netCents) },
                          ],
                        }
                      : null
                  }}
                />
              }
            />
            <Bar
              {...still}
              dataKey="asPromised"
              stackId="days"
              fill={seriesColor.ok}
              maxBarSize={64}
            />
            <Bar
              {...still}
              dataKey="later"
              stackId="days"
              fill={seriesColor.warn}
              maxBarSize={64}
            />
          </BarChart>
        </ResponsiveContainer>
      )}
    </ChartFrame>
  )
}

const lastStep = 5

function delaysOf(days: SettlementDays['days']) {
  const steps = Array.from({ length: lastStep + 1 }, () => ({ count: 0, netCents: 0 }))
  for (const { day, bookedOn, netCents } of days) {
    const step = bookedOn === null ? null : steps[stepOf(day, bookedOn)]
    if (!step) continue
    step.count += 1
    step.netCents += netCents
  }
  return steps.map((step, workingDays) => ({
    ...step,
    ...stepWords(workingDays),
    workingDays,
    asPromised: workingDays <= PROMISED_WORKING_DAYS ? step.count : 0,
    later: workingDays > PROMISED_WORKING_DAYS ? step.count : 0,
  }))
}

function stepOf(day: string, bookedOn: string): number {
  return bookedOn <= day ? 0 : Math.min(Math.max(workingDaysBetween(day, bookedOn), 1), lastStep)
}

function stepWords(workingDays: number): { readonly at: string; readonly short: string } {
  if (workingDays === 0) return { at: 'on the same day', short: 'Same' }
  if (workingDays === 1) return { at: 'by the next working day', short: 'Next' }
  return workingDays === lastStep
    ? { at: `after ${lastStep} working days or more`, short: `${lastStep}+` }
    : { at: `after ${workingDays} working days`, short: `${workingDays} days` }
}

import type { Insights } from '@desk/shared/insights/insights'
import { confirmQuery, sizeQuery, stageQuery } from '@desk/shared/insights/point-query'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import { confirmQuantile } from '@desk/shared/settlements/confirm-steps'
import { seriesColor } from '../ui/chart/chart-look.ts'
import { countText } from '../ui/readers-locale.ts'
import { confirmStepText, shareChange, shareText, sizeStepText, spanText } from './insight-words.ts'
import { type Point, PointChart } from './point-chart.tsx'

export interface InsightChartProps {
  readonly found: Insights
  /** The question over the shown days. */
  readonly shown: PaymentQuery
  /** Of a file, after its first word. */
  readonly range: string
}

const stages = [
  { stage: null, name: 'Created', column: 'payments' },
  { stage: 'quoted', name: 'Quoted', column: 'quoted' },
  { stage: 'seen', name: 'Seen on chain', column: 'seen' },
  { stage: 'completed', name: 'Completed', column: 'completed' },
] as const

/** How many payments came how far, and where they were lost. */
export function FunnelChart({ found, shown, range }: InsightChartProps) {
  const now = stages.map(({ column }) => sumOf(found.now.perDay[column]))
  const before = found.before
  const past = before && stages.map(({ column }) => sumOf(before.perDay[column]))
  const conversion = { part: now[3] ?? 0, whole: now[0] ?? 0 }
  const points = stages.map(({ stage, name }, at): Point => {
    const count = now[at] ?? 0
    const earlier = past?.[at] ?? null
    const cells = [
      countText(count),
      shareText(count, now[0] ?? 0),
      at === 0 ? '–' : shareText(count, now[at - 1] ?? 0),
      earlier === null ? '–' : countText(earlier),
      earlier === null ? '–' : shareText(earlier, past?.[0] ?? 0),
    ]
    return {
      at: name,
      short: name,
      value: count,
      before: earlier,
      behind: stageQuery(shown, stage),
      cells,
      plain: cells.map((cell, index) =>
        index === 0 ? count : index === 3 ? (earlier ?? '') : cell,
      ),
    }
  })
  return (
    <PointChart
      title="Conversion"
      summary={`${shareText(conversion.part, conversion.whole)} of created payments were completed, ${shareChange(
        conversion,
        past && { part: past[3] ?? 0, whole: past[0] ?? 0 },
      )}`}
      points={points}
      columns={[
        'Stage',
        'Payments',
        'Of created',
        'Of the stage before',
        'Period before',
        'Of created then',
      ]}
      fileName={`conversion-${range}`}
      valueName="Payments"
      color={seriesColor.first}
      empty="No payment was made in these days."
      isAcross
    />
  )
}

/** How long it took from the chain to completion. */
export function ConfirmChart({ found, shown, range }: InsightChartProps) {
  const counts = found.now.confirm
  const past = found.before?.confirm ?? null
  const at = (of: readonly number[], share: number) => {
    const seconds = confirmQuantile(of, share)
    return seconds === null ? '–' : spanText(seconds)
  }
  return (
    <PointChart
      title="Time to confirm"
      summary={`Half within ${at(counts, 0.5)}, 95% within ${at(counts, 0.95)}${
        past ? `; before ${at(past, 0.5)} and ${at(past, 0.95)}` : ''
      }`}
      points={stepPoints({
        counts,
        past,
        nameOf: confirmStepText,
        behindOf: (step) => confirmQuery(shown, step),
      })}
      columns={['From the chain to completion', 'Payments', 'Share', 'Period before']}
      fileName={`time-to-confirm-${range}`}
      valueName="Completed payments"
      color={seriesColor.second}
      empty="No payment of these days was confirmed yet."
    />
  )
}

/** How large payments were. */
export function SizeChart({ found, shown, range }: InsightChartProps) {
  const counts = found.now.sizes
  const without = sumOf(found.now.perDay.payments) - sumOf(counts)
  return (
    <PointChart
      title="Order size"
      summary={
        found.leftOff === null && without > 0
          ? `${countText(sumOf(counts))} payments; ${countText(without)} without an amount are not in it`
          : `${countText(sumOf(counts))} payments`
      }
      points={stepPoints({
        counts,
        past: found.before?.sizes ?? null,
        nameOf: sizeStepText,
        behindOf: (step) => sizeQuery(shown, step),
      })}
      columns={['Amount', 'Payments', 'Share', 'Period before']}
      fileName={`order-size-${range}`}
      valueName="Payments"
      color={seriesColor.first}
      empty="No payment of these days has an amount."
    />
  )
}

function stepPoints({ counts, past, nameOf, behindOf }: StepPoints): Point[] {
  const total = sumOf(counts)
  return counts.map((count, step) => {
    const earlier = past?.[step] ?? null
    const name = nameOf(step)
    return {
      at: name,
      short: name.replace(/^.* to /, '≤ ').replace('up to ', '≤ '),
      value: count,
      before: earlier,
      behind: behindOf(step),
      cells: [
        countText(count),
        shareText(count, total),
        earlier === null ? '–' : countText(earlier),
      ],
      plain: [count, shareText(count, total), earlier ?? ''],
    }
  })
}

interface StepPoints {
  readonly counts: readonly number[]
  readonly past: readonly number[] | null
  readonly nameOf: (step: number) => string
  readonly behindOf: (step: number) => PaymentQuery
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0)
}

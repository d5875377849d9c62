import { centsToDecimal } from '@desk/shared/money/amount-cents'
import { networkName } from '@desk/shared/networks/networks'
import type { InsightFigures, Slippage } from '@desk/shared/insights/insights'
import { slippageQuery } from '@desk/shared/insights/point-query'
import { seriesColor } from '../ui/chart/chart-look.ts'
import { moneyText } from '../ui/money-text.ts'
import { countText, readersLocale } from '../ui/readers-locale.ts'
import { hourText } from './insight-words.ts'
import { type Point, PointChart } from './point-chart.tsx'
import type { InsightChartProps } from './step-charts.tsx'

/** What arrived too little against the used quotes, in dollars; less than nothing where more arrived. */
export function SlippageChart({
  found,
  shown,
  range,
  by,
}: InsightChartProps & { readonly by: keyof typeof kinds }) {
  const kind = kinds[by]
  const now = partsOf(found.now, by)
  const before = found.before && new Map(partsOf(found.before, by).map((part) => [part.name, part]))
  const cost = costOf(now)
  const points = now.map((part): Point => {
    const earlier = before && -(before.get(part.name)?.cents ?? 0)
    return {
      at: part.name === '' ? 'Not named' : kind.nameOf(part.name),
      short: part.name === '' ? 'Not named' : kind.nameOf(part.name),
      value: -part.cents,
      before: earlier,
      behind: slippageQuery(shown, kind.partOf(part.name)),
      cells: [
        moneyText(-part.cents),
        pointsText(part),
        moneyText(part.grossCents),
        countText(part.payments),
        earlier === null ? '–' : moneyText(earlier),
      ],
      plain: [
        centsToDecimal(-part.cents),
        pointsText(part),
        centsToDecimal(part.grossCents),
        part.payments,
        earlier === null ? '' : centsToDecimal(earlier),
      ],
    }
  })
  const costBefore = found.before && costOf(partsOf(found.before, by))
  return (
    <PointChart
      title={kind.title}
      summary={`${costText(cost)}${
        costBefore === null ? '' : `; in the period before ${costText(costBefore)}`
      }`}
      points={points}
      columns={[
        kind.column,
        'Cost',
        'Basis points of gross',
        'Gross',
        'Completed payments',
        'Cost before',
      ]}
      fileName={`slippage-by-${by}-${range}`}
      valueName="Cost of completed payments"
      color={seriesColor.third}
      empty="What arrived was what had been quoted."
      isAcross={by !== 'hour'}
      isMoney
    />
  )
}

const kinds = {
  token: {
    title: 'Slippage by token',
    column: 'Token',
    nameOf: (name: string) => name,
    partOf: (name: string) => ({ token: name }),
  },
  network: {
    title: 'Slippage by network',
    column: 'Network',
    nameOf: networkName,
    partOf: (name: string) => ({ network: name }),
  },
  hour: {
    title: 'Slippage by hour',
    column: 'Hour made in',
    nameOf: (name: string) => hourText(Number(name)),
    partOf: (name: string) => ({ hour: Number(name) }),
  },
} as const

interface Part extends Slippage {
  readonly name: string
}

function partsOf(figures: InsightFigures, by: keyof typeof kinds): readonly Part[] {
  if (by === 'token') return figures.tokens
  if (by === 'network') return figures.networks
  return figures.hours.map((hour, at) => ({ ...hour, name: String(at) }))
}

function costOf(parts: readonly Slippage[]): number {
  return -parts.reduce((sum, { cents }) => sum + cents, 0)
}

function costText(cents: number): string {
  return cents < 0
    ? `${moneyText(-cents)} more arrived than quoted`
    : `${moneyText(cents)} less arrived than quoted`
}

const basisPoints = new Intl.NumberFormat(readersLocale, { maximumFractionDigits: 1 })

function pointsText({ cents, grossCents }: Slippage): string {
  return grossCents === 0 ? '–' : basisPoints.format((-10_000 * cents) / grossCents)
}

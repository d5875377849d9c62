import type { Insights } from '@desk/shared/insights/insights'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import { RatesChart } from './rates-chart.tsx'
import { SlippageChart } from './slippage-chart.tsx'
import { ConfirmChart, FunnelChart, SizeChart } from './step-charts.tsx'
import { WeekMap } from './week-map.tsx'

/** Every chart of a question; each has the same figures as a table and as files. */
export function InsightCharts({ found, shown }: InsightChartsProps) {
  const props = { found, shown, range: `${found.days[0] ?? ''}-to-${found.days.at(-1) ?? ''}` }
  return (
    <div className="grid gap-3 lg:grid-cols-2">
      <FunnelChart {...props} />
      <RatesChart {...props} />
      <ConfirmChart {...props} />
      <SizeChart {...props} />
      <SlippageChart {...props} by="token" />
      <SlippageChart {...props} by="network" />
      <SlippageChart {...props} by="hour" />
      <WeekMap {...props} />
    </div>
  )
}

interface InsightChartsProps {
  readonly found: Insights
  /** The question over the shown days. */
  readonly shown: PaymentQuery
}

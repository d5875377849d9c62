import type { SettlementDays } from '@desk/shared/settlements/settlement-days'
import { DayChart } from './day-chart.tsx'
import { DelayChart } from './delay-chart.tsx'
import { MonthChart } from './month-chart.tsx'
import { PartsChart } from './parts-chart.tsx'

/** The days of a range as drawings; each has the same figures as a table and as files. */
export function SettlementCharts({ found }: { readonly found: SettlementDays }) {
  return (
    <div className="mt-3 grid gap-3">
      <DayChart found={found} />
      <div className="grid gap-3 lg:grid-cols-2">
        <PartsChart found={found} splitBy="token" />
        <PartsChart found={found} splitBy="network" />
      </div>
      <div className="grid gap-3 lg:grid-cols-2">
        <MonthChart found={found} />
        <DelayChart found={found} />
      </div>
    </div>
  )
}

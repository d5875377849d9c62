import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ChartSpan } from '@desk/shared/webhooks/arrival-chart'
import { readFault } from '../app/fault.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { PreciseText } from '../ui/moment.tsx'
import { EmptyState, ErrorPanel } from '../ui/panel.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { ArrivalsChart } from './arrivals-chart.tsx'
import { LagChart } from './lag-chart.tsx'
import { readSpan } from './webhooks-search.ts'
import { keepWebhooksSearch } from './webhooks-address.ts'
import { webhooksRoute } from './webhooks.route.tsx'

const READ_EVERY_MS = 30_000

const spans = [
  { span: 'hours', label: '6 hours' },
  { span: 'day', label: '24 hours' },
  { span: 'week', label: '7 days' },
  { span: 'month', label: '30 days' },
] as const satisfies readonly { span: ChartSpan; label: string }[]

/** What arrived and how long it took, beside what is usual then. */
export function ArrivalCharts() {
  const { api } = signedInRoute.useRouteContext()
  const span = readSpan(keepWebhooksSearch(webhooksRoute.useSearch()))
  const chart = useQuery(
    api.webhooks.chart.queryOptions(
      { span },
      { placeholderData: keepPreviousData, refetchInterval: READ_EVERY_MS },
    ),
  )
  return (
    <div className="min-h-0 flex-1 overflow-y-auto pb-6">
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <nav aria-label="How far back" className="flex gap-1">
          {spans.map((one) => (
            <Link
              key={one.span}
              to="/webhooks"
              search={(search) => ({ ...search, span: one.span })}
              replace
              resetScroll={false}
              aria-current={one.span === span ? 'true' : undefined}
              className={`inline-flex h-7 items-center rounded-sm px-2 text-xs font-medium ${one.span === span ? 'bg-accent-soft text-accent' : 'text-muted hover:bg-hover'}`}
            >
              {one.label}
            </Link>
          ))}
        </nav>
        {chart.data?.countedTo && (
          <span className="ml-auto text-xs text-muted">
            counted until <PreciseText at={chart.data.countedTo} />
          </span>
        )}
      </div>
      {chart.data ? (
        chart.data.countedTo === null ? (
          <EmptyState title="Nothing is counted yet">
            What arrives is counted within seconds. Charts appear with the first webhook.
          </EmptyState>
        ) : (
          <div className={`flex flex-col gap-3 ${chart.isPlaceholderData ? 'opacity-60' : ''}`}>
            <ArrivalsChart points={chart.data.points} span={span} />
            <LagChart
              title="From arrival until processed"
              points={chart.data.points}
              kind="processing"
              whole={chart.data.processing}
              span={span}
            />
            <LagChart
              title="From the event until arrival"
              points={chart.data.points}
              kind="arrival"
              whole={chart.data.arrival}
              span={span}
            />
          </div>
        )
      ) : chart.isError ? (
        <div className="max-w-2xl">
          <ErrorPanel
            title="The charts could not be read"
            cause={readFault(chart.error).message}
            wayOut="Webhooks are received and processed all the same. Try again in a moment."
            reference={readFault(chart.error).reference}
            action={<Button onClick={() => void chart.refetch()}>Try again</Button>}
          />
        </div>
      ) : (
        <div className="flex flex-col gap-3">
          {['arrivals', 'processing', 'arrival'].map((name) => (
            <Skeleton key={name} className="h-72 w-full" />
          ))}
        </div>
      )}
    </div>
  )
}

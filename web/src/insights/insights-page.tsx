import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { type Insights, insightDays } from '@desk/shared/insights/insights'
import { shownQuery } from '@desk/shared/insights/point-query'
import { readPaymentSearch, writePaymentSearch } from '@desk/shared/payments/payment-address'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import { businessDayOf } from '@desk/shared/time/business-day'
import { presetDays } from '@desk/shared/time/day-preset'
import { readFault } from '../app/fault.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { isNarrowed, withoutFilters } from '../payments/filter-chips.ts'
import { useBusinessDay } from '../ui/business-day-rule.tsx'
import { Button, buttonClass } from '../ui/button.tsx'
import { daysText } from '../ui/date-presets.ts'
import { shortDay } from '../ui/business-day.ts'
import { useNow } from '../ui/now.ts'
import { PageHeader } from '../ui/page-header.tsx'
import { EmptyState, ErrorPanel, Notice } from '../ui/panel.tsx'
import { countText } from '../ui/readers-locale.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { InsightsFilters } from './insights-filters.tsx'
import { insightsRoute } from './insights.route.tsx'
import { useInsightsQuery } from './use-insights-query.ts'

const READ_EVERY_MS = 30_000

/** recharts is larger than the rest of the screen: the question can be changed before it is there. */
const InsightCharts = lazy(async () => ({
  default: (await import('./insight-charts.tsx')).InsightCharts,
}))

/** How payments fared, by any question that the list takes. What it shows is in its address. */
export function InsightsPage() {
  const { api } = signedInRoute.useRouteContext()
  const { query, problems } = readPaymentSearch(insightsRoute.useSearch())
  const rule = useBusinessDay()
  const today = useNow((nowMs) => businessDayOf(nowMs, rule))
  const days = insightDays(askedDays(query, today), today)
  const found = useQuery(
    api.insights.read.queryOptions(
      { query },
      { refetchInterval: READ_EVERY_MS, placeholderData: keepPreviousData },
    ),
  )
  const shown = shownQuery(query, days)
  const state = `${daysText(days, today)}, by the day payments were made`
  return (
    <div className="mx-auto max-w-[1440px] px-4 pt-5 pb-10 md:px-6">
      <title>Insights · SpacePay Desk</title>
      <PageHeader
        title="Insights"
        state={state}
        actions={
          <Link to="/payments" search={writePaymentSearch(shown)} className={buttonClass({})}>
            See the payments
          </Link>
        }
      />
      <InsightsFilters query={query} today={today} state={state} />
      {problems.map(({ field, message }) => (
        <Notice key={field} tone="warn">
          {message}
        </Notice>
      ))}
      {found.isError && !found.data && (
        <Refused error={found.error} onRetry={() => void found.refetch()} />
      )}
      {found.data === null && (
        <Notice tone="wait">
          Payments are being added up for the first time. Charts appear here within minutes.
        </Notice>
      )}
      {found.isPending && <Waiting />}
      {found.data && (
        <div
          className={found.isPlaceholderData ? 'opacity-60' : ''}
          aria-busy={found.isPlaceholderData}
          // Until then the links would lead elsewhere.
          inert={found.isPlaceholderData}
        >
          <Found
            found={found.data}
            query={query}
            shown={shownQuery(query, daysOf(found.data, days))}
          />
        </div>
      )}
    </div>
  )
}

function Found({ found, query, shown }: FoundProps) {
  const change = useInsightsQuery()
  const { leftOff, isBuilding, now, before } = found
  const isEmpty = [now, before].every(
    (figures) => figures?.perDay.payments.every((count) => count === 0) ?? true,
  )
  return (
    <div className="grid gap-3">
      {isBuilding && (
        <Notice tone="wait">
          All sums are being counted anew. Until that is done these are the ones from before.
        </Notice>
      )}
      {leftOff && (
        <Notice tone="warn">
          {leftOff.areDaysWhole
            ? `Time to confirm, order sizes and hours count the newest ${countText(leftOff.counted)} payments alone, back to ${shortDay(leftOff.since, false)}; the other charts are whole.`
            : `More than ${countText(leftOff.counted)} payments match: only the newest are counted, back to ${shortDay(leftOff.since, false)}.`}{' '}
          Nothing is compared. A shorter range counts them all.
        </Notice>
      )}
      {isEmpty ? (
        <EmptyState
          title="No payments in these days"
          action={
            isNarrowed(query) && (
              <Button onClick={() => change(withoutFilters(query))}>Show the last 30 days</Button>
            )
          }
        >
          {isNarrowed(query)
            ? 'No payment fits this question. Take a filter away or choose other days.'
            : 'As soon as the first payment is made, this page shows how payments fare.'}
        </EmptyState>
      ) : (
        <Suspense fallback={<Waiting />}>
          <InsightCharts found={found} shown={shown} />
        </Suspense>
      )}
    </div>
  )
}

interface FoundProps {
  readonly found: Insights
  readonly query: PaymentQuery
  /** The question over the shown days. */
  readonly shown: PaymentQuery
}

function Refused({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const { message, reference, refusal } = readFault(error)
  return (
    <ErrorPanel
      title="The charts could not be read"
      cause={message}
      wayOut={
        refusal === null
          ? 'Nothing was lost. Try again in a moment.'
          : 'Change the question, or choose fewer days.'
      }
      reference={reference}
      action={<Button onClick={onRetry}>Try again</Button>}
    />
  )
}

function askedDays({ createdFrom, createdTo, createdPreset }: PaymentQuery, today: string) {
  return createdPreset === null
    ? { from: createdFrom, to: createdTo }
    : presetDays(createdPreset, today)
}

/** While another question is being answered, links belong to the charts that are still shown. */
function daysOf({ days }: Insights, usual: { readonly from: string; readonly to: string }) {
  return { from: days[0] ?? usual.from, to: days.at(-1) ?? usual.to }
}

/** As high as what will stand here. */
function Waiting() {
  return (
    <div className="grid gap-3 lg:grid-cols-2">
      {['funnel', 'rates', 'confirm', 'size', 'token', 'network', 'hour', 'week'].map((name) => (
        <Skeleton key={name} className="h-72 rounded-lg" />
      ))}
    </div>
  )
}

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { businessDayOf } from '@desk/shared/time/business-day'
import type { SettlementDays } from '@desk/shared/settlements/settlement-days'
import { readFault } from '../app/fault.ts'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { useBusinessDay } from '../ui/business-day-rule.tsx'
import { Button } from '../ui/button.tsx'
import { daysText } from '../ui/date-presets.ts'
import { useNow } from '../ui/now.ts'
import { PageHeader } from '../ui/page-header.tsx'
import { EmptyState, ErrorPanel, Notice } from '../ui/panel.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { zoneName } from '../ui/moment-text.ts'
import { DayTable } from './day-table.tsx'
import { RangeControls } from './range-controls.tsx'
import { daysShown, type ShownDays } from './settlements-address.ts'
import { settlementsRoute } from './settlements.route.tsx'
import { SettlementTabs } from './settlement-tabs.tsx'
import { SumTiles } from './sum-tiles.tsx'

const READ_EVERY_MS = 15_000

const OpenDay = lazy(async () => ({ default: (await import('./open-day.tsx')).OpenDay }))
/** recharts is larger than the rest of the screen: the figures do not wait for it. */
const SettlementCharts = lazy(async () => ({
  default: (await import('./settlement-charts.tsx')).SettlementCharts,
}))

/** What each business day brought in, for whoever may read settlements. */
export function SettlementsPage() {
  const block = usePermissionBlock('settlements:read')
  return (
    <>
      <title>Settlements · SpacePay Desk</title>
      {block === null ? (
        <Settlements />
      ) : (
        <EmptyState heading="h1" title="Settlements are not among your roles">
          {block}
        </EmptyState>
      )}
    </>
  )
}

/** What it shows is in its address, all of it. */
function Settlements() {
  const { api } = signedInRoute.useRouteContext()
  const search = settlementsRoute.useSearch()
  const rule = useBusinessDay()
  const today = useNow((nowMs) => businessDayOf(nowMs, rule))
  const shown = daysShown(search, today)
  const navigate = useNavigate()
  const days = useQuery(
    api.settlements.days.queryOptions(shown, {
      refetchInterval: READ_EVERY_MS,
      placeholderData: keepPreviousData,
    }),
  )
  const close = () =>
    navigate({
      to: '/settlements',
      search: ({ day: _day, ...rest }) => rest,
      resetScroll: false,
    })
  return (
    <div className="mx-auto max-w-[1440px] px-4 pt-5 pb-10 md:px-6">
      <PageHeader
        title="Settlements"
        state={<StateLine shown={shown} found={days.data ?? null} today={today} />}
      />
      <SettlementTabs current="days" />
      <RangeControls shown={shown} today={today} />
      {days.isError && !days.data && (
        <ErrorPanel
          title="Settlements could not be read"
          cause={readFault(days.error).message}
          wayOut="Nothing was lost. Try again in a moment."
          reference={readFault(days.error).reference}
          action={<Button onClick={() => void days.refetch()}>Try again</Button>}
        />
      )}
      {days.data === null && (
        <Notice tone="wait">
          Payments are being added up for the first time. Days appear here within minutes.
        </Notice>
      )}
      {days.isPending && <Waiting />}
      {days.data && (
        <div
          className={days.isPlaceholderData ? 'opacity-60' : ''}
          aria-busy={days.isPlaceholderData}
        >
          <SumTiles totals={days.data.totals} />
          <DayTable found={days.data} openDay={search.day ?? null} />
          <Suspense fallback={<Skeleton className="mt-3 h-80 rounded-lg" />}>
            <SettlementCharts found={days.data} />
          </Suspense>
        </div>
      )}
      <Suspense>
        {search.day !== undefined && (
          <OpenDay key={search.day} day={search.day} onClose={() => void close()} />
        )}
      </Suspense>
    </div>
  )
}

function StateLine({
  shown,
  found,
  today,
}: {
  readonly shown: ShownDays
  readonly found: SettlementDays | null
  readonly today: string
}) {
  return (
    <>
      {daysText(shown, today)}
      {found && ` · business days from ${found.rule.cutOff} ${zoneName(found.rule.zone)}`}
    </>
  )
}

/** As high as what will stand here. */
function Waiting() {
  return (
    <>
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        {['gross', 'fees', 'net', 'payments'].map((name) => (
          <Skeleton key={name} className="h-24 rounded-lg" />
        ))}
      </div>
      <Skeleton className="mt-3 h-96 rounded-lg" />
    </>
  )
}

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { networkName } from '@desk/shared/networks/networks'
import type { MirrorPulse } from '@desk/shared/payments/mirror-pulse'
import type { TodayFigures } from '@desk/shared/settlements/day-figures'
import { readFault } from '../app/fault.ts'
import { usePermissionBlock } from '../app/permission.ts'
import { historyText } from '../app/pulse-text.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { usePulse } from '../app/use-pulse.ts'
import { addDays, longDay } from '../ui/business-day.ts'
import { Button } from '../ui/button.tsx'
import { ClockText } from '../ui/moment.tsx'
import { zoneName } from '../ui/moment-text.ts'
import { PageHeader } from '../ui/page-header.tsx'
import { ErrorPanel, Notice } from '../ui/panel.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { AttentionCard } from './attention-card.tsx'
import { AwaitedCard } from './awaited-card.tsx'
import { FigureTiles, FigureTilesSkeleton } from './figure-tiles.tsx'
import { FirstSteps } from './first-steps.tsx'
import { OpenBankLines } from './open-bank-lines.tsx'
import { TakingsCard } from './takings-card.tsx'

const READ_EVERY_MS = 15_000
const CHART_DAYS = 90

/** recharts is larger than the rest of the screen: the figures do not wait for it. */
const VolumeChart = lazy(async () => ({
  default: (await import('./volume-chart.tsx')).VolumeChart,
}))

/** The first screen of the day: what came in, against the days before, and what waits for somebody. */
export function HomePage() {
  const { api } = signedInRoute.useRouteContext()
  const today = useQuery(
    api.settlements.today.queryOptions(undefined, {
      refetchInterval: READ_EVERY_MS,
      placeholderData: keepPreviousData,
    }),
  )
  const { data: pulse } = useQuery(usePulse())
  return (
    <div className="mx-auto max-w-[1440px] px-4 pt-5 pb-10 md:px-6">
      <title>Home · SpacePay Desk</title>
      <PageHeader
        title={today.data ? longDay(today.data.today.day) : 'Home'}
        state={today.data ? <StateLine figures={today.data} /> : <Skeleton className="h-5 w-64" />}
      />
      {pulse && <FirstSteps pulse={pulse} />}
      {pulse && <UnreadHistory pulse={pulse} />}
      {today.isError && !today.data && (
        <ErrorPanel
          title="Today’s figures could not be read"
          cause={readFault(today.error).message}
          wayOut="Payments are received and kept all the same. Try again in a moment."
          reference={readFault(today.error).reference}
          action={<Button onClick={() => void today.refetch()}>Try again</Button>}
        />
      )}
      {today.data === null && (
        <Notice tone="wait">
          Payments are being added up for the first time. Figures appear here within minutes.
        </Notice>
      )}
      {today.data && <Figures figures={today.data} />}
      {today.isPending && (
        <>
          <FigureTilesSkeleton />
          <div className="mt-3 grid gap-3 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
            <Skeleton className="h-80 rounded-lg" />
            <Skeleton className="h-80 rounded-lg" />
          </div>
        </>
      )}
    </div>
  )
}

/** Figures of days that were not read yet are no zeros. */
function UnreadHistory({ pulse }: { readonly pulse: MirrorPulse }) {
  const progress = historyText(pulse)
  if (progress === null) return null
  return (
    <div className="mb-3">
      <Notice tone="wait">
        {progress}. Payments come oldest first: the figures here are too low until all are read.
      </Notice>
    </div>
  )
}

function StateLine({ figures: { rule, asOf } }: { readonly figures: TodayFigures }) {
  return (
    <>
      Business day from {rule.cutOff} {zoneName(rule.zone)} · as of <ClockText at={asOf} />
    </>
  )
}

function Figures({ figures }: { readonly figures: TodayFigures }) {
  const { takings } = figures
  const seesSettlements = usePermissionBlock('settlements:read') === null
  return (
    <>
      <FigureTiles figures={figures} />
      {seesSettlements && <OpenBankLines />}
      <div className="mt-3 grid gap-3 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Volume today={figures.today.day} />
        <AttentionCard />
      </div>
      <div className={`mt-3 grid gap-3 lg:grid-cols-2 ${seesSettlements ? 'xl:grid-cols-3' : ''}`}>
        <TakingsCard
          title="By token"
          today={takings.today.byToken}
          yesterday={takings.yesterday.byToken}
          nameOf={(symbol) => symbol}
        />
        <TakingsCard
          title="By network"
          today={takings.today.byNetwork}
          yesterday={takings.yesterday.byNetwork}
          nameOf={networkName}
        />
        {seesSettlements && <AwaitedCard />}
      </div>
    </>
  )
}

function Volume({ today }: { readonly today: string }) {
  const { api } = signedInRoute.useRouteContext()
  const series = useQuery(
    api.settlements.series.queryOptions(
      { from: addDays(today, 1 - CHART_DAYS), to: today, basis: 'settled', splitBy: 'none' },
      { placeholderData: keepPreviousData, refetchInterval: READ_EVERY_MS },
    ),
  )
  if (series.isError && !series.data) {
    return (
      <ErrorPanel
        title="The chart could not be read"
        cause={readFault(series.error).message}
        wayOut="The figures above are not affected. Try again in a moment."
        reference={readFault(series.error).reference}
        action={<Button onClick={() => void series.refetch()}>Try again</Button>}
      />
    )
  }
  const waiting = <Skeleton className="h-80 rounded-lg" />
  return series.data ? (
    <Suspense fallback={waiting}>
      <VolumeChart series={series.data} today={today} />
    </Suspense>
  ) : (
    waiting
  )
}

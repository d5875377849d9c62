import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { usePermissionBlock } from '../app/permission.ts'
import { EmptyState } from '../ui/panel.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Deliveries } from './deliveries.tsx'
import { ReprocessingStrip } from './reprocessing-strip.tsx'
import { WebhooksStateLine } from './webhooks-state-line.tsx'
import { webhooksRoute } from './webhooks.route.tsx'

const ArrivalCharts = lazy(async () => ({
  default: (await import('./arrival-charts.tsx')).ArrivalCharts,
}))
const Refusals = lazy(async () => ({ default: (await import('./refusals.tsx')).Refusals }))

const parts = [
  { part: undefined, label: 'Deliveries' },
  { part: 'charts', label: 'Arrivals and lag' },
  { part: 'refused', label: 'Refused' },
] as const

/** What SpacePay told and what became of it. What it shows is in its address, all of it. */
export function WebhooksPage() {
  const block = usePermissionBlock('webhooks:read')
  return (
    <>
      <title>Webhooks · SpacePay Desk</title>
      {block === null ? (
        <Console />
      ) : (
        <EmptyState heading="h1" title="Webhooks are not among your roles">
          {block}
        </EmptyState>
      )}
    </>
  )
}

function Console() {
  const { part } = webhooksRoute.useSearch()
  return (
    <div className="flex h-full min-h-[480px] flex-col px-4 pt-5 md:px-6">
      <PageHeader title="Webhooks" state={<WebhooksStateLine />} />
      <nav
        aria-label="Parts of this screen"
        className="mb-3 flex gap-4 border-b border-line text-sm"
      >
        {parts.map((one) => (
          <Link
            key={one.label}
            to="/webhooks"
            search={({ open: _open, part: _part, ...rest }) => ({
              ...rest,
              ...(one.part && { part: one.part }),
            })}
            aria-current={part === one.part ? 'page' : undefined}
            className={`-mb-px flex h-9 items-center rounded-t-sm border-b-2 font-medium ${part === one.part ? 'border-accent text-text' : 'border-transparent text-muted hover:text-text'}`}
          >
            {one.label}
          </Link>
        ))}
      </nav>
      <ReprocessingStrip />
      <Suspense fallback={<Skeleton className="h-80 w-full" />}>
        {part === 'charts' ? <ArrivalCharts /> : part === 'refused' ? <Refusals /> : <Deliveries />}
      </Suspense>
    </div>
  )
}

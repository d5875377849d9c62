import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { FILE_DAYS } from '@desk/shared/exports/payment-export'
import { FaultLine } from '../app/fault-line.tsx'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button, buttonClass } from '../ui/button.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { EmptyState } from '../ui/panel.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { ExportCard } from './export-card.tsx'
import { exportsOptions } from './export-queries.ts'

/** Every file of payments that was asked for, newest first. */
export function ExportsPage() {
  const block = usePermissionBlock('exports:read')
  return (
    <div className="mx-auto max-w-[1080px] px-4 pt-5 pb-10 md:px-6">
      <title>Exports · SpacePay Desk</title>
      {block === null ? (
        <Exports />
      ) : (
        <EmptyState heading="h1" title="Exports are not among your roles">
          {block}
        </EmptyState>
      )}
    </div>
  )
}

function Exports() {
  const { api } = signedInRoute.useRouteContext()
  const { data, error, refetch, isFetchingNextPage, hasNextPage, fetchNextPage } = useInfiniteQuery(
    exportsOptions(api),
  )
  const exports = data?.pages.flatMap((page) => page.exports)
  return (
    <>
      <PageHeader
        title="Exports"
        state={`Files are kept for ${FILE_DAYS} days, their manifests for good`}
        actions={
          <Link to="/payments" className={buttonClass({})}>
            Payments
          </Link>
        }
      />
      {error !== null && (
        <div className="mb-3 flex flex-col items-start gap-2">
          <FaultLine error={error} />
          <Button onClick={() => void refetch()}>Try again</Button>
        </div>
      )}
      {exports === undefined ? (
        error === null && <Waiting />
      ) : exports.length === 0 ? (
        <EmptyState
          title="No exports yet"
          action={
            <Link to="/payments" className={buttonClass({ variant: 'primary' })}>
              Open payments
            </Link>
          }
        >
          Narrow the list of payments to what you need, or open a saved view, and choose Export.
        </EmptyState>
      ) : (
        <ol className="flex flex-col gap-3">
          {exports.map((made) => (
            <li key={made.id}>
              <ExportCard made={made} />
            </li>
          ))}
        </ol>
      )}
      {hasNextPage && (
        <Button className="mt-4" pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show older exports
        </Button>
      )}
    </>
  )
}

function Waiting() {
  return (
    <output className="flex flex-col gap-3">
      <span className="sr-only">Exports are being read</span>
      {[0, 1, 2].map((line) => (
        <Skeleton key={line} className="h-[104px] w-full rounded-lg" />
      ))}
    </output>
  )
}

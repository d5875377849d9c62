import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { PaymentExport } from '@desk/shared/exports/payment-export'
import { readFault } from '../app/fault.ts'
import { FaultLine } from '../app/fault-line.tsx'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Amount } from '../ui/amount.tsx'
import { Button, buttonClass } from '../ui/button.tsx'
import { PreciseText } from '../ui/moment.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { EmptyState, Notice } from '../ui/panel.tsx'
import { countText } from '../ui/readers-locale.ts'
import { ScrollSideways } from '../ui/scroll-sideways.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { ChangeLine } from './change-line.tsx'
import { exportOptions } from './export-queries.ts'
import { askedText, differenceText } from './export-words.ts'
import { exportChangesRoute } from './exports.route.tsx'

/** How an export differs from the run before: what came, what went, what changed, with both values. */
export function ExportChangesPage() {
  const { exportId } = exportChangesRoute.useParams()
  const block = usePermissionBlock('exports:read')
  return (
    <div className="mx-auto max-w-[1080px] px-4 pt-5 pb-10 md:px-6">
      <title>What changed · SpacePay Desk</title>
      {block === null ? (
        <Difference key={exportId} id={exportId} />
      ) : (
        <EmptyState heading="h1" title="Exports are not among your roles">
          {block}
        </EmptyState>
      )}
    </div>
  )
}

function Difference({ id }: { readonly id: string }) {
  const { api } = signedInRoute.useRouteContext()
  const { data: made, error } = useQuery(exportOptions(api, id))
  if (error !== null && !made) {
    const isUnknown = readFault(error).kind === 'not_found'
    return (
      <EmptyState
        heading="h1"
        title={isUnknown ? 'There is no such export' : 'The export could not be read'}
        action={<ToExports />}
      >
        {isUnknown ? 'Look for it among all exports.' : <FaultLine error={error} />}
      </EmptyState>
    )
  }
  if (!made) return <Waiting />
  const { difference } = made
  return (
    <>
      <PageHeader
        title="What changed"
        state={difference === null ? 'Nothing to compare with' : differenceText(difference)}
        actions={<ToExports />}
      />
      <p className="mb-4 text-sm wrap-anywhere">{askedText(made)}</p>
      {difference === null ? (
        <EmptyState title="There is nothing to compare with">
          {made.state === 'done'
            ? 'This export was not run again from another one, or what that one held is kept no more.'
            : 'What changed is known once this export is done.'}
        </EmptyState>
      ) : (
        <>
          <BothRuns made={made} />
          {difference.listed > 0 && <Changes made={made} />}
        </>
      )}
    </>
  )
}

function ToExports() {
  return (
    <Link to="/exports" className={buttonClass({})}>
      All exports
    </Link>
  )
}

/** Counts and sums of both runs, one under the other. */
function BothRuns({ made }: { readonly made: PaymentExport }) {
  const { api } = signedInRoute.useRouteContext()
  const { data: before } = useQuery({
    ...api.exports.one.queryOptions({ id: made.previousId ?? made.id }),
    enabled: made.previousId !== null,
  })
  const runs = [before, made].filter((run) => run !== undefined)
  return (
    <ScrollSideways label="Both runs">
      <table aria-label="Both runs" className="w-full min-w-[520px] text-sm tabular-nums">
        <thead>
          <tr className="text-left text-xs text-faint">
            {['Run', 'Payments', 'Gross', 'Fees', 'Net'].map((name) => (
              <th
                key={name}
                scope="col"
                className={`${head} ${name === 'Run' ? '' : 'text-right'}`}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.map((run) =>
            run.totals?.currencies.map((sums) => (
              <tr key={`${run.id} ${sums.currency}`}>
                <td className={cell}>
                  {run.id === made.id ? 'This run, as of ' : 'Run before, as of '}
                  {run.snapshotAt && <PreciseText at={run.snapshotAt} />}
                </td>
                <td className={`${cell} text-right`}>{countText(sums.count)}</td>
                <td className={`${cell} text-right`}>
                  <Amount cents={BigInt(sums.grossCents)} currency={sums.currency} />
                </td>
                <td className={`${cell} text-right`}>
                  <Amount
                    cents={BigInt(sums.merchantFeeCents) + BigInt(sums.swapFeeCents)}
                    currency={sums.currency}
                  />
                </td>
                <td className={`${cell} text-right`}>
                  <Amount cents={BigInt(sums.netCents)} currency={sums.currency} />
                </td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </ScrollSideways>
  )
}

function Changes({ made }: { readonly made: PaymentExport }) {
  const { api } = signedInRoute.useRouteContext()
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    api.exports.changes.infiniteQueryOptions(
      { id: made.id },
      {
        initialCursor: null,
        getNextPageParam: ({ changes, isLast }) =>
          isLast ? null : (changes.at(-1)?.number ?? null),
      },
    ),
  )
  const { difference } = made
  const all = difference === null ? 0 : difference.added + difference.removed + difference.changed
  const listed = difference?.listed ?? 0
  return (
    <div className="mt-6">
      {listed < all && (
        <div className="mb-3">
          <Notice tone="idle">
            The first {countText(listed)} of {countText(all)} are named here; the counts are exact.
          </Notice>
        </div>
      )}
      <FaultLine error={error} />
      {!data && error === null && <Skeleton className="h-40 w-full" />}
      <ul aria-label="Payments that differ" className="divide-y divide-line border-y border-line">
        {data?.pages
          .flatMap((page) => page.changes)
          .map((change) => (
            <ChangeLine key={change.number} change={change} />
          ))}
      </ul>
      {hasNextPage && (
        <Button className="mt-4" pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show more
        </Button>
      )}
    </div>
  )
}

const head = 'h-8 border-b border-line px-2.5 font-medium'
const cell = 'border-b border-line px-2.5 py-1.5 whitespace-nowrap'

function Waiting() {
  return (
    <output className="flex flex-col gap-3">
      <span className="sr-only">The export is being read</span>
      <Skeleton className="h-8 w-56" />
      <Skeleton className="h-28 w-full" />
      <Skeleton className="h-40 w-full" />
    </output>
  )
}

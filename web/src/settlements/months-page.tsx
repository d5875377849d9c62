import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { SettlementMonthRow } from '@desk/shared/settlements/settlement-month'
import { readFault } from '../app/fault.ts'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Amount } from '../ui/amount.tsx'
import { Badge, Flag } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Moment } from '../ui/moment.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { EmptyState, ErrorPanel, Notice } from '../ui/panel.tsx'
import { countText } from '../ui/readers-locale.ts'
import { ScrollSideways } from '../ui/scroll-sideways.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { SettlementTabs } from './settlement-tabs.tsx'
import { monthName } from './settlements-address.ts'

/** Every month and whether it is closed, for whoever may read settlements. */
export function MonthsPage() {
  const block = usePermissionBlock('settlements:read')
  return (
    <>
      <title>Month close · SpacePay Desk</title>
      {block === null ? (
        <Months />
      ) : (
        <EmptyState heading="h1" title="Settlements are not among your roles">
          {block}
        </EmptyState>
      )}
    </>
  )
}

function Months() {
  const { api } = signedInRoute.useRouteContext()
  const pages = useInfiniteQuery(
    api.settlementMonths.list.infiniteQueryOptions(
      {},
      { getNextPageParam: (page) => page?.cursor ?? null },
    ),
  )
  const months = pages.data?.pages.flatMap((page) => page?.months ?? []) ?? []
  return (
    <div className="mx-auto max-w-[1440px] px-4 pt-5 pb-10 md:px-6">
      <PageHeader
        title="Month close"
        state="A closed month stays as it is; what changes later is listed beside it"
      />
      <SettlementTabs current="months" />
      {pages.isPending && <Skeleton className="h-96 rounded-lg" />}
      {pages.isError && (
        <ErrorPanel
          title="The months could not be read"
          cause={readFault(pages.error).message}
          wayOut="Nothing was lost. Try again in a moment."
          reference={readFault(pages.error).reference}
          action={<Button onClick={() => void pages.refetch()}>Try again</Button>}
        />
      )}
      {pages.data?.pages[0] === null && (
        <Notice tone="wait">
          Payments are being added up for the first time. Months appear here within minutes.
        </Notice>
      )}
      {months.length > 0 && <MonthTable months={months} />}
      {pages.hasNextPage && (
        <Button
          className="mt-3"
          pending={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          Earlier months
        </Button>
      )}
    </div>
  )
}

function MonthTable({ months }: { readonly months: readonly SettlementMonthRow[] }) {
  return (
    <section className="rounded-lg border border-line bg-surface px-1 md:px-2">
      <ScrollSideways label="Months">
        <table className="w-full text-sm tabular-nums">
          <caption className="sr-only">Months</caption>
          <thead>
            <tr className="text-xs text-faint">
              <th scope="col" className="h-9 px-3 text-left font-medium">
                Month
              </th>
              <th scope="col" className="h-9 px-3 text-left font-medium">
                State
              </th>
              <th scope="col" className="h-9 px-3 text-right font-medium max-md:hidden">
                Payments
              </th>
              <th scope="col" className="h-9 px-3 text-right font-medium max-md:hidden">
                Gross
              </th>
              <th scope="col" className="h-9 px-3 text-right font-medium">
                Net
              </th>
              <th scope="col" className="h-9 px-3 text-right font-medium max-md:hidden">
                Changed since
              </th>
            </tr>
          </thead>
          <tbody>
            {months.map((month) => (
              <MonthLine key={month.month} row={month} />
            ))}
          </tbody>
        </table>
      </ScrollSideways>
    </section>
  )
}

function MonthLine({ row }: { readonly row: SettlementMonthRow }) {
  const { month, closed, now, isOver } = row
  const sums = closed?.totals ?? now
  return (
    <tr className="relative border-t border-line hover:bg-hover">
      <th scope="row" className="px-3 py-2 text-left font-normal whitespace-nowrap">
        <Link
          to="/settlements/months/$month"
          params={{ month }}
          className="font-medium after:absolute after:inset-0 hover:underline"
        >
          {monthName(month)}
        </Link>
      </th>
      <td className="px-3 py-2">
        <span className="flex flex-wrap items-center gap-1.5">
          {closed ? (
            <Badge tone="ok">Closed</Badge>
          ) : isOver ? (
            <Badge tone="wait">Open</Badge>
          ) : (
            <Badge tone="idle">Running</Badge>
          )}
          {closed?.isReopeningProposed && <Flag tone="warn">reopening proposed</Flag>}
          {closed && (
            <span className="text-xs text-faint max-md:hidden">
              by {closed.by.name} <Moment at={closed.at} />
            </span>
          )}
        </span>
      </td>
      <td className="px-3 py-2 text-right max-md:hidden">{countText(sums.payments)}</td>
      <td className="px-3 py-2 text-right max-md:hidden">
        <Amount cents={sums.grossCents} />
      </td>
      <td className="px-3 py-2 text-right">
        <Amount cents={sums.netCents} />
      </td>
      <td className="px-3 py-2 text-right max-md:hidden">
        {closed && closed.adjustments.count > 0 ? (
          <>
            <Amount cents={closed.adjustments.netCents} />
            <span className="block text-xs text-faint">
              {countText(closed.adjustments.count)}{' '}
              {closed.adjustments.count === 1 ? 'adjustment' : 'adjustments'}
            </span>
          </>
        ) : (
          <span className="text-faint">{closed ? 'nothing' : '—'}</span>
        )}
      </td>
    </tr>
  )
}

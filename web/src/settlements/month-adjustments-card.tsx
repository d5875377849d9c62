import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type {
  AdjustmentSums,
  MonthAdjustment,
  MonthShare,
} from '@desk/shared/settlements/settlement-month'
import { readFault } from '../app/fault.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Amount } from '../ui/amount.tsx'
import { shortDay } from '../ui/business-day.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Moment } from '../ui/moment.tsx'
import { ScrollSideways } from '../ui/scroll-sideways.tsx'
import { Skeleton } from '../ui/skeleton.tsx'

/** What payments of a closed month count for now and did not then, one line for each change. */
export function MonthAdjustmentsCard({ closeId, sums }: MonthAdjustmentsCardProps) {
  return (
    <div className="mt-3">
      <Card
        title="Adjustments since it was closed"
        about={
          sums.count === 0 ? (
            'Nothing has changed: the month is what it was closed with.'
          ) : (
            <>
              <Amount cents={sums.netCents} /> net, <Amount cents={sums.grossCents} /> gross, in{' '}
              {sums.count} {sums.count === 1 ? 'change' : 'changes'}. The closed sums stay as they
              are.
            </>
          )
        }
      >
        {sums.count > 0 && <Adjustments key={sums.count} closeId={closeId} />}
      </Card>
    </div>
  )
}

interface MonthAdjustmentsCardProps {
  readonly closeId: number
  readonly sums: AdjustmentSums
}

function Adjustments({ closeId }: { readonly closeId: number }) {
  const { api } = signedInRoute.useRouteContext()
  const pages = useInfiniteQuery(
    api.settlementMonths.adjustments.infiniteQueryOptions(
      { closeId },
      { getNextPageParam: ({ cursor }) => cursor },
    ),
  )
  if (pages.isPending) return <Skeleton className="h-24 w-full" />
  if (pages.isError) {
    return (
      <p role="alert" className="text-sm text-bad">
        {readFault(pages.error).message}{' '}
        <Button onClick={() => void pages.refetch()}>Try again</Button>
      </p>
    )
  }
  return (
    <>
      <ScrollSideways label="Adjustments">
        <table className="w-full text-sm tabular-nums">
          <caption className="sr-only">Adjustments</caption>
          <thead>
            <tr className="text-xs text-faint">
              <th scope="col" className="h-8 pr-3 text-left font-medium">
                Payment
              </th>
              <th scope="col" className="h-8 px-3 text-right font-medium">
                Was
              </th>
              <th scope="col" className="h-8 pl-3 text-right font-medium">
                Is now
              </th>
            </tr>
          </thead>
          <tbody>
            {pages.data.pages
              .flatMap(({ adjustments }) => adjustments)
              .map((adjustment) => (
                <AdjustmentLine key={adjustment.id} adjustment={adjustment} />
              ))}
          </tbody>
        </table>
      </ScrollSideways>
      {pages.hasNextPage && (
        <Button pending={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          More adjustments
        </Button>
      )}
    </>
  )
}

function AdjustmentLine({ adjustment }: { readonly adjustment: MonthAdjustment }) {
  const { paymentId, orderId, at, before, after } = adjustment
  return (
    <tr className="border-t border-line">
      <th scope="row" className="py-1.5 pr-3 text-left font-normal">
        <Link
          to="/payments/$paymentId"
          params={{ paymentId }}
          className="font-medium wrap-anywhere hover:underline"
        >
          {orderId ?? paymentId}
        </Link>
        <span className="block text-xs text-faint">
          <Moment at={at} />
        </span>
      </th>
      <Share share={before} />
      <Share share={after} />
    </tr>
  )
}

function Share({ share }: { readonly share: MonthShare }) {
  return (
    <td className="px-3 py-1.5 text-right align-top whitespace-nowrap last:pr-0">
      {share.day === null ? (
        <span className="text-faint">not in this month</span>
      ) : (
        <>
          <Amount cents={share.netCents} />
          <span className="block text-xs text-faint">
            of <Amount cents={share.grossCents} />, {shortDay(share.day, true)}
          </span>
        </>
      )}
    </td>
  )
}

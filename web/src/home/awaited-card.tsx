import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { AwaitedMoney } from '@desk/shared/settlements/awaited-money'
import { readFault } from '../app/fault.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Amount } from '../ui/amount.tsx'
import { Badge } from '../ui/badge.tsx'
import { dayTitle, shortDay } from '../ui/business-day.ts'
import { Button } from '../ui/button.tsx'
import { Skeleton } from '../ui/skeleton.tsx'

const READ_EVERY_MS = 60_000
const shownMax = 6

/** What was completed and has not arrived at the bank: by which day it is to be there, and what is late. */
export function AwaitedCard() {
  const { api } = signedInRoute.useRouteContext()
  const awaited = useQuery(
    api.settlements.awaited.queryOptions(undefined, {
      refetchInterval: READ_EVERY_MS,
      placeholderData: keepPreviousData,
    }),
  )
  return (
    <section
      aria-labelledby="home-awaited"
      className="min-w-0 rounded-lg border border-line bg-surface px-4 py-3"
    >
      <div className="flex items-baseline justify-between gap-3 pb-1">
        <h2 id="home-awaited" className="text-sm font-semibold">
          Expected settlement
        </h2>
        <Link to="/settlements" className="text-sm text-accent hover:underline">
          All days
        </Link>
      </div>
      {awaited.data ? (
        <Days awaited={awaited.data} />
      ) : awaited.isError ? (
        <div role="alert" className="flex flex-col items-start gap-2 py-4 text-sm text-muted">
          <p>What is to arrive could not be read. {readFault(awaited.error).message}</p>
          <Button onClick={() => void awaited.refetch()}>Try again</Button>
        </div>
      ) : (
        <div className="flex flex-col gap-3 py-2">
          {['first', 'second', 'third'].map((line) => (
            <Skeleton key={line} className="h-6 w-full" />
          ))}
        </div>
      )}
    </section>
  )
}

function Days({ awaited }: { readonly awaited: AwaitedMoney }) {
  const { days, openCents, lateCents, today, from } = awaited
  if (days.length === 0) {
    return (
      <p className="py-8 text-center text-sm text-muted">
        {lateCents === null
          ? 'Nothing is on its way: by SpacePay’s promise of the next working day, all has arrived.'
          : `Nothing is on its way: all that was completed since ${shortDay(from, true)} has arrived.`}
      </p>
    )
  }
  const more = days.length - shownMax
  return (
    <>
      <table className="w-full text-sm tabular-nums">
        <thead>
          <tr className="text-xs text-faint">
            <th scope="col" className="h-7 text-left font-medium">
              Business day
            </th>
            <th scope="col" className="h-7 pl-2 text-left font-medium">
              By
            </th>
            <th scope="col" className="h-7 pl-2 text-right font-medium">
              To come
            </th>
          </tr>
        </thead>
        <tbody>
          {days.slice(0, shownMax).map(({ day, openCents: cents, expectedBy, isLate }) => (
            <tr key={day} className="border-t border-line">
              <th scope="row" className="py-2 text-left font-normal">
                <Link to="/settlements" search={{ day }} className="hover:underline">
                  {dayTitle(day, today)}
                </Link>
              </th>
              <td className="py-2 pl-2 whitespace-nowrap">
                {isLate ? <Badge tone="warn">Late</Badge> : shortDay(expectedBy, true)}
              </td>
              <td className="py-2 pl-2 text-right">
                <Amount cents={cents} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="border-t border-line font-semibold">
            <th scope="row" colSpan={2} className="py-2 text-left">
              {more > 0 ? `Together, with ${more} more ${more === 1 ? 'day' : 'days'}` : 'Together'}
            </th>
            <td className="py-2 pl-2 text-right">
              <Amount cents={openCents} />
            </td>
          </tr>
        </tfoot>
      </table>
      {lateCents === null && (
        <p className="pt-1 text-xs text-muted">
          By SpacePay’s promise of the next working day. Import a bank statement to see what really
          arrived.
        </p>
      )}
    </>
  )
}

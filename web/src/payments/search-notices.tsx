import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import type { SearchProblem } from '@desk/shared/payments/payment-address'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Notice } from '../ui/panel.tsx'
import { summaryOptions } from './payment-list-queries.ts'

const SearchProblems = lazy(async () => ({
  default: (await import('./search-problems.tsx')).SearchProblems,
}))

/** What in the address was not understood, and what was looked up otherwise than it seems. */
export function SearchNotices({ query, problems }: SearchNoticesProps) {
  const { api } = signedInRoute.useRouteContext()
  const { data: summary } = useQuery(summaryOptions(api, query))
  const isDated = query.createdFrom !== null || query.createdTo !== null
  return (
    <>
      <Suspense>{problems.length > 0 && <SearchProblems problems={problems} />}</Suspense>
      {summary?.allTime && isDated && (
        <div className="mt-2">
          <Notice tone="idle">
            An order, id, hash or address is looked up over all time, so the dates do not count
            here.
          </Notice>
        </div>
      )}
    </>
  )
}

interface SearchNoticesProps {
  readonly query: PaymentQuery
  readonly problems: readonly SearchProblem[]
}

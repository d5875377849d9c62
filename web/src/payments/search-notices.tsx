import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { SearchProblem } from '@desk/shared/payments/payment-address'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/panel.tsx'
import { summaryOptions } from './payment-list-queries.ts'

/** What in the address was not understood, and what was looked up otherwise than it seems. */
export function SearchNotices({ query, problems }: SearchNoticesProps) {
  const { api } = signedInRoute.useRouteContext()
  const { data: summary } = useQuery(summaryOptions(api, query))
  const isDated = query.createdFrom !== null || query.createdTo !== null
  return (
    <>
      {problems.length > 0 && <Problems problems={problems} />}
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

function Problems({ problems }: { readonly problems: readonly SearchProblem[] }) {
  const navigate = useNavigate()
  const clear = () =>
    navigate({
      to: '/payments',
      search: (search) => {
        const rest = { ...search }
        for (const { field } of problems) delete rest[field]
        return rest
      },
      replace: true,
    })
  return (
    <div aria-live="polite" className="mt-2">
      <Notice tone="warn">
        <div className="flex items-start gap-3">
          <div className="min-w-0 flex-1">
            <p className="font-medium">Part of this address was not understood and is left out.</p>
            {problems.map(({ field, message }) => (
              <p key={field} className="break-words">
                {message}
              </p>
            ))}
          </div>
          <Button onClick={() => void clear()}>Clear</Button>
        </div>
      </Notice>
    </div>
  )
}

import { lazy, Suspense, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { missReason, missText } from '@desk/shared/payments/miss-reason'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import { unwrapPasted } from '@desk/shared/payments/search-text'
import { historyText } from '../app/pulse-text.ts'
import { usePulse } from '../app/use-pulse.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/panel.tsx'
import { isNarrowed, withoutFilters } from './filter-chips.ts'
import { FindManyLink } from './long-search.tsx'
import { useChangeQuery } from './use-change-query.ts'

const SearchHelp = lazy(async () => ({ default: (await import('./search-help.tsx')).SearchHelp }))

/** Why no row is shown, and the next step. */
export function NoPayments({ query }: { readonly query: PaymentQuery }) {
  const change = useChangeQuery()
  const [isHelpOpen, setHelpOpen] = useState(false)
  const { data: pulse } = useQuery(usePulse())
  const history = pulse ? historyText(pulse) : null
  if (isNarrowed(query)) {
    return (
      <EmptyState
        title="No payment matches"
        action={
          <div className="flex flex-wrap justify-center gap-2">
            <Button onClick={() => change(withoutFilters(query))}>Clear filters</Button>
            <Button variant="ghost" onClick={() => setHelpOpen(true)}>
              How to search
            </Button>
            <Suspense>
              {isHelpOpen && <SearchHelp sort={query.sort} onClose={() => setHelpOpen(false)} />}
            </Suspense>
          </div>
        }
      >
        {whyNone(query.text)}
        {query.text !== '' && (
          <>
            {' '}
            <FindManyLink text={query.text}>See what is near it</FindManyLink>
          </>
        )}
        {history !== null && ` Older payments are still being read. ${history}.`}
      </EmptyState>
    )
  }
  return (
    <EmptyState title={history === null ? 'No payments yet' : 'Payments are on their way'}>
      {history ??
        'Payments appear here by themselves as soon as SpacePay announces one, or Desk reads it from the API.'}
    </EmptyState>
  )
}

/** Ids of other things, cut ones and the like are told by their form. */
function whyNone(text: string): string {
  const value = unwrapPasted(text)
  const reason = missReason(value)
  return value === '' || reason === 'unknown' || reason === 'several'
    ? 'Nothing that Desk knows fits this search and these filters together.'
    : missText(reason, value)
}

import { useQuery } from '@tanstack/react-query'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import { historyText } from '../app/pulse-text.ts'
import { usePulse } from '../app/use-pulse.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/panel.tsx'
import { isNarrowed, withoutFilters } from './filter-chips.ts'
import { useChangeQuery } from './use-change-query.ts'

/** Why no row is shown, and the next step. */
export function NoPayments({ query }: { readonly query: PaymentQuery }) {
  const change = useChangeQuery()
  const { data: pulse } = useQuery(usePulse())
  const history = pulse ? historyText(pulse) : null
  if (isNarrowed(query)) {
    return (
      <EmptyState
        title="No payment matches"
        action={<Button onClick={() => change(withoutFilters(query))}>Clear filters</Button>}
      >
        Nothing that Desk knows fits this search and these filters together.
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

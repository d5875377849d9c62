import { useQuery } from '@tanstack/react-query'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import { readFault } from '../app/fault.ts'
import { historyText } from '../app/pulse-text.ts'
import { usePulse } from '../app/use-pulse.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState, ErrorPanel } from '../ui/panel.tsx'
import { countText } from '../ui/readers-locale.ts'
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

/** The list could not be read at all. */
export function ListFault({ error, onRetry }: ListFaultProps) {
  const fault = readFault(error)
  const isRefused = fault.kind === 'refused'
  return (
    <div className="max-w-2xl pt-6">
      <ErrorPanel
        title={isRefused ? 'This search could not be answered' : 'Payments could not be read'}
        cause={
          isRefused
            ? fault.message
            : fault.kind === 'unreachable'
              ? 'The connection to Desk was lost, or Desk is restarting.'
              : 'A fault in Desk kept the list from being read.'
        }
        wayOut={
          isRefused
            ? 'Add a filter or a few more letters, then search again.'
            : 'Nothing was changed and your filters are kept. Try again in a moment.'
        }
        reference={fault.reference}
        action={<Button onClick={onRetry}>Try again</Button>}
      />
    </div>
  )
}

interface ListFaultProps {
  readonly error: unknown
  readonly onRetry: () => void
}

/** Below the last row: that there is more, that it could not be read, or that this is all. */
export function ListEnd({ count, hasMore, hasFailed, onRetry }: ListEndProps) {
  if (hasFailed) {
    return (
      <span role="alert" className="flex items-center gap-3">
        More payments could not be read.
        <Button onClick={onRetry}>Try again</Button>
      </span>
    )
  }
  if (hasMore) return 'Reading more…'
  return `End of the list, ${countText(count)} in all`
}

interface ListEndProps {
  readonly count: number
  readonly hasMore: boolean
  readonly hasFailed: boolean
  readonly onRetry: () => void
}

import { lazy, type ReactNode, Suspense } from 'react'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import { Skeleton } from '../ui/skeleton.tsx'

/** What a filter is chosen in comes when somebody first opens one. */
const FilterPanel = lazy(async () => ({
  default: (await import('./filter-panel.tsx')).FilterPanel,
}))

export interface FilterProps {
  readonly query: PaymentQuery
  readonly today: string
  readonly onChange: (query: PaymentQuery) => void
  /** Called when a choice completes the filter, so that its panel may go. */
  readonly onDone: () => void
}

export interface PaymentFilter {
  readonly label: string
  readonly isOn: (query: PaymentQuery) => boolean
  readonly panel: (props: FilterProps) => ReactNode
}

/** The filters in the order in which people narrow a list, for the bar and for the sheet alike. */
export const paymentFilters: readonly PaymentFilter[] = [
  filter('Created', ({ createdFrom, createdTo, createdPreset }) => {
    return createdFrom !== null || createdTo !== null || createdPreset !== null
  }),
  filter('Status', ({ statuses }) => statuses.length > 0),
  filter('Type', ({ types }) => types.length > 0),
  filter('Amount', ({ minCents, maxCents }) => minCents !== null || maxCents !== null),
  filter('Judgement', ({ judgements }) => judgements.length > 0),
  filter('Token', ({ tokens }) => tokens.length > 0),
  filter('Network', ({ networks }) => networks.length > 0),
]

export type FilterName =
  | 'Created'
  | 'Status'
  | 'Type'
  | 'Amount'
  | 'Judgement'
  | 'Token'
  | 'Network'

function filter(label: FilterName, isOn: PaymentFilter['isOn']): PaymentFilter {
  return {
    label,
    isOn,
    panel: (props) => (
      <Suspense fallback={<Skeleton className="m-3 h-24 w-40" />}>
        <FilterPanel {...props} name={label} />
      </Suspense>
    ),
  }
}

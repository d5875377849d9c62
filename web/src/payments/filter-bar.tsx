import { lazy, type RefObject } from 'react'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import { FilterLine } from '../ui/filter-line.tsx'
import { paymentFilters } from './payment-filters.tsx'
import { SearchField } from './search-field.tsx'
import { useChangeQuery } from './use-change-query.ts'

const PaymentFilterSheet = lazy(async () => ({
  default: (await import('./filter-sheet.tsx')).PaymentFilterSheet,
}))

export function FilterBar({ query, today, isNarrow, searchRef }: FilterBarProps) {
  const change = useChangeQuery()
  return (
    <FilterLine
      search={<SearchField ref={searchRef} query={query} today={today} />}
      filters={paymentFilters.map(({ label, isOn, panel }) => ({
        label,
        isOn: isOn(query),
        panel: (close) => panel({ query, today, onChange: change, onDone: close }),
      }))}
      isNarrow={isNarrow}
    >
      {(close) => <PaymentFilterSheet query={query} today={today} onClose={close} />}
    </FilterLine>
  )
}

interface FilterBarProps {
  readonly query: PaymentQuery
  readonly today: string
  readonly isNarrow: boolean
  readonly searchRef: RefObject<HTMLInputElement | null>
}

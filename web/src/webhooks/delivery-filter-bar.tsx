import { lazy, type Ref } from 'react'
import type { DeliveryQuery } from '@desk/shared/webhooks/delivery-query'
import { FilterLine } from '../ui/filter-line.tsx'
import { deliveryFilters } from './delivery-filters.tsx'
import { DeliverySearchField } from './delivery-search-field.tsx'
import { useChangeWebhooksQuery } from './use-change-webhooks-query.ts'

const DeliveryFilterSheet = lazy(async () => ({
  default: (await import('./delivery-filter-sheet.tsx')).DeliveryFilterSheet,
}))

export function DeliveryFilterBar({ query, today, isNarrow, searchRef }: DeliveryFilterBarProps) {
  const change = useChangeWebhooksQuery()
  return (
    <FilterLine
      search={<DeliverySearchField ref={searchRef} query={query} today={today} />}
      filters={deliveryFilters.map(({ label, isOn, panel }) => ({
        label,
        isOn: isOn(query),
        panel: (close) =>
          panel({ query, today, onChange: (next) => void change(next), onDone: close }),
      }))}
      isNarrow={isNarrow}
    >
      {(close) => <DeliveryFilterSheet query={query} today={today} onClose={close} />}
    </FilterLine>
  )
}

interface DeliveryFilterBarProps {
  readonly query: DeliveryQuery
  readonly today: string
  readonly isNarrow: boolean
  readonly searchRef: Ref<HTMLInputElement>
}

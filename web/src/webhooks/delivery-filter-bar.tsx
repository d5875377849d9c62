import { SlidersHorizontal } from 'lucide-react'
import { lazy, type Ref, Suspense, useState } from 'react'
import type { DeliveryQuery } from '@desk/shared/webhooks/delivery-query'
import { Button } from '../ui/button.tsx'
import { FilterButton } from '../ui/filter-menu.tsx'
import { deliveryFilters } from './delivery-filters.tsx'
import { DeliverySearchField } from './delivery-search-field.tsx'
import { useChangeWebhooksQuery } from './use-change-webhooks-query.ts'

const DeliveryFilterSheet = lazy(async () => ({
  default: (await import('./delivery-filter-sheet.tsx')).DeliveryFilterSheet,
}))

/** Search and filters: menus in a row, or one sheet where there is no room for a row. */
export function DeliveryFilterBar({ query, today, isNarrow, searchRef }: DeliveryFilterBarProps) {
  const change = useChangeWebhooksQuery()
  const [isSheetOpen, setSheetOpen] = useState(false)
  const count = deliveryFilters.filter(({ isOn }) => isOn(query)).length
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-start gap-2">
        <DeliverySearchField ref={searchRef} query={query} today={today} />
        {isNarrow && (
          <Button className="h-10!" aria-haspopup="dialog" onClick={() => setSheetOpen(true)}>
            <SlidersHorizontal aria-hidden className="size-4" />
            Filters{count > 0 && ` (${count})`}
          </Button>
        )}
      </div>
      {!isNarrow && (
        <fieldset aria-label="Filters" className="flex flex-wrap gap-1.5">
          {deliveryFilters.map(({ label, isOn, panel }) => (
            <FilterButton key={label} label={label} isOn={isOn(query)}>
              {(close) =>
                panel({ query, today, onChange: (next) => void change(next), onDone: close })
              }
            </FilterButton>
          ))}
        </fieldset>
      )}
      {isSheetOpen && (
        <Suspense>
          <DeliveryFilterSheet query={query} today={today} onClose={() => setSheetOpen(false)} />
        </Suspense>
      )}
    </div>
  )
}

interface DeliveryFilterBarProps {
  readonly query: DeliveryQuery
  readonly today: string
  readonly isNarrow: boolean
  readonly searchRef: Ref<HTMLInputElement>
}

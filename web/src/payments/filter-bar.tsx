import { SlidersHorizontal } from 'lucide-react'
import { lazy, type RefObject, Suspense, useState } from 'react'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import { Button } from '../ui/button.tsx'
import { FilterButton } from '../ui/filter-menu.tsx'
import { paymentFilters } from './payment-filters.tsx'
import { SearchField } from './search-field.tsx'
import { useChangeQuery } from './use-change-query.ts'

const PaymentFilterSheet = lazy(async () => ({
  default: (await import('./filter-sheet.tsx')).PaymentFilterSheet,
}))

/** Search and filters: menus in a row, or one sheet where there is no room for a row. */
export function FilterBar({ query, today, isNarrow, searchRef }: FilterBarProps) {
  const change = useChangeQuery()
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-start gap-2">
        <SearchField ref={searchRef} query={query} today={today} />
        {isNarrow && <SheetButton query={query} today={today} />}
      </div>
      {!isNarrow && (
        <fieldset aria-label="Filters" className="flex flex-wrap gap-1.5">
          {paymentFilters.map(({ label, isOn, panel }) => (
            <FilterButton key={label} label={label} isOn={isOn(query)}>
              {(close) => panel({ query, today, onChange: change, onDone: close })}
            </FilterButton>
          ))}
        </fieldset>
      )}
    </div>
  )
}

interface FilterBarProps {
  readonly query: PaymentQuery
  readonly today: string
  readonly isNarrow: boolean
  readonly searchRef: RefObject<HTMLInputElement | null>
}

function SheetButton({ query, today }: { readonly query: PaymentQuery; readonly today: string }) {
  const [isOpen, setOpen] = useState(false)
  const count = paymentFilters.filter(({ isOn }) => isOn(query)).length
  return (
    <>
      <Button className="h-10!" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <SlidersHorizontal aria-hidden className="size-4" />
        Filters{count > 0 && ` (${count})`}
      </Button>
      {isOpen && (
        <Suspense>
          <PaymentFilterSheet query={query} today={today} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}

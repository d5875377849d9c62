import { Dialog } from '@base-ui/react/dialog'
import { ChevronDown, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import {
  type PaymentQuery,
  paymentSorts,
  type PaymentSort,
} from '@desk/shared/payments/payment-query'
import { Button, IconButton } from '../ui/button.tsx'
import { filterChips, withoutFilters } from './filter-chips.ts'
import { paymentFilters } from './payment-filters.tsx'
import { PaymentStateLine } from './payment-state-line.tsx'
import { useChangeQuery } from './use-change-query.ts'

/** All filters and the order, for a phone. They take effect at once; the foot says what they match. */
export function FilterSheet({ query, today, onClose }: FilterSheetProps) {
  const change = useChangeQuery()
  const chosen = new Map(filterChips(query, today).map(({ name, value }) => [name, value]))
  return (
    <Dialog.Root defaultOpen onOpenChangeComplete={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop fixed inset-0 z-40" />
        <Dialog.Popup className="overlay fixed inset-x-0 bottom-0 z-50 flex max-h-[88dvh] flex-col rounded-t-lg bg-surface shadow-overlay">
          <div className="flex h-13 flex-none items-center gap-2 border-b border-line px-4">
            <Dialog.Title className="flex-1 text-lg font-semibold">Filters</Dialog.Title>
            <Button variant="ghost" onClick={() => change(withoutFilters(query))}>
              Clear
            </Button>
            <Dialog.Close
              render={
                <IconButton label="Close filters" className="size-10">
                  <X aria-hidden className="size-5" />
                </IconButton>
              }
            />
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
            <SortChoice value={query.sort} onChange={(sort) => change({ ...query, sort })} />
            {paymentFilters.map(({ label, isOn, panel }) => (
              <FilterSection
                key={label}
                label={label}
                isOn={isOn(query)}
                value={chosen.get(label.toLowerCase())}
              >
                {panel({ query, today, onChange: change, onDone: () => undefined })}
              </FilterSection>
            ))}
          </div>
          <div className="flex flex-none items-center gap-3 border-t border-line px-4 py-3">
            <p className="min-w-0 flex-1 truncate text-sm text-muted">
              <PaymentStateLine query={query} />
            </p>
            <Dialog.Close
              render={
                <Button variant="primary" size="lg">
                  Show
                </Button>
              }
            />
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

interface FilterSheetProps {
  readonly query: PaymentQuery
  readonly today: string
  readonly onClose: () => void
}

/** Open from the start when it is in use; what happens inside does not close it. */
function FilterSection({ label, isOn, value, children }: FilterSectionProps) {
  const [wasOn] = useState(isOn)
  return (
    <details open={wasOn} className="group border-b border-line">
      <summary className="flex h-12 list-none items-center gap-3 px-4 font-medium">
        {label}
        <span className="min-w-0 flex-1 truncate text-right text-sm font-normal text-muted">
          {value}
        </span>
        <ChevronDown aria-hidden className="size-4 text-faint group-open:rotate-180" />
      </summary>
      <div className="px-2 pb-2">{children}</div>
    </details>
  )
}

interface FilterSectionProps {
  readonly label: string
  readonly isOn: boolean
  readonly value: string | undefined
  readonly children: ReactNode
}

function SortChoice({ value, onChange }: SortChoiceProps) {
  return (
    <label className="flex h-14 items-center gap-3 border-b border-line px-4 font-medium">
      <span className="flex-1">Sort</span>
      <select
        value={value}
        onChange={({ target }) => {
          const chosen = paymentSorts.find((sort) => sort === target.value)
          if (chosen) onChange(chosen)
        }}
        className="h-10 rounded-md border border-line-strong bg-surface px-2 text-md font-normal"
      >
        {paymentSorts.map((sort) => (
          <option key={sort} value={sort}>
            {sortWords[sort]}
          </option>
        ))}
      </select>
    </label>
  )
}

interface SortChoiceProps {
  readonly value: PaymentSort
  readonly onChange: (sort: PaymentSort) => void
}

const sortWords = {
  created_desc: 'Newest first',
  created_asc: 'Oldest first',
  amount_desc: 'Largest first',
  amount_asc: 'Smallest first',
} as const satisfies Record<PaymentSort, string>

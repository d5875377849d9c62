import {
  type PaymentQuery,
  paymentSorts,
  type PaymentSort,
} from '@desk/shared/payments/payment-query'
import { FilterSection, FilterSheet } from '../ui/filter-sheet.tsx'
import { filterChips, withoutFilters } from './filter-chips.ts'
import { paymentFilters } from './payment-filters.tsx'
import { PaymentStateLine } from './payment-state-line.tsx'
import { useChangeQuery } from './use-change-query.ts'

/** All filters and the order, for a phone. */
export function PaymentFilterSheet({ query, today, onClose }: PaymentFilterSheetProps) {
  const change = useChangeQuery()
  const chosen = new Map(filterChips(query, today).map(({ name, value }) => [name, value]))
  return (
    <FilterSheet
      state={<PaymentStateLine query={query} />}
      onClear={() => change(withoutFilters(query))}
      onClose={onClose}
    >
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
    </FilterSheet>
  )
}

interface PaymentFilterSheetProps {
  readonly query: PaymentQuery
  readonly today: string
  readonly onClose: () => void
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

import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { type PaymentQuery, TEXT_MAX } from '@desk/shared/payments/payment-query'
import { announce } from '../ui/announce.tsx'
import { ChipSearch } from '../ui/chip-search.tsx'
import { FilterLine } from '../ui/filter-line.tsx'
import { FilterSection, FilterSheet } from '../ui/filter-sheet.tsx'
import { useListKeys } from '../ui/use-list-keys.ts'
import { useIsNarrow } from '../ui/viewport.ts'
import { filterChips, withoutFilters } from '../payments/filter-chips.ts'
import { paymentFilters } from '../payments/payment-filters.tsx'
import { withTyped } from '../payments/typed-search.ts'
import { useInsightsQuery } from './use-insights-query.ts'

/** The question, asked as the list of payments is asked. */
export function InsightsFilters({ query, today, state }: InsightsFiltersProps) {
  const change = useInsightsQuery()
  const isNarrow = useIsNarrow()
  return (
    <div className="mb-3">
      <FilterLine
        search={<Search key={query.text} query={query} today={today} />}
        filters={paymentFilters.map(({ label, isOn, panel }) => ({
          label,
          isOn: isOn(query),
          panel: (close) => panel({ query, today, onChange: change, onDone: close }),
        }))}
        isNarrow={isNarrow}
      >
        {(close) => (
          <FilterSheet state={state} onClear={() => change(withoutFilters(query))} onClose={close}>
            {paymentFilters.map(({ label, isOn, panel }) => (
              <FilterSection
                key={label}
                label={label}
                isOn={isOn(query)}
                value={
                  filterChips(query, today).find(({ name }) => name === label.toLowerCase())?.value
                }
              >
                {panel({ query, today, onChange: change, onDone: () => undefined })}
              </FilterSection>
            ))}
          </FilterSheet>
        )}
      </FilterLine>
    </div>
  )
}

interface InsightsFiltersProps {
  readonly query: PaymentQuery
  readonly today: string
  /** What is shown, in one line. */
  readonly state: string
}

/** Words and the grammar of the list's search; what is wrong stays in the field and is said. */
function Search({ query, today }: Omit<InsightsFiltersProps, 'state'>) {
  const change = useInsightsQuery()
  const queries = useQueryClient()
  const [typed, setTyped] = useState(query.text)
  const [fault, setFault] = useState<string | null>(null)
  const input = useRef<HTMLInputElement>(null)
  useListKeys({ search: input, onMove: () => undefined, onNew: () => undefined })
  const commit = async () => {
    const { parseSearch } = await queries.ensureQueryData({
      queryKey: ['search grammar'],
      queryFn: () => import('@desk/shared/payments/parse-search'),
      staleTime: Number.POSITIVE_INFINITY,
    })
    const { query: asked, faults } = parseSearch(typed)
    const [first] = faults
    setFault(first?.message ?? null)
    if (first) announce(first.message)
    else {
      setTyped(asked.text)
      change(withTyped(query, asked))
    }
  }
  return (
    <div className="min-w-0 flex-1">
      <ChipSearch
        ref={input}
        label="Search payments whose charts are shown"
        placeholder="Which payments? Enter shows their charts"
        lengthMax={TEXT_MAX}
        chips={filterChips(query, today).map(({ name, value, without }) => ({
          name,
          value,
          onRemove: () => change(without),
        }))}
        typed={typed}
        onType={setTyped}
        onCommit={() => void commit()}
        onLeave={() => undefined}
        onClear={() => {
          setTyped('')
          change(withoutFilters(query))
        }}
      />
      {fault !== null && <p className="mt-1 text-sm text-bad">{fault}</p>}
    </div>
  )
}

import { useNavigate } from '@tanstack/react-router'
import { type Ref, useRef, useState } from 'react'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import { ChipSearch } from '../ui/chip-search.tsx'
import { filterChips, withoutFilters } from './filter-chips.ts'
import { useChangeQuery } from './use-change-query.ts'

const TYPING_PAUSE_MS = 200
const LONGEST_SEARCH = 300

export function SearchField({ query, today, ref }: SearchFieldProps) {
  const change = useChangeQuery()
  const { typed, type, commit, forget } = useTypedText(query)
  return (
    <ChipSearch
      ref={ref}
      label="Search payments by order, id, address, hash or metadata"
      placeholder="Order, payment id, address, hash or metadata"
      chips={filterChips(query, today).map(({ name, value, without }) => ({
        name,
        value,
        onRemove: () => change(without),
      }))}
      typed={typed}
      lengthMax={LONGEST_SEARCH}
      onType={type}
      onCommit={() => void commit(typed)}
      onClear={() => {
        forget()
        change(withoutFilters(query))
      }}
    />
  )
}

interface SearchFieldProps {
  readonly query: PaymentQuery
  readonly today: string
  readonly ref: Ref<HTMLInputElement>
}

/**
 * The text while it is being typed, and its way into the address after a pause. The address decides:
 * a text that it does not know, and did not when typing began, gives way to it.
 */
function useTypedText(query: PaymentQuery) {
  const navigate = useNavigate()
  const [draft, setDraft] = useState<Draft | null>(null)
  const committed = useRef(query.text)
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)

  const isCurrent =
    draft !== null && (draft.text.trim() === query.text || draft.over.includes(query.text))
  const commit = async (text: string) => {
    clearTimeout(pause.current)
    const q = text.trim()
    committed.current = q
    await navigate({
      to: '/payments',
      search: ({ q: _before, ...search }) => ({ ...search, ...(q && { q }) }),
      // One step back leads to the list before the search, not through every letter of it.
      replace: query.text !== '',
    })
    setDraft((current) => (current?.text === text ? { text, over: [] } : current))
  }
  const type = (text: string) => {
    clearTimeout(pause.current)
    setDraft({ text, over: [query.text, committed.current] })
    pause.current = setTimeout(() => void commit(text), TYPING_PAUSE_MS)
  }
  const forget = () => {
    clearTimeout(pause.current)
    setDraft(null)
  }
  return { typed: isCurrent ? draft.text : query.text, type, commit, forget }
}

interface Draft {
  readonly text: string
  /** The searches in the address that this text is on its way to replace. */
  readonly over: readonly string[]
}

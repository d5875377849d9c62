import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type Ref, useRef, useState } from 'react'
import { parseSearch } from '@desk/shared/payments/parse-search'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { ChipSearch } from '../ui/chip-search.tsx'
import { filterChips, withoutFilters } from './filter-chips.ts'
import { facetsOptions } from './payment-list-queries.ts'
import { SearchFaults } from './search-faults.tsx'
import { hasConditions, withTyped } from './typed-search.ts'
import { useChangeQuery } from './use-change-query.ts'

const TYPING_PAUSE_MS = 200
const LONGEST_SEARCH = 300

export function SearchField({ query, today, ref }: SearchFieldProps) {
  const { api } = signedInRoute.useRouteContext()
  const change = useChangeQuery()
  const { typed, type, commit, forget } = useTypedText(query)
  const { data: known = null } = useQuery({
    ...facetsOptions(api),
    enabled: typed.includes(':'),
  })
  const read = parseSearch(typed, known)
  const enter = (text: string) => {
    const { query: asked, faults } = parseSearch(text, known)
    // What is wrong stays in the field, and what was found before on the screen.
    if (faults.length > 0) return
    if (!hasConditions(asked)) void commit(text)
    else {
      forget()
      change(withTyped(query, asked))
    }
  }
  return (
    <div className="min-w-0 flex-1">
      <div className="flex">
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
          onType={(text) => {
            const { query: asked, faults } = parseSearch(text, known)
            type(text, { isLive: faults.length === 0 && !hasConditions(asked) })
          }}
          onCommit={() => enter(typed)}
          onClear={() => {
            forget()
            change(withoutFilters(query))
          }}
        />
      </div>
      {typed !== query.text && (
        <SearchFaults text={typed} faults={read.faults} onUse={(text) => type(text)} />
      )}
    </div>
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
  /** `isLive` text is looked for after a pause, other text waits for Enter. */
  const type = (text: string, { isLive = false }: { readonly isLive?: boolean } = {}) => {
    clearTimeout(pause.current)
    setDraft({ text, over: [query.text, committed.current] })
    if (isLive) pause.current = setTimeout(() => void commit(text), TYPING_PAUSE_MS)
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

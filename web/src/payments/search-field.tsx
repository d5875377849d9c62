import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type Ref, useRef, useState } from 'react'
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
/** What makes a text more than free words. Links hold a colon, too: the grammar knows them. */
const signs = /[:"]|(?:^|\s)-\S/

/** The grammar comes when somebody types one of its signs: most look for a plain id. */
const grammarOptions = queryOptions({
  queryKey: ['search grammar'],
  queryFn: () => import('@desk/shared/payments/parse-search'),
  staleTime: Number.POSITIVE_INFINITY,
})

export function SearchField({ query, today, ref }: SearchFieldProps) {
  const { api } = signedInRoute.useRouteContext()
  const change = useChangeQuery()
  const { typed, type, commit, forget } = useTypedText(query)
  const hasSigns = signs.test(typed)
  const { data: known = null } = useQuery({ ...facetsOptions(api), enabled: hasSigns })
  const { data: grammar } = useQuery({ ...grammarOptions, enabled: hasSigns })
  const read = hasSigns ? grammar?.parseSearch(typed, known) : undefined
  const queries = useQueryClient()
  const enter = async (text: string) => {
    if (!signs.test(text)) return commit(text)
    const { parseSearch } = await queries.ensureQueryData(grammarOptions)
    const { query: asked, faults } = parseSearch(text, known)
    // What is wrong stays in the field, and what was found before on the screen.
    if (faults.length > 0) return
    if (!hasConditions(asked)) return commit(text)
    forget()
    change(withTyped(query, asked))
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
          // Free words are looked for while they are typed; a name, a quote or a minus waits for Enter.
          onType={(text) => type(text, { isLive: !signs.test(text) })}
          onCommit={() => void enter(typed)}
          onClear={() => {
            forget()
            change(withoutFilters(query))
          }}
        />
      </div>
      {read && typed !== query.text && (
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

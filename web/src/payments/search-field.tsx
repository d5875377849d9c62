import { useNavigate } from '@tanstack/react-router'
import { Search, X } from 'lucide-react'
import { type KeyboardEvent, type Ref, useRef, useState } from 'react'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import { IconButton } from '../ui/button.tsx'
import { FilterChip } from '../ui/filter-chip.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { filterChips, withoutFilters } from './filter-chips.ts'
import { useChangeQuery } from './use-change-query.ts'

const TYPING_PAUSE_MS = 200
const LONGEST_SEARCH = 300

/** What is asked, all in one place: the filters as chips, and the text. */
export function SearchField({ query, today, ref }: SearchFieldProps) {
  const change = useChangeQuery()
  const chips = filterChips(query, today)
  const { typed, type, commit, forget } = useTypedText(query)
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') void commit(typed)
    if (event.key === 'Escape') event.currentTarget.blur()
    const last = chips.at(-1)
    if (event.key === 'Backspace' && typed === '' && last) change(last.without)
  }
  return (
    <search className="flex min-h-10 min-w-0 flex-1 flex-wrap items-center gap-1.5 rounded-md border border-line-strong bg-surface px-2.5 py-1 focus-within:border-focus focus-within:ring-3 focus-within:ring-focus/25">
      <Search aria-hidden className="size-4 flex-none text-faint" />
      {chips.map((chip) => (
        <FilterChip
          key={chip.name}
          name={chip.name}
          value={chip.value}
          onRemove={() => change(chip.without)}
        />
      ))}
      <input
        ref={ref}
        type="text"
        inputMode="search"
        enterKeyHint="search"
        aria-label="Search payments by order, id, address, hash or metadata"
        aria-keyshortcuts="/"
        autoComplete="off"
        spellCheck={false}
        maxLength={LONGEST_SEARCH}
        placeholder={chips.length === 0 ? 'Order, payment id, address, hash or metadata' : ''}
        value={typed}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
        className="peer h-7 min-w-24 flex-1 truncate max-md:min-w-10 bg-transparent text-sm outline-none placeholder:text-faint max-md:text-lg"
      />
      {typed === '' && chips.length === 0 && (
        <span aria-hidden className="peer-focus:hidden max-md:hidden">
          <Kbd>/</Kbd>
        </span>
      )}
      {(typed !== '' || chips.length > 0) && (
        <IconButton
          label={chips.length > 0 ? 'Clear search and filters' : 'Clear search'}
          className="-mr-1.5 size-7!"
          onClick={() => {
            forget()
            change(withoutFilters(query))
          }}
        >
          <X aria-hidden className="size-4" />
        </IconButton>
      )}
    </search>
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

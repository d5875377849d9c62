import { Search, X } from 'lucide-react'
import { type KeyboardEvent, type Ref, useRef, useState } from 'react'
import type { AuditQuery } from '@desk/shared/audit/audit-query'
import { IconButton } from '../ui/button.tsx'
import { FilterChip } from '../ui/filter-chip.tsx'
import { auditChips, without } from './audit-chips.ts'
import { isNarrowed } from './audit-search.ts'
import { useActorName } from './use-actor-name.ts'
import { useChangeAuditQuery } from './use-change-audit-query.ts'

const TYPING_PAUSE_MS = 300
const LONGEST_SEARCH = 200

/** What is asked, all in one place: the filters as chips, and the text. */
export function AuditSearchField({ query, today, ref }: AuditSearchFieldProps) {
  const change = useChangeAuditQuery()
  const nameOf = useActorName()
  const chips = auditChips(query, { today, nameOf })
  const { typed, type, commit, leave } = useTypedText(query)
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') void commit(typed)
    if (event.key === 'Escape') event.currentTarget.blur()
    const last = chips.at(-1)
    if (event.key === 'Backspace' && typed === '' && last) void change(last.without)
  }
  return (
    <search className="flex min-h-10 min-w-0 flex-1 flex-wrap items-center gap-1.5 rounded-md border border-line-strong bg-surface px-2.5 py-1 focus-within:border-focus focus-within:ring-3 focus-within:ring-focus/25">
      <Search aria-hidden className="size-4 flex-none text-faint" />
      {chips.map(({ name, value, without: rest }) => (
        <FilterChip key={name} name={name} value={value} onRemove={() => void change(rest)} />
      ))}
      <input
        ref={ref}
        type="text"
        inputMode="search"
        enterKeyHint="search"
        aria-keyshortcuts="/"
        aria-label="Search names, e-mail addresses, reasons, objects and request ids"
        autoComplete="off"
        spellCheck={false}
        maxLength={LONGEST_SEARCH}
        placeholder={chips.length === 0 ? 'Name, e-mail, reason, id or request id' : ''}
        value={typed}
        onChange={(event) => type(event.target.value)}
        onBlur={() => void leave()}
        onKeyDown={onKeyDown}
        className="h-7 min-w-24 flex-1 truncate bg-transparent text-sm outline-none placeholder:text-faint max-md:min-w-10 max-md:text-lg"
      />
      {(typed !== '' || isNarrowed(query)) && (
        <IconButton
          label="Clear search and filters"
          className="-mr-1.5 size-7! max-md:hidden"
          onClick={() => void change({})}
        >
          <X aria-hidden className="size-4" />
        </IconButton>
      )}
    </search>
  )
}

interface AuditSearchFieldProps {
  readonly query: AuditQuery
  readonly today: string
  readonly ref: Ref<HTMLInputElement>
}

/** The text while it is typed, and its way into the address after a pause. Elsewhere the address decides. */
function useTypedText(query: AuditQuery) {
  const change = useChangeAuditQuery()
  const [draft, setDraft] = useState<string | null>(null)
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)
  const asked = query.text ?? ''

  const commit = async (text: string) => {
    clearTimeout(pause.current)
    const wanted = text.trim()
    if (wanted !== asked) {
      const rest = without(query, 'text')
      // One step back leads to the list before the search, not through every letter of it.
      await change({ ...rest, ...(wanted && { text: wanted }) }, { replace: asked !== '' })
    }
    setDraft((current) => (current === text && text === wanted ? null : current))
  }
  const type = (text: string) => {
    clearTimeout(pause.current)
    setDraft(text)
    pause.current = setTimeout(() => void commit(text), TYPING_PAUSE_MS)
  }
  const typed = draft ?? asked
  const leave = async () => {
    await commit(typed)
    setDraft(null)
  }
  return { typed, type, commit, leave }
}

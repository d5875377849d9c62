import { type Ref, useRef, useState } from 'react'
import type { AuditQuery } from '@desk/shared/audit/audit-query'
import { ChipSearch } from '../ui/chip-search.tsx'
import { auditChips, without } from './audit-chips.ts'
import { useActorName } from './use-actor-name.ts'
import { useChangeAuditQuery } from './use-change-audit-query.ts'

const TYPING_PAUSE_MS = 300
const LONGEST_SEARCH = 200

export function AuditSearchField({ query, today, ref }: AuditSearchFieldProps) {
  const change = useChangeAuditQuery()
  const nameOf = useActorName()
  const { typed, type, commit, leave } = useTypedText(query)
  return (
    <ChipSearch
      ref={ref}
      label="Search names, e-mail addresses, reasons, objects and request ids"
      placeholder="Name, e-mail, reason, id or request id"
      chips={auditChips(query, { today, nameOf }).map(({ name, value, without: rest }) => ({
        name,
        value,
        onRemove: () => void change(rest),
      }))}
      typed={typed}
      lengthMax={LONGEST_SEARCH}
      onType={type}
      onCommit={() => void commit(typed)}
      onLeave={() => void leave()}
      onClear={() => void change({})}
    />
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

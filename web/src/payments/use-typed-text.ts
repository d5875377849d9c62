import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'

const TYPING_PAUSE_MS = 200

/**
 * The text while it is being typed, and its way into the address after a pause. The address decides:
 * a text that it does not know, and did not when typing began, gives way to it. A text that `isWhole`
 * stands for the chips as well.
 */
export function useTypedText(query: PaymentQuery) {
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
    setDraft((current) => (current?.text === text ? { text, over: [], isWhole: false } : current))
  }
  /** `isLive` text is looked for after a pause, other text waits for Enter. */
  const type = (text: string, { isLive = false, isWhole = false }: Typing = {}) => {
    clearTimeout(pause.current)
    setDraft({ text, over: [query.text, committed.current], isWhole })
    if (isLive) pause.current = setTimeout(() => void commit(text), TYPING_PAUSE_MS)
  }
  const forget = () => {
    clearTimeout(pause.current)
    setDraft(null)
  }
  return {
    typed: isCurrent ? draft.text : query.text,
    isWhole: isCurrent && draft.isWhole,
    type,
    commit,
    forget,
  }
}

interface Typing {
  readonly isLive?: boolean
  readonly isWhole?: boolean
}

interface Draft {
  readonly text: string
  /** The searches in the address that this text is on its way to replace. */
  readonly over: readonly string[]
  readonly isWhole: boolean
}

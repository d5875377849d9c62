import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type Ref, type RefObject, useEffect, useImperativeHandle } from 'react'
import { type KnownValues, parseSearch } from '@desk/shared/payments/parse-search'
import { TEXT_MAX } from '@desk/shared/payments/payment-query'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { CompletionList, completionId, COMPLETIONS_ID } from './completion-list.tsx'
import { LongSearch } from './long-search.tsx'
import { PastedLines } from './pasted-lines.tsx'
import { SearchFaults } from './search-faults.tsx'
import { useCompletions } from './use-completions.ts'

/** Longer texts are no search that anybody typed: they are not even read. */
const READ_MAX = 5_000
/** A shop seldom gives its metadata new names. */
const KEYS_FRESH_MS = 10 * 60_000

/** What the field says about the list below it. */
export interface AssistLook {
  readonly 'aria-expanded': boolean
  readonly 'aria-controls'?: string
  readonly 'aria-activedescendant'?: string
}

/** What happens in the field, told to what helps in it. */
export interface AssistHandle {
  readonly onInput: (input: HTMLInputElement) => void
  /** Prevents the default of a key that it took. */
  readonly onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void
  readonly onLeave: () => void
}

/** Helps while a search is typed: what may come next, what was not understood, and what is too much for one search. */
export function SearchAssist({ ref, input, text, known, today, ...on }: SearchAssistProps) {
  const { typed, isWhole, isNew, isTyped } = text
  const { pasted, onPasted, onType, onForget, onLook, onHelp } = on
  const { api } = signedInRoute.useRouteContext()
  const { data: metadataKeys = [] } = useQuery(
    api.payments.metadataKeys.queryOptions(undefined, { staleTime: KEYS_FRESH_MS }),
  )
  const list = useCompletions({ typed, isTyped, known, metadataKeys, today, input, onType })
  const { isOpen, marked } = list
  // The field stands outside of this part, which comes later than it.
  useEffect(() => {
    onLook({
      'aria-expanded': isOpen,
      ...(isOpen && { 'aria-controls': COMPLETIONS_ID }),
      ...(isOpen && marked >= 0 && { 'aria-activedescendant': completionId(marked) }),
    })
  }, [onLook, isOpen, marked])

  /** One step back: the paste, then the text that stands for everything. */
  const undo = () => {
    if (pasted !== null) onPasted(null)
    else if (isWhole) onForget()
    return pasted !== null || isWhole
  }
  useImperativeHandle(ref, () => ({
    onInput: (field) => {
      onPasted(null)
      list.open(field)
    },
    onLeave: list.close,
    onKeyDown: (event) => {
      // Enter may also end the writing of a word in Japanese or Chinese.
      if (event.nativeEvent.isComposing) return
      const isTaken = list.onKey(event) || (event.key === 'Escape' && undo())
      if (!isTaken) return
      event.preventDefault()
      event.stopPropagation()
    },
  }))

  const read = isNew && typed.length <= READ_MAX ? parseSearch(typed, known) : null
  const isLong = typed.length > READ_MAX || (read !== null && read.query.text.length > TEXT_MAX)
  return (
    <>
      {isOpen && <CompletionList offers={list.offers} marked={marked} onTake={list.take} />}
      {pasted !== null && (
        <PastedLines
          text={pasted}
          onSearch={(one) => {
            onPasted(null)
            onType(one)
            input.current?.focus()
          }}
          onDismiss={() => {
            onPasted(null)
            input.current?.focus()
          }}
        />
      )}
      {isLong && <LongSearch text={typed} />}
      {read && !isLong && !isOpen && (
        <SearchFaults text={typed} faults={read.faults} onUse={onType} onHelp={onHelp} />
      )}
      {isWhole && (
        <p className="mt-1.5 text-xs text-muted">
          All of the search as text. Enter applies it, Esc leaves it as it was.
        </p>
      )}
    </>
  )
}

interface SearchAssistProps {
  readonly ref: Ref<AssistHandle>
  readonly input: RefObject<HTMLInputElement | null>
  readonly text: {
    readonly typed: string
    /** The text stands for the chips as well. */
    readonly isWhole: boolean
    /** Not what the list shows. */
    readonly isNew: boolean
    /** Somebody has typed, perhaps before this came. */
    readonly isTyped: boolean
  }
  readonly known: KnownValues | null
  readonly today: string
  /** Too much for the field; null where nothing such was pasted. */
  readonly pasted: string | null
  readonly onPasted: (text: string | null) => void
  readonly onType: (text: string) => void
  readonly onForget: () => void
  readonly onLook: (look: AssistLook) => void
  readonly onHelp: () => void
}

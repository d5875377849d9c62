import { type KeyboardEvent, type RefObject, useLayoutEffect, useState } from 'react'
import { completeSearch, type SearchCompletion } from '@desk/shared/payments/complete-search'
import type { KnownValues } from '@desk/shared/payments/parse-search'
import { afterTaking, beginsWithTyped, isOfferedUnasked } from './taken-completion.ts'

const nothingKnown = { statuses: [], types: [], tokens: [], networks: [] } as const

/**
 * What may come where the caret stands, as a list that the keyboard walks. Nothing is marked until
 * somebody moves into the list, so that Enter searches for what was typed.
 */
export function useCompletions({ typed, isTyped, known, ...field }: Completing) {
  const { metadataKeys, today, input, onType } = field
  // What was typed before this came is completed as well.
  const [place, setPlace] = useState<Place | null>(() =>
    isTyped ? { text: typed, caret: typed.length, isTaken: false, isAsked: false } : null,
  )
  const [marked, setMarked] = useState(-1)
  const isHere = place !== null && place.text === typed
  const offers =
    isHere && (place.isAsked || isOfferedUnasked(typed, place.caret))
      ? completeSearch(typed, place.caret, {
          ...(known ?? nothingKnown),
          metadataKeys,
          today,
        })
      : []
  const isOpen = offers.length > 0
  // The caret goes behind what was taken, once it stands in the field.
  useLayoutEffect(() => {
    if (place?.isTaken) input.current?.setSelectionRange(place.caret, place.caret)
  }, [place, input])

  const goTo = (next: Place | null) => {
    setPlace(next)
    setMarked(-1)
  }
  const take = (offer: SearchCompletion) => {
    const { text, caret } = afterTaking(typed, offer)
    onType(text)
    goTo({ text, caret, isTaken: true, isAsked: false })
  }
  const ask = (field: HTMLInputElement) =>
    goTo({ text: typed, caret: caretOf(field), isTaken: false, isAsked: true })
  const takeByTab = (event: KeyboardEvent<HTMLInputElement>) => {
    const [first] = offers
    const offer = offers[marked] ?? (first && beginsWithTyped(typed, first) ? first : undefined)
    if (offer === undefined || event.shiftKey) return false
    take(offer)
    return true
  }
  /** True where the key was meant for the list. */
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    const offer = offers[marked]
    switch (event.key) {
      case 'ArrowDown':
        if (!isOpen) ask(event.currentTarget)
        setMarked(marked + 1 < offers.length ? marked + 1 : 0)
        return true
      case 'ArrowUp':
        if (isOpen) setMarked(marked > 0 ? marked - 1 : offers.length - 1)
        return isOpen
      case 'Tab':
        return takeByTab(event)
      case 'Enter':
        if (offer) take(offer)
        else goTo(null)
        return offer !== undefined
      case 'Escape':
        if (isOpen) goTo(null)
        return isOpen
      default:
        return false
    }
  }
  return {
    offers,
    isOpen,
    marked,
    take,
    onKey,
    open: (field: HTMLInputElement) =>
      goTo({ text: field.value, caret: caretOf(field), isTaken: false, isAsked: false }),
    close: () => goTo(null),
  }
}

interface Completing {
  readonly typed: string
  readonly isTyped: boolean
  readonly known: KnownValues | null
  readonly metadataKeys: readonly string[]
  readonly today: string
  readonly input: RefObject<HTMLInputElement | null>
  readonly onType: (text: string) => void
}

/** The text for which the list was opened: it is closed for any other. */
interface Place {
  readonly text: string
  readonly caret: number
  readonly isTaken: boolean
  /** By the arrow key, not by typing. */
  readonly isAsked: boolean
}

function caretOf(field: HTMLInputElement): number {
  return field.selectionStart ?? field.value.length
}

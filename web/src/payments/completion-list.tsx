import type { SearchCompletion } from '@desk/shared/payments/complete-search'

export const COMPLETIONS_ID = 'search-completions'

export function completionId(index: number): string {
  return `${COMPLETIONS_ID}-${index}`
}

/** What may come next, below the field, which keeps the focus and names the marked one. */
export function CompletionList({ offers, marked, onTake }: CompletionListProps) {
  return (
    <div
      id={COMPLETIONS_ID}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a select cannot hold more than text
      role="listbox"
      aria-label="Completions"
      className="absolute top-full left-0 z-30 w-[calc(100vw-2rem)] mt-1 max-h-[min(380px,50dvh)] overflow-auto overscroll-contain rounded-md bg-surface p-1 shadow-overlay md:w-[440px]"
    >
      {offers.map((offer, index) => (
        <div
          key={offer.insert}
          id={completionId(index)}
          ref={index === marked ? intoView : null}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as above
          role="option"
          tabIndex={-1}
          aria-selected={index === marked}
          // The field keeps the focus.
          onPointerDown={(event) => event.preventDefault()}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(offer)}
          onKeyDown={(event) => event.key === 'Enter' && onTake(offer)}
          className="flex min-h-8 items-baseline gap-3 rounded-sm px-2 py-1.5 text-sm hover:bg-hover aria-selected:bg-selected max-md:min-h-11 max-md:items-center"
        >
          <code className="flex-none text-xs font-medium">{offer.insert}</code>
          <span className="min-w-0 flex-1 truncate text-xs text-muted">{offer.hint}</span>
        </div>
      ))}
    </div>
  )
}

interface CompletionListProps {
  readonly offers: readonly SearchCompletion[]
  /** Its place in the list; -1 for none. */
  readonly marked: number
  readonly onTake: (offer: SearchCompletion) => void
}

function intoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' })
}

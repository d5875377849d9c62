import { ArrowUp } from 'lucide-react'

const PAGE_ROWS = 100

/** Lies over the head of the table, so that its coming and going moves nothing. */
export function NewRowsButton({ count, onClick }: NewRowsButtonProps) {
  const text = count >= PAGE_ROWS ? `${PAGE_ROWS}+ new` : `${count} new`
  return (
    <output className="pointer-events-none absolute inset-x-0 top-9.5 z-20 flex justify-center">
      {count > 0 && (
        <button
          type="button"
          aria-keyshortcuts="n"
          onClick={onClick}
          className="pointer-events-auto inline-flex h-7 items-center gap-1.5 rounded-full bg-accent px-3 text-xs font-medium text-on-accent tabular-nums shadow-overlay hover:opacity-90"
        >
          <ArrowUp aria-hidden className="size-3.5" />
          {text}
        </button>
      )}
    </output>
  )
}

interface NewRowsButtonProps {
  readonly count: number
  readonly onClick: () => void
}

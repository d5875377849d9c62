import { TriangleAlert } from 'lucide-react'
import type { SearchFault } from '@desk/shared/payments/parse-search'

/** What in a typed search was not understood, marked in its place, and what was perhaps meant. */
export function SearchFaults({ text, faults, onUse, onHelp }: SearchFaultsProps) {
  const [first] = faults
  return (
    <output className="block empty:hidden">
      {first && (
        <div className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
          <TriangleAlert aria-hidden className="size-4 flex-none text-warn" />
          <code className="max-w-full truncate py-1 text-xs">
            {text.slice(0, first.start)}
            <span className="underline decoration-bad decoration-wavy underline-offset-4">
              {text.slice(first.start, first.end)}
            </span>
            {text.slice(first.end)}
          </code>
          <span className="min-w-0">{first.message}</span>
          {first.suggestion !== null && (
            <button
              type="button"
              className="rounded-sm font-medium text-accent underline"
              onClick={() => onUse(corrected(text, first))}
            >
              Use {first.suggestion}
            </button>
          )}
          <button
            type="button"
            className="rounded-sm font-medium text-accent underline"
            onClick={onHelp}
          >
            How to search
          </button>
          {faults.length > 1 && <span className="text-faint">and {faults.length - 1} more</span>}
        </div>
      )}
    </output>
  )
}

function corrected(text: string, { start, end, suggestion }: SearchFault): string {
  return text.slice(0, start) + (suggestion ?? '') + text.slice(end)
}

interface SearchFaultsProps {
  readonly text: string
  readonly faults: readonly SearchFault[]
  readonly onUse: (text: string) => void
  readonly onHelp: () => void
}

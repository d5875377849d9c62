import { Link } from '@tanstack/react-router'
import type { FoundTotals } from '@desk/shared/payments/find-many'
import { countText } from '../ui/readers-locale.ts'

type Show = 'all' | 'found' | 'missing'

/** Everything, what was found, what was not. */
export function FoundTabs({ show, totals }: FoundTabsProps) {
  return (
    <nav aria-label="Lines" className="mb-3 border-b border-line">
      <ul className="flex items-end gap-4">
        {tabs.map((tab) => (
          <li key={tab.show}>
            <Link
              to="/payments/find"
              search={{ show: tab.show }}
              replace
              aria-current={tab.show === show ? 'page' : undefined}
              className="-mb-px inline-flex h-9 items-center gap-1.5 border-b-2 border-transparent text-sm text-muted hover:text-text aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-text"
            >
              {tab.name}
              {totals && (
                <span className="text-faint tabular-nums">{countText(tab.count(totals))}</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

interface FoundTabsProps {
  readonly show: Show
  readonly totals: FoundTotals | undefined
}

const tabs: readonly {
  readonly show: Show
  readonly name: string
  readonly count: (totals: FoundTotals) => number
}[] = [
  { show: 'all', name: 'All', count: ({ found, missing }) => found + missing },
  { show: 'found', name: 'Found', count: ({ found }) => found },
  { show: 'missing', name: 'Not found', count: ({ missing }) => missing },
]

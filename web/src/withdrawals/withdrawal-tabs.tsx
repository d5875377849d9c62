import { Link } from '@tanstack/react-router'
import type { Part } from './withdrawals-address.ts'

/** The parts of the list, and the rooms beside it. */
export function WithdrawalTabs({ current, hasInbox }: WithdrawalTabsProps) {
  return (
    <nav aria-label="Parts of withdrawals" className="mb-3 flex flex-wrap gap-1">
      {parts
        .filter(({ part }) => part !== 'inbox' || hasInbox)
        .map(({ part, label }) => (
          <Link
            key={part}
            to="/withdrawals"
            search={{ part }}
            aria-current={part === current ? 'page' : undefined}
            className={`inline-flex h-8 items-center rounded-md px-2.5 text-sm font-medium ${part === current ? 'bg-accent-soft text-accent' : 'text-muted hover:bg-hover hover:text-text'}`}
          >
            {label}
          </Link>
        ))}
    </nav>
  )
}

interface WithdrawalTabsProps {
  readonly current: Part
  readonly hasInbox: boolean
}

const parts = [
  { part: 'inbox', label: 'Waiting for me' },
  { part: 'open', label: 'Open' },
  { part: 'drafts', label: 'Drafts and returned' },
  { part: 'ended', label: 'Ended' },
  { part: 'all', label: 'All' },
  { part: 'outside', label: 'Not requested here' },
] as const

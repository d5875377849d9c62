import { Link } from '@tanstack/react-router'
import type { BankChange } from '@desk/shared/settlements/settlement-month'
import { Amount } from '../ui/amount.tsx'
import { Card } from '../ui/card.tsx'
import { Moment } from '../ui/moment.tsx'

/** What was matched with days of a closed month, or taken back, since; nothing where nothing was. */
export function BankChangesCard({ changes }: { readonly changes: readonly BankChange[] }) {
  if (changes.length === 0) return null
  return (
    <div className="mt-3">
      <Card
        title="Bank lines matched since it was closed"
        about="What the bank brought later, and what was taken back. The closed sums stay as they are."
      >
        <ul aria-label="Bank lines matched since it was closed" className="text-sm tabular-nums">
          {changes.map((change) => (
            <li
              key={`${change.matchId} ${change.kind}`}
              className="flex items-baseline gap-3 border-t border-line py-1.5"
            >
              <p className="min-w-0 flex-1">
                <Link
                  to="/settlements/bank"
                  search={{ line: String(change.lineId) }}
                  className="font-medium hover:underline"
                >
                  {change.kind === 'matched' ? 'Matched' : 'Match taken back'}
                </Link>{' '}
                <span className="text-muted">
                  by {change.by ?? 'Desk'}: {change.reason}
                </span>
                <span className="block text-xs text-faint">
                  <Moment at={change.at} />
                </span>
              </p>
              <Amount cents={change.arrivedCents} />
            </li>
          ))}
        </ul>
      </Card>
    </div>
  )
}

import type { SettlementDayDetail } from '@desk/shared/settlements/settlement-days'
import { Amount } from '../ui/amount.tsx'
import { shortDay } from '../ui/business-day.ts'
import { Facts, Section } from '../ui/section.tsx'
import { partsOf } from './difference-words.ts'

/** What arrived for a day, by which bank lines, and why it is not what was expected. */
export function DayBank({ detail }: { readonly detail: SettlementDayDetail }) {
  const { sums, expectedBy, matches, today } = detail
  const { difference } = sums
  const dayText = (day: string) => shortDay(day, day.slice(0, 4) === today.slice(0, 4))
  if (difference === null) {
    return (
      <Section title="What arrived">
        <p className="text-sm text-muted">
          No bank statement was imported yet, so nothing is known of what arrived.
        </p>
      </Section>
    )
  }
  const parts = partsOf(difference)
  return (
    <>
      <Section title="What arrived" aside={`expected by ${dayText(expectedBy)}`}>
        <Facts
          facts={[
            { name: 'Expected', value: <Amount cents={difference.expected} /> },
            { name: 'Arrived', value: <Amount cents={difference.arrived} /> },
            { name: 'Difference', value: <Amount cents={difference.difference} /> },
            ...parts.map(({ label, cents, why }) => ({
              name: label,
              value: (
                <>
                  <Amount cents={cents} /> <span className="text-faint">{why}</span>
                </>
              ),
            })),
          ]}
        />
      </Section>
      <Section title="Bank lines">
        {matches.length === 0 ? (
          <p className="text-sm text-muted">No bank line is matched with this day.</p>
        ) : (
          <ul aria-label="Bank lines" className="text-sm tabular-nums">
            {matches.map((match) => (
              <li
                key={`${match.matchId} ${match.lineId}`}
                className="flex items-baseline gap-3 border-b border-line py-1.5 last:border-b-0"
              >
                <div className="min-w-0 flex-1">
                  <span className="block truncate font-medium">
                    {match.reference === '' ? match.counterparty : match.reference}
                  </span>
                  <span className="block text-xs text-faint">
                    {dayText(match.bookedOn)} · {match.reason}
                    {match.isShared && ' It is the money of other days too.'}
                  </span>
                </div>
                <Amount cents={match.amountMinor} currency={match.currency} />
              </li>
            ))}
          </ul>
        )}
      </Section>
    </>
  )
}

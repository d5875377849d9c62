import { useState } from 'react'
import { Link } from '@tanstack/react-router'
import type { BankLine, SettlementMatch } from '@desk/shared/settlements/bank-statements'
import { usePermissionBlock } from '../app/permission.ts'
import { Amount } from '../ui/amount.tsx'
import { Flag } from '../ui/badge.tsx'
import { shortDay } from '../ui/business-day.ts'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { Moment } from '../ui/moment.tsx'
import { Section } from '../ui/section.tsx'
import { UndoMatch } from './undo-match.tsx'

/** What a line was said to be the money of, by whom and why; what was undone stays to be seen. */
export function LineMatches({ line, matches }: LineMatchesProps) {
  const block = usePermissionBlock('settlements:match')
  const [undoing, setUndoing] = useState<number | null>(null)
  return (
    <Section title="Matches">
      <ul aria-label="Matches" className="text-sm">
        {matches.map((match) => (
          <li key={match.id} className="border-b border-line py-2 last:border-b-0">
            <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
              <p className="min-w-0 flex-1 basis-56 text-muted">
                {match.madeBy ?? 'Desk'} <Moment at={match.madeAt} />: {match.reason}
              </p>
              {match.undone ? (
                <Flag tone="idle">undone</Flag>
              ) : (
                <GuardedButton block={block} onClick={() => setUndoing(match.id)}>
                  Undo match
                </GuardedButton>
              )}
            </div>
            <ul aria-label="Days" className="pt-1 tabular-nums">
              {match.days.map(({ day, arrivedCents, chargeCents }) => (
                <li
                  key={day}
                  className={`flex justify-between gap-3 ${match.undone ? 'text-faint line-through' : ''}`}
                >
                  <Link
                    to="/settlements"
                    search={{ from: day, to: day, day }}
                    className="hover:underline"
                  >
                    {shortDay(day, day.slice(0, 4) === line.bookedOn.slice(0, 4))}
                  </Link>
                  <span>
                    <Amount cents={arrivedCents} />
                    {chargeCents !== 0 && (
                      <span className="ml-1.5 text-xs text-faint">
                        and <Amount cents={chargeCents} /> kept by the bank
                      </span>
                    )}
                  </span>
                </li>
              ))}
            </ul>
            {match.undone && (
              <p className="pt-1 text-xs text-muted">
                {match.undone.by} undid it <Moment at={match.undone.at} />: {match.undone.reason}
              </p>
            )}
          </li>
        ))}
      </ul>
      {undoing !== null && <UndoMatch id={undoing} onClose={() => setUndoing(null)} />}
    </Section>
  )
}

interface LineMatchesProps {
  readonly line: BankLine
  readonly matches: readonly SettlementMatch[]
}

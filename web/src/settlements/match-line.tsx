import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { BankLineDetail, LineSuggestion } from '@desk/shared/settlements/bank-statements'
import { FaultLine } from '../app/fault-line.tsx'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Amount } from '../ui/amount.tsx'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { Section } from '../ui/section.tsx'
import { daysText } from './bank-words.ts'
import { MatchDays } from './match-days.tsx'
import { useChangedMatches } from './use-changed-matches.ts'

/** What a waiting line may be the money of: suggestions with why, or days of one's own choice. */
export function MatchLine({ detail, onNext }: MatchLineProps) {
  const { api } = signedInRoute.useRouteContext()
  const { line, suggestions, days } = detail
  const block = usePermissionBlock('settlements:match')
  const [isChoosing, setChoosing] = useState(false)
  const changed = useChangedMatches()
  const queue = useQuery(api.bank.lines.queryOptions({ state: 'open' }))
  const waiting = queue.data?.lines.filter(({ id }) => id !== line.id) ?? []
  const match = useMutation(
    api.bank.match.mutationOptions({
      onSuccess: (_matched, { lines }) => {
        announce('Matched')
        const next = waiting.find(({ id }) => !lines.includes(id))
        if (next) onNext(next.id)
      },
      onSettled: changed,
    }),
  )
  const take = ({ days: own, why }: LineSuggestion) =>
    match.mutate({
      lines: [line.id],
      days: own.map(({ day, arrivedCents }) => ({ day, arrivedCents })),
      reason: why,
    })
  return (
    <Section title="Whose money it may be">
      {suggestions.length === 0 && (
        <p className="pb-2 text-sm text-muted">
          Neither its reference nor its amount says which days it is the money of.
        </p>
      )}
      <ul aria-label="Suggestions" className="text-sm tabular-nums">
        {suggestions.map((suggestion, index) => (
          <li
            key={suggestion.days.map(({ day }) => day).join()}
            className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2 last:border-b-0"
          >
            <div className="min-w-0 flex-1 basis-56">
              <span className="font-medium">
                {daysText(
                  suggestion.days.map(({ day }) => day),
                  line.bookedOn,
                )}
              </span>
              <span className="ml-2 text-xs text-faint">{suggestion.score} of 100</span>
              <span className="block text-xs text-muted">{suggestion.why}</span>
            </div>
            <Amount cents={suggestion.days.reduce((sum, day) => sum + day.arrivedCents, 0)} />
            <GuardedButton
              block={block}
              variant={index === 0 ? 'primary' : 'secondary'}
              pending={match.isPending}
              aria-label={`Match with ${daysText(
                suggestion.days.map(({ day }) => day),
                line.bookedOn,
              )}`}
              onClick={() => take(suggestion)}
            >
              Match
            </GuardedButton>
          </li>
        ))}
      </ul>
      <div className="pt-2">
        {isChoosing ? (
          <MatchDays
            line={line}
            others={waiting.filter(({ accountId }) => accountId === line.accountId)}
            days={days}
            isPending={match.isPending}
            onMatch={match.mutate}
          />
        ) : (
          <Button onClick={() => setChoosing(true)}>Choose days</Button>
        )}
      </div>
      <FaultLine error={match.error} />
    </Section>
  )
}

interface MatchLineProps {
  readonly detail: BankLineDetail
  readonly onNext: (id: number) => void
}

import { useState } from 'react'
import type { MatchInput } from '@desk/shared/settlements/bank-input'
import type { BankLine } from '@desk/shared/settlements/bank-statements'
import type { OpenDay } from '@desk/shared/settlements/suggest-matches'
import { usePermissionBlock } from '../app/permission.ts'
import { Amount } from '../ui/amount.tsx'
import { shortDay } from '../ui/business-day.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { TextField } from '../ui/text-field.tsx'
import { lineTitle } from './bank-words.ts'
import { partsOfLines } from './parts-of-lines.ts'

/**
 * Days of one's own choice for a line, alone or together with others that wait, each with what it still lacks:
 * they share what the lines bring by that.
 */
export function MatchDays({ line, others, days, isPending, onMatch }: MatchDaysProps) {
  const block = usePermissionBlock('settlements:match')
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [reason, setReason] = useState('')
  const [added, setAdded] = useState<ReadonlySet<number>>(new Set())
  const lines = [line, ...others.filter(({ id }) => added.has(id))]
  const parts = partsOfLines(
    worthOf(lines),
    days.filter(({ day }) => picked.has(day)),
  )
  const missing =
    parts.length === 0
      ? 'Choose the days it is the money of.'
      : reason.trim() === ''
        ? 'Say why.'
        : null
  return (
    <form
      aria-label="Choose days"
      onSubmit={(event) => {
        event.preventDefault()
        if (missing !== null || isPending) return
        onMatch({ lines: lines.map(({ id }) => id), days: parts, reason })
      }}
    >
      <fieldset className="max-h-64 overflow-y-auto rounded-md border border-line px-3 py-1">
        <legend className="sr-only">Business days</legend>
        {days.map(({ day, expectedCents, accountedCents }) => (
          <div
            key={day}
            className="flex items-baseline justify-between gap-3 py-1 text-sm tabular-nums"
          >
            <Checkbox
              label={shortDay(day, true)}
              checked={picked.has(day)}
              onChange={() => setPicked(toggled(picked, day))}
            />
            <span className="text-right text-xs text-muted">
              <Amount cents={expectedCents - accountedCents} /> open of{' '}
              <Amount cents={expectedCents} />
            </span>
          </div>
        ))}
      </fieldset>
      {others.length > 0 && (
        <details className="pt-2 text-sm">
          <summary className="text-muted hover:text-text">
            Together with other lines
            {added.size > 0 && (
              <>
                {`: ${lines.length} lines, `}
                <Amount cents={total(lines)} currency={line.currency} />
              </>
            )}
          </summary>
          <fieldset className="mt-1 max-h-64 overflow-y-auto rounded-md border border-line px-3 py-1">
            <legend className="sr-only">Other lines that wait</legend>
            {others.map((other) => (
              <div
                key={other.id}
                className="flex items-baseline justify-between gap-3 py-1 tabular-nums"
              >
                <Checkbox
                  label={`${shortDay(other.bookedOn, true)}, ${lineTitle(other)}`}
                  checked={added.has(other.id)}
                  onChange={() => setAdded(toggled(added, other.id))}
                />
                <span className="text-right text-xs text-muted">
                  <Amount
                    cents={other.amountMinor - other.matchedMinor}
                    currency={other.currency}
                  />
                </span>
              </div>
            ))}
          </fieldset>
        </details>
      )}
      {parts.length > 0 && (
        <ul aria-label="What each day gets" className="pt-2 text-sm tabular-nums">
          {parts.map(({ day, arrivedCents }) => (
            <li key={day} className="flex justify-between gap-3">
              {shortDay(day, true)} gets <Amount cents={arrivedCents} />
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-col gap-2 pt-2">
        <TextField
          label="Why"
          value={reason}
          maxLength={500}
          onChange={({ target }) => setReason(target.value)}
          hint="Kept with the match, with your name."
        />
        <GuardedButton type="submit" block={block ?? missing} pending={isPending} variant="primary">
          Match by hand
        </GuardedButton>
      </div>
    </form>
  )
}

interface MatchDaysProps {
  readonly line: BankLine
  /** Lines of the same account that wait, too. */
  readonly others: readonly BankLine[]
  readonly days: readonly OpenDay[]
  readonly isPending: boolean
  readonly onMatch: (match: MatchInput) => void
}

/** What lines are worth together, in cents of a dollar; null where one does not say. */
function worthOf(lines: readonly BankLine[]): number | null {
  const worths = lines.map(({ worthCents }) => worthCents)
  return worths.reduce<number | null>(
    (sum, worth) => (sum === null || worth === null ? null : sum + worth),
    0,
  )
}

function total(lines: readonly BankLine[]): number {
  return lines.reduce((sum, { amountMinor, matchedMinor }) => sum + amountMinor - matchedMinor, 0)
}

function toggled<T>(chosen: ReadonlySet<T>, one: T): ReadonlySet<T> {
  return chosen.has(one)
    ? new Set([...chosen].filter((other) => other !== one))
    : new Set([...chosen, one])
}

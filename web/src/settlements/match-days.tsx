import { useState } from 'react'
import type { BankLine } from '@desk/shared/settlements/bank-statements'
import type { OpenDay } from '@desk/shared/settlements/suggest-matches'
import { usePermissionBlock } from '../app/permission.ts'
import { Amount } from '../ui/amount.tsx'
import { shortDay } from '../ui/business-day.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { TextField } from '../ui/text-field.tsx'
import { partsOfLine } from './parts-of-line.ts'

/** Days of one's own choice for a line, each with what it still lacks; they share the line by that. */
export function MatchDays({ line, days, isPending, onMatch }: MatchDaysProps) {
  const block = usePermissionBlock('settlements:match')
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [reason, setReason] = useState('')
  const parts = partsOfLine(
    line,
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
        if (missing === null && !isPending) onMatch(parts, reason)
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
              onChange={(isPicked) => {
                const next = new Set(picked)
                if (isPicked) next.add(day)
                else next.delete(day)
                setPicked(next)
              }}
            />
            <span className="text-right text-xs text-muted">
              <Amount cents={expectedCents - accountedCents} /> open of{' '}
              <Amount cents={expectedCents} />
            </span>
          </div>
        ))}
      </fieldset>
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
  readonly days: readonly OpenDay[]
  readonly isPending: boolean
  readonly onMatch: (
    days: readonly { readonly day: string; readonly arrivedCents: number }[],
    reason: string,
  ) => void
}

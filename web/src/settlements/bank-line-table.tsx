import { Link } from '@tanstack/react-router'
import { businessDayOf } from '@desk/shared/time/business-day'
import type { BankLine } from '@desk/shared/settlements/bank-statements'
import { Amount } from '../ui/amount.tsx'
import { Badge } from '../ui/badge.tsx'
import { shortDay } from '../ui/business-day.ts'
import { useBusinessDay } from '../ui/business-day-rule.tsx'
import { useNow } from '../ui/now.ts'
import { ScrollSideways } from '../ui/scroll-sideways.tsx'
import { ageText, lineTitle, stateWords } from './bank-words.ts'

/** Bank lines, each of which opens. */
export function BankLineTable({ lines, openId }: BankLineTableProps) {
  const rule = useBusinessDay()
  const today = useNow((nowMs) => businessDayOf(nowMs, rule))
  return (
    <ScrollSideways label="Bank lines">
      <table className="w-full text-sm tabular-nums">
        <caption className="sr-only">Bank lines</caption>
        <thead>
          <tr className="text-xs text-faint">
            <th scope="col" className="h-9 px-4 text-left font-medium">
              Reference
            </th>
            <th scope="col" className="h-9 px-3 text-left font-medium max-md:hidden">
              From or to
            </th>
            <th scope="col" className="h-9 px-3 text-left font-medium max-md:hidden">
              Booked
            </th>
            <th scope="col" className="h-9 px-3 text-left font-medium max-md:hidden">
              State
            </th>
            <th scope="col" className="h-9 px-4 text-right font-medium">
              Amount
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Row key={line.id} line={line} today={today} isOpen={line.id === openId} />
          ))}
        </tbody>
      </table>
    </ScrollSideways>
  )
}

interface BankLineTableProps {
  readonly lines: readonly BankLine[]
  /** The line whose panel is open. */
  readonly openId: number
}

function Row({ line, today, isOpen }: RowProps) {
  const { word, tone } = stateWords[line.state]
  const booked = shortDay(line.bookedOn, line.bookedOn.slice(0, 4) === today.slice(0, 4))
  return (
    <tr className={`relative border-t border-line hover:bg-hover ${isOpen ? 'bg-selected' : ''}`}>
      <th scope="row" className="px-4 py-2 text-left font-normal">
        <Link
          to="/settlements/bank"
          search={(search) => ({ ...search, line: String(line.id) })}
          resetScroll={false}
          aria-current={isOpen || undefined}
          className="block font-medium wrap-anywhere after:absolute after:inset-0 hover:underline"
        >
          {lineTitle(line)}
        </Link>
        <span className="block truncate text-xs text-faint md:hidden">
          {booked} · {word}
        </span>
      </th>
      <td className="max-w-60 truncate px-3 py-2 max-md:hidden">{line.counterparty}</td>
      <td className="px-3 py-2 whitespace-nowrap max-md:hidden">
        {booked}
        {line.state === 'open' && (
          <span className="ml-1.5 text-xs text-faint">{ageText(line.bookedOn, today)}</span>
        )}
      </td>
      <td className="px-3 py-2 max-md:hidden">
        <Badge tone={tone}>{word}</Badge>
      </td>
      <td className="px-4 py-2 text-right">
        <Amount cents={line.amountMinor} currency={line.currency} />
      </td>
    </tr>
  )
}

interface RowProps {
  readonly line: BankLine
  readonly today: string
  readonly isOpen: boolean
}

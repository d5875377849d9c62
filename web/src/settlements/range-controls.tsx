import { Link, useNavigate } from '@tanstack/react-router'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { buttonClass } from '../ui/button.tsx'
import { Popover } from '../ui/popover.tsx'
import { daysText, presetNames, presetRange } from '../ui/date-presets.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { monthName, monthOf, type ShownDays } from './settlements-address.ts'

const DateRange = lazy(async () => ({ default: (await import('../ui/date-range.tsx')).DateRange }))

/** Month by month, or any days; what is chosen is in the address. */
export function RangeControls({ shown, today }: RangeControlsProps) {
  const navigate = useNavigate()
  const month = monthOf(shown.to)
  const before = monthOf(shown.from, -1)
  const after = monthOf(shown.to, 1)
  const isMonth = shown.from === month.from && (shown.to === month.to || shown.to === today)
  const isLast = after.from > today
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <Link
        to="/settlements"
        search={before}
        aria-label={`To ${monthName(before.from)}`}
        className={buttonClass({})}
      >
        <ChevronLeft aria-hidden className="size-4" />
      </Link>
      <Popover
        label="Days"
        className={`${buttonClass({})} min-w-40`}
        button={isMonth ? monthName(shown.from) : daysText(shown, today)}
      >
        {(close) => (
          <Suspense fallback={<Skeleton className="m-3 h-72 w-72" />}>
            <DateRange
              value={shown}
              today={today}
              presets={presetNames.map((name) => ({ name, days: presetRange(name, today) }))}
              onChange={({ from, to }, preset) => {
                void navigate({
                  to: '/settlements',
                  search: { ...(from !== null && { from }), ...(to !== null && { to }) },
                })
                if (preset !== null) close()
              }}
            />
          </Suspense>
        )}
      </Popover>
      {isLast ? (
        <span aria-hidden className={`${buttonClass({})} opacity-50`}>
          <ChevronRight className="size-4" />
        </span>
      ) : (
        <Link
          to="/settlements"
          search={{ from: after.from, to: after.to > today ? today : after.to }}
          aria-label={`To ${monthName(after.from)}`}
          className={buttonClass({})}
        >
          <ChevronRight aria-hidden className="size-4" />
        </Link>
      )}
    </div>
  )
}

interface RangeControlsProps {
  readonly shown: ShownDays
  /** The business day it is now. */
  readonly today: string
}

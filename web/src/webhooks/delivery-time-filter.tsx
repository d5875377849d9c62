import { lazy, Suspense, useState } from 'react'
import { deliveryQuery, type DeliveryQuery } from '@desk/shared/webhooks/delivery-query'
import { Button } from '../ui/button.tsx'
import { useBusinessDay } from '../ui/business-day-rule.tsx'
import { presetNames, presetRange } from '../ui/date-presets.ts'
import { textIn } from '../ui/form-text.ts'
import { zoneName } from '../ui/moment-text.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { TextField } from '../ui/text-field.tsx'
import { without } from './webhooks-search.ts'

const DateRange = lazy(async () => ({ default: (await import('../ui/date-range.tsx')).DateRange }))

/** Whole days by the calendar, or from one minute to another. */
export function DeliveryTimeFilter({ query, today, onChange, onDone }: DeliveryTimeFilterProps) {
  const change = ({ from, to }: Ends) =>
    onChange({
      ...without(query, 'from', 'to'),
      ...(from !== null && { from }),
      ...(to !== null && { to }),
    })
  return (
    <Suspense fallback={<Skeleton className="m-3 h-72 w-96 max-w-full" />}>
      <DateRange
        value={{ from: query.from?.slice(0, 10) ?? null, to: query.to?.slice(0, 10) ?? null }}
        today={today}
        presets={presetNames.map((name) => ({
          name: name.slice(0, 1).toUpperCase() + name.slice(1),
          days: presetRange(name, today),
        }))}
        onChange={(days, by) => {
          change(days)
          if (by === 'preset') onDone()
        }}
      />
      <Minutes
        key={`${query.from}/${query.to}`}
        query={query}
        onPick={(ends) => {
          change(ends)
          onDone()
        }}
      />
    </Suspense>
  )
}

interface DeliveryTimeFilterProps {
  readonly query: DeliveryQuery
  readonly today: string
  readonly onChange: (query: DeliveryQuery) => void
  /** Called when a choice completes the filter, so that its panel may go. */
  readonly onDone: () => void
}

/** Both included; null is open. */
interface Ends {
  readonly from: string | null
  readonly to: string | null
}

interface MinutesProps {
  readonly query: DeliveryQuery
  readonly onPick: (ends: Ends) => void
}

function Minutes({ query, onPick }: MinutesProps) {
  const rule = useBusinessDay()
  const [fault, setFault] = useState<string>()
  const pick = (form: FormData) => {
    const from = textIn(form, 'from') || null
    const to = textIn(form, 'to') || null
    const read = deliveryQuery.safeParse({ ...(from && { from }), ...(to && { to }) })
    if (!read.success) return setFault('Choose a day and a time.')
    if (from !== null && to !== null && from > to) return setFault('It ends before it begins.')
    onPick({ from, to })
  }
  return (
    <form
      aria-label="To the minute"
      className="grid grid-cols-2 gap-3 border-t border-line p-3 max-md:grid-cols-1"
      onSubmit={(event) => {
        event.preventDefault()
        pick(new FormData(event.currentTarget))
      }}
    >
      <TextField
        label="From"
        name="from"
        type="datetime-local"
        defaultValue={clockOf(query.from, '00:00')}
        hint={`${zoneName(rule.zone)} time.`}
      />
      <TextField
        label="To"
        name="to"
        type="datetime-local"
        defaultValue={clockOf(query.to, '23:59')}
        hint="This minute included."
        error={fault}
      />
      <Button type="submit" className="col-span-full justify-self-start">
        Apply
      </Button>
    </form>
  )
}

/** A day begins and ends at these times. */
function clockOf(end: string | undefined, time: string): string | undefined {
  return end === undefined || end.includes('T') ? end : `${end}T${time}`
}

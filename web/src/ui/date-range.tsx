import { ChevronDown, ChevronLeft, ChevronRight, ChevronUp } from 'lucide-react'
import { type DateRange as PickedRange, DayPicker } from 'react-day-picker'
import { enGB } from 'react-day-picker/locale'

/** Calendar days as `YYYY-MM-DD`, both included; null is open. */
export interface Days {
  readonly from: string | null
  readonly to: string | null
}

/** Presets beside a calendar. Days are those of no particular clock: what is clicked is what is meant. */
export function DateRange({ value, preset, today, presets, onChange }: DateRangeProps) {
  const selected: PickedRange | undefined = value.from
    ? { from: localDate(value.from), to: value.to ? localDate(value.to) : undefined }
    : undefined
  return (
    <div className="flex max-md:flex-col">
      <div className="flex w-36 flex-col border-line p-1 max-md:w-full max-md:flex-row max-md:flex-wrap max-md:border-b md:border-r">
        {presets.map(({ name, days }) => (
          <button
            key={name}
            type="button"
            aria-pressed={
              preset === undefined
                ? days.from === value.from && days.to === value.to
                : name === preset
            }
            onClick={() => onChange(days, name)}
            className="h-8 rounded-md px-2 text-left text-sm hover:bg-hover aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent max-md:h-11 max-md:px-3"
          >
            {name}
          </button>
        ))}
      </div>
      <DayPicker
        mode="range"
        locale={enGB}
        selected={selected}
        onSelect={(range) =>
          onChange(
            {
              from: range?.from ? isoDay(range.from) : null,
              to: range?.to ? isoDay(range.to) : null,
            },
            null,
          )
        }
        defaultMonth={localDate(value.to ?? value.from ?? today)}
        today={localDate(today)}
        disabled={{ after: localDate(today) }}
        showOutsideDays
        components={{ Chevron }}
        classNames={looks}
      />
    </div>
  )
}

interface DateRangeProps {
  readonly value: Days
  /** The name of the chosen preset where presets move along and fixed days are no preset, null for none. */
  readonly preset?: string | null
  /** The business day it is now. */
  readonly today: string
  readonly presets: readonly { readonly name: string; readonly days: Days }[]
  /** With the name of the preset that was chosen, null for days of the calendar. */
  readonly onChange: (days: Days, preset: string | null) => void
}

const chevrons = {
  left: ChevronLeft,
  right: ChevronRight,
  up: ChevronUp,
  down: ChevronDown,
} as const

function Chevron({ orientation = 'right' }: { readonly orientation?: keyof typeof chevrons }) {
  const Icon = chevrons[orientation]
  return <Icon aria-hidden className="size-4" />
}

const looks = {
  root: 'relative p-3 max-md:w-full',
  months: 'relative',
  month_caption: 'flex h-8 items-center px-2 text-sm font-semibold',
  nav: 'absolute top-0 right-0 z-10 flex gap-1',
  button_previous:
    'inline-grid size-8 place-items-center rounded-md text-muted hover:bg-hover aria-disabled:opacity-40',
  button_next:
    'inline-grid size-8 place-items-center rounded-md text-muted hover:bg-hover aria-disabled:opacity-40',
  month_grid: 'mt-1 border-collapse max-md:w-full',
  weekday: 'size-9 text-xs font-medium text-faint',
  day: 'size-9 p-0 max-md:h-11 max-md:w-[14.28%] text-center text-sm tabular-nums',
  day_button:
    'size-9 rounded-md max-md:h-11 max-md:w-full hover:bg-hover disabled:cursor-default disabled:hover:bg-transparent',
  outside: 'text-faint',
  disabled: 'text-faint opacity-50',
  today: 'font-semibold text-accent',
  range_start: 'rounded-l-md bg-accent-soft [&>button]:bg-accent [&>button]:text-on-accent',
  range_middle: 'bg-accent-soft',
  range_end: 'rounded-r-md bg-accent-soft [&>button]:bg-accent [&>button]:text-on-accent',
} as const

/** Noon, so that no clock change of the browser's own zone can move it to another day. */
function localDate(day: string): Date {
  return new Date(`${day}T12:00:00`)
}

function isoDay(date: Date): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

import { useNavigate } from '@tanstack/react-router'
import { ArrowDown, ArrowUp, History } from 'lucide-react'
import { useRef } from 'react'
import {
  type PaymentColumn,
  paymentColumns,
  REQUIRED_COLUMN,
  usualColumns,
} from '@desk/shared/payments/payment-column'
import {
  COLUMN_WIDTH_MAX,
  COLUMN_WIDTH_MIN,
  type Density,
  type ListLook,
  type ListLookChange,
  resetChange,
  widthWithin,
} from '@desk/shared/views/list-look'
import { columnNames } from '../payments/column-names.ts'
import { announce } from '../ui/announce.tsx'
import { Button, IconButton } from '../ui/button.tsx'

const WIDTH_STEP = 8

/** Which columns the list has, in which order and how wide, and how close its rows stand. */
export function DisplayPanel({ look, columns, ...props }: DisplayPanelProps) {
  const { widthOf, onColumns, onLook, canReset } = props
  const shown = columns ?? usualColumns
  const hidden = paymentColumns.filter((column) => !shown.includes(column))
  const panel = useRef<HTMLDivElement>(null)
  const toggle = (column: PaymentColumn) =>
    onColumns(
      shown.includes(column) ? shown.filter((other) => other !== column) : [...shown, column],
    )
  const move = (column: PaymentColumn, step: 1 | -1) => {
    const from = shown.indexOf(column)
    const to = from + step
    const other = shown[to]
    if (from === -1 || other === undefined) return
    onColumns(shown.with(to, column).with(from, other))
    announce(`${columnNames[column]} is column ${to + 1} of ${shown.length}`)
    // The row has moved away from under the focus.
    requestAnimationFrame(() =>
      panel.current?.querySelector<HTMLElement>(`[data-column="${column}"] input`)?.focus(),
    )
  }
  return (
    <div ref={panel} className="w-80 max-w-[calc(100vw-24px)]">
      <fieldset className="flex items-center gap-1 border-b border-line px-3 py-2">
        <legend className="sr-only">Height of the rows</legend>
        {densities.map(({ density, name }) => (
          <label
            key={density}
            className="flex-1 cursor-pointer rounded-sm px-2 py-1 text-center text-muted hover:bg-hover has-checked:bg-accent-soft has-checked:font-medium has-checked:text-accent has-focus-visible:ring-2 has-focus-visible:ring-focus"
          >
            <input
              type="radio"
              name="density"
              className="sr-only"
              checked={look.density === density}
              onChange={() => onLook({ density })}
            />
            {name}
          </label>
        ))}
      </fieldset>
      <p id="display-hint" className="px-3 pt-2 text-xs text-faint">
        Alt and an arrow key move a column. Widths are in pixels.
      </p>
      <ul className="max-h-[min(420px,56vh)] overflow-y-auto p-1" aria-label="Columns">
        {[...shown, ...hidden].map((column) => (
          <ColumnRow
            key={column}
            column={column}
            at={shown.indexOf(column)}
            count={shown.length}
            width={widthOf(column)}
            onToggle={() => toggle(column)}
            onMove={(step) => move(column, step)}
            onWidth={(width) => onLook({ widths: { [column]: width } })}
          />
        ))}
      </ul>
      <div className="flex items-center justify-between border-t border-line p-2">
        <AnotherTime />
        <Button
          disabled={!canReset}
          onClick={() => {
            onColumns(null)
            onLook(resetChange(look))
            announce('The list looks as usual')
          }}
        >
          Reset
        </Button>
      </div>
    </div>
  )
}

/** From this moment on back: the banner over the list asks for which one. */
function AnotherTime() {
  const navigate = useNavigate()
  return (
    <Button
      onClick={() =>
        void navigate({
          to: '/payments',
          search: (kept) => ({ ...kept, asOf: new Date().toISOString() }),
        })
      }
    >
      <History aria-hidden className="size-4" />
      As it was known…
    </Button>
  )
}

interface DisplayPanelProps {
  readonly look: ListLook
  /** Null for the usual ones. */
  readonly columns: readonly PaymentColumn[] | null
  /** Pixels; undefined takes what is left. */
  readonly widthOf: (column: PaymentColumn) => number | undefined
  readonly onColumns: (columns: readonly PaymentColumn[] | null) => void
  readonly onLook: (change: ListLookChange) => void
  readonly canReset: boolean
}

function ColumnRow({ column, at, count, width, ...act }: ColumnRowProps) {
  const { onToggle, onMove, onWidth } = act
  const name = columnNames[column]
  const isShown = at !== -1
  return (
    <li
      data-column={column}
      className="flex min-h-9 items-center gap-1 rounded-md pr-1 pl-2 hover:bg-hover"
    >
      <label className="flex min-w-0 flex-1 cursor-pointer items-center gap-2.5 py-1.5">
        <input
          type="checkbox"
          checked={isShown}
          disabled={column === REQUIRED_COLUMN}
          aria-describedby="display-hint"
          onChange={onToggle}
          onKeyDown={(event) => {
            if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
            event.preventDefault()
            onMove(event.key === 'ArrowUp' ? -1 : 1)
          }}
          className="size-4 flex-none accent-accent"
        />
        <span className={`truncate ${isShown ? '' : 'text-muted'}`}>{name}</span>
      </label>
      {isShown && (
        <>
          <input
            // What was dragged meanwhile is another starting value.
            key={width}
            type="number"
            aria-label={`Width of ${name}`}
            defaultValue={width}
            placeholder="Rest"
            min={COLUMN_WIDTH_MIN}
            max={COLUMN_WIDTH_MAX}
            step={WIDTH_STEP}
            onBlur={(event) => onWidth(readWidth(event.currentTarget))}
            onKeyDown={(event) => {
              if (event.key === 'Enter') onWidth(readWidth(event.currentTarget))
            }}
            className="h-7 w-16 rounded-sm border border-line-strong bg-surface px-1.5 text-right text-xs tabular-nums outline-none focus:border-focus"
          />
          <IconButton
            label={`Move ${name} to the left`}
            className="size-7!"
            disabled={at === 0}
            onClick={() => onMove(-1)}
          >
            <ArrowUp aria-hidden className="size-3.5" />
          </IconButton>
          <IconButton
            label={`Move ${name} to the right`}
            className="size-7!"
            disabled={at === count - 1}
            onClick={() => onMove(1)}
          >
            <ArrowDown aria-hidden className="size-3.5" />
          </IconButton>
        </>
      )}
    </li>
  )
}

interface ColumnRowProps {
  readonly column: PaymentColumn
  /** Its place among those that are shown; −1 where it is not. */
  readonly at: number
  readonly count: number
  readonly width: number | undefined
  readonly onToggle: () => void
  readonly onMove: (step: 1 | -1) => void
  readonly onWidth: (width: number | null) => void
}

/** Nothing typed is the usual width. */
function readWidth({ valueAsNumber }: HTMLInputElement): number | null {
  return Number.isNaN(valueAsNumber) ? null : widthWithin(valueAsNumber)
}

const densities = [
  { density: 'comfortable', name: 'Comfortable' },
  { density: 'compact', name: 'Compact' },
] as const satisfies readonly { density: Density; name: string }[]

import { type ReactNode, useId, useRef, useState } from 'react'
import { Button } from '../button.tsx'
import { ChartDownloads } from './chart-downloads.tsx'
import type { ChartFileRows } from './chart-file.ts'

/**
 * What every chart stands in: its name, what it says in one line, its colours in words, and behind a button
 * the same figures as a table.
 */
export function ChartFrame({ title, summary, legend, table, ...more }: ChartFrameProps) {
  const { file, children } = more
  const [isTable, setTable] = useState(false)
  const name = useId()
  const frame = useRef<HTMLElement>(null)
  return (
    <section
      ref={frame}
      aria-labelledby={name}
      className="min-w-0 rounded-lg border border-line bg-surface"
    >
      <div className="flex flex-wrap items-start gap-x-4 px-4 pt-3">
        <div className="min-w-0 flex-1 basis-48">
          <h2 id={name} className="text-sm font-semibold">
            {title}
          </h2>
          {summary !== undefined && <p className="text-sm text-muted tabular-nums">{summary}</p>}
        </div>
        <div className="flex flex-none flex-wrap justify-end">
          <Button variant="ghost" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
            {isTable ? 'View as chart' : 'View as table'}
          </Button>
          {file && <ChartDownloads {...file} title={title} isDrawn={!isTable} frame={frame} />}
        </div>
      </div>
      {isTable ? (
        <section
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
          tabIndex={0}
          aria-label={`${title}, as a table`}
          className="max-h-72 overflow-auto rounded-sm px-4 pt-2 pb-3"
        >
          <Twin {...table} caption={title} />
        </section>
      ) : (
        <>
          <ul className="flex flex-wrap gap-x-4 gap-y-1 px-4 pt-1 text-xs text-muted">
            {legend.map(({ label, color, isDashed = false }) => (
              <li key={label} className="flex items-center gap-1.5">
                <span
                  aria-hidden
                  className={isDashed ? 'w-3.5 border-t-2 border-dashed' : 'size-2.5 rounded-xs'}
                  style={isDashed ? { borderColor: color } : { background: color }}
                />
                {label}
              </li>
            ))}
          </ul>
          <div className="px-1 pt-2 pb-1">{children}</div>
        </>
      )}
    </section>
  )
}

interface ChartFrameProps {
  readonly title: string
  readonly summary?: ReactNode
  readonly legend: readonly {
    readonly label: string
    readonly color: string
    readonly isDashed?: boolean
  }[]
  readonly table: ChartTable
  /** The figures as plain values and the name of their file without its ending; none, no downloads. */
  readonly file?: ChartFileRows & { readonly name: string }
  readonly children: ReactNode
}

/** The figures of a chart; the first column names the row. */
interface ChartTable {
  readonly columns: readonly string[]
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[]
}

function Twin({ columns, rows, caption }: ChartTable & { readonly caption: string }) {
  return (
    <table className="w-full text-sm tabular-nums">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="border-b border-line text-xs text-faint">
          {columns.map((column, index) => (
            <th
              key={column}
              scope="col"
              className={`h-8 pr-4 font-medium whitespace-nowrap last:pr-0 ${index === 0 ? 'text-left' : 'text-right'}`}
            >
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells: [first, ...figures] }) => (
          <tr key={key} className="border-b border-line last:border-b-0">
            <th scope="row" className="h-7 pr-4 text-left font-normal whitespace-nowrap">
              {first}
            </th>
            {figures.map((figure, index) => (
              <td key={columns[index + 1]} className="pr-4 text-right last:pr-0">
                {figure}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

import { FlexRender, type Row, type RowData } from '@tanstack/react-table'
import { useMemo } from 'react'
import type { DataColumn, TableParts } from './data-table.tsx'
import { Skeleton } from './skeleton.tsx'

export const TITLE_HEIGHT = 36
const SKELETON_ROWS = 14

interface DataRowProps<T extends RowData> {
  readonly row: Row<TableParts, T>
  readonly height: number
  readonly isSelected: boolean
  readonly isPicked: boolean
  /** All columns have a width, so one without anything in it takes what is left. */
  readonly hasFiller: boolean
  readonly onOpen: (item: T) => void
}

/** The link inside is what keyboards and screen readers use; the rest of the row is a larger target for it. */
export function DataRow<T extends RowData>({ row, height, ...props }: DataRowProps<T>) {
  const { isSelected, isPicked, hasFiller, onOpen } = props
  const entries = row.getAllCells()
  // Scrolling draws the table many times a second; rows that stay in view keep their cells.
  const cells = useMemo(
    () =>
      entries.map((entry) => (
        <td
          key={entry.id}
          style={{ height }}
          className={`truncate border-b border-line px-2.5 ${entry.column.columnDef.meta?.align === 'right' ? 'text-right tabular-nums' : ''}`}
        >
          <FlexRender cell={entry} />
        </td>
      )),
    [entries, height],
  )
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the link in the row takes the keys
    <tr
      data-row={row.index}
      aria-rowindex={row.index + 2}
      aria-current={isSelected || undefined}
      onClick={(event) => {
        if (!isForSomethingElse(event.target)) onOpen(row.original)
      }}
      className={`group cursor-pointer hover:bg-hover has-[a:focus-visible]:bg-hover aria-[current]:bg-selected! ${isPicked ? 'bg-selected/60' : ''}`}
    >
      {cells}
      {hasFiller && <Filler />}
    </tr>
  )
}

function Filler() {
  // oxlint-disable-next-line jsx-a11y/control-has-associated-label -- room beside the last column, hidden from everyone
  return <td aria-hidden className="border-b border-line p-0" />
}

/** Links and buttons act for themselves, and selecting text is not a click on the row. */
function isForSomethingElse(target: EventTarget): boolean {
  const isControl = target instanceof Element && target.closest('a, button, input') !== null
  return isControl || getSelection()?.type === 'Range'
}

export function TitleRow({ title, width }: { readonly title: string; readonly width: number }) {
  return (
    <tr>
      <th
        scope="rowgroup"
        colSpan={width}
        style={{ height: TITLE_HEIGHT }}
        className="border-b border-line px-2.5 pt-2 text-left text-xs font-medium text-faint"
      >
        {title}
      </th>
    </tr>
  )
}

export function SkeletonRows<T extends RowData>(props: SkeletonRowsProps<T>) {
  const { columns, height, isTitled } = props
  return (
    <>
      {isTitled && (
        <tr aria-hidden>
          <td
            colSpan={columns.length}
            style={{ height: TITLE_HEIGHT }}
            className="border-b border-line px-2.5 pt-2"
          >
            <Skeleton className="h-3 w-24" />
          </td>
        </tr>
      )}
      {Array.from({ length: SKELETON_ROWS }, (_, row) => (
        <tr key={row} aria-hidden>
          {columns.map(({ id, meta }, index) => (
            <td key={id} style={{ height }} className="border-b border-line px-2.5">
              <Skeleton
                className={`h-3.5 ${widths[(row + index) % widths.length]} ${meta?.align === 'right' ? 'ml-auto' : ''}`}
              />
            </td>
          ))}
        </tr>
      ))}
    </>
  )
}

interface SkeletonRowsProps<T extends RowData> {
  readonly columns: readonly DataColumn<T>[]
  readonly height: number
  readonly isTitled: boolean
}

const widths = ['w-3/5', 'w-1/2', 'w-2/3', 'w-2/5'] as const

export function Spacer({ height }: { readonly height: number }) {
  return height > 0 ? (
    <tr aria-hidden>
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- room for rows out of view, hidden from everyone */}
      <td style={{ height }} />
    </tr>
  ) : null
}

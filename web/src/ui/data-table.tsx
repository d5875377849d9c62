import {
  type ColumnDef,
  metaHelper,
  type RowData,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import { useColumnWidths } from './column-widths.ts'
import { DataTableHead } from './data-table-head.tsx'
import { DataRow, SkeletonRows, Spacer, TitleRow, TITLE_HEIGHT } from './data-table-rows.tsx'
import { useShownColumns } from './shown-columns.ts'

interface ColumnLook {
  /** Pixels; the one column without a width takes what is left. */
  readonly width?: number
  /** A column of controls, not of facts: nobody makes it wider. */
  readonly isFixed?: boolean
  readonly align?: 'right'
  readonly sortable?: boolean
  /** A media query: the column gives way where the window is too narrow for it. */
  readonly shownWhen?: string
}

const tableParts = tableFeatures({ columnMeta: metaHelper<ColumnLook>() })
export type TableParts = typeof tableParts
export type DataColumn<T extends RowData> = ColumnDef<TableParts, T>

/** What stands on one line: a row of the data, or a title over those that follow. */
export type TableLine =
  | { readonly kind: 'row'; readonly index: number }
  | { readonly kind: 'title'; readonly title: string }

export interface SortState {
  readonly column: string
  readonly direction: 'ascending' | 'descending'
}

export interface DataTableHandle {
  /** Brings a row of the data into view; `focus` also moves the focus to its link. */
  readonly reveal: (index: number, focus?: 'focus') => void
  /** Back to the first row, which gets the focus once it is drawn. */
  readonly toTop: () => void
  /** Whether nobody has gone down from the first row. */
  readonly isAtTop: () => boolean
}

interface DataTableProps<T extends RowData> {
  readonly label: string
  readonly columns: DataColumn<T>[]
  readonly data: readonly T[]
  readonly lines: readonly TableLine[]
  readonly rowId: (item: T) => string
  /** Names what is listed; when that changes, reading starts at the top again. */
  readonly dataKey: string
  readonly rowHeight: number
  readonly selectedId: string | null
  readonly sort: SortState
  readonly onSort: (column: string) => void
  readonly onOpen: (item: T) => void
  /** Called while the last rows are near; more than once for the same end. */
  readonly onNearEnd: () => void
  /** After the last row: more to come, a fault, or that this is all. */
  readonly end: ReactNode
  readonly isLoading: boolean
  /** The rows answer the question before; the new answer is on its way. */
  readonly isStale: boolean
  /** Titles stand between the rows, so the first of them is part of the skeleton. */
  readonly isTitled: boolean
  readonly headless: boolean
  /** Widths that somebody gave to columns, in pixels by column. */
  readonly widths?: Readonly<Partial<Record<string, number>>>
  /** Lets people drag the edges of columns; null gives a column its usual width back. */
  readonly onWidth?: (column: string, width: number | null) => void
  /** Rows that were picked for something. */
  readonly picked?: ReadonlySet<string>
  readonly ref: Ref<DataTableHandle>
}

const HEAD_HEIGHT = 33
const END_HEIGHT = 48
const NEAR_END_LINES = 30

/** A real table of any length: only what is in view exists in the document. */
export function DataTable<T extends RowData>(props: DataTableProps<T>) {
  const { data, lines, rowId, rowHeight, isLoading } = props
  const columns = useShownColumns(props.columns)
  const scroller = useRef<HTMLDivElement>(null)
  const table = useTable({ features: tableParts, columns, data, getRowId: rowId })
  const { rows } = table.getRowModel()
  const headHeight = props.headless ? 0 : HEAD_HEIGHT
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoized by a compiler
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (lines[index]?.kind === 'title' ? TITLE_HEIGHT : rowHeight),
    // The head scrolls with the rows and stays on top of them.
    paddingStart: headHeight,
    scrollPaddingStart: headHeight,
    overscan: 12,
  })
  // The virtualizer remembers the heights it was told first.
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight])
  const sizes = useColumnWidths({ columns, widths: props.widths, onWidth: props.onWidth })
  const shown = virtualizer.getVirtualItems()
  const lastShown = shown.at(-1)?.index ?? 0
  const isNearEnd = lines.length > 0 && lastShown >= lines.length - NEAR_END_LINES
  const { onNearEnd } = props
  // The server is the outside system: more rows are asked for as the end comes near.
  useEffect(() => {
    if (isNearEnd) onNearEnd()
  }, [isNearEnd, lines.length, onNearEnd])

  const shownKey = useRef(props.dataKey)
  // The scroll position is the browser's.
  useEffect(() => {
    if (shownKey.current !== props.dataKey) scroller.current?.scrollTo({ top: 0 })
    shownKey.current = props.dataKey
  }, [props.dataKey])

  useImperativeHandle(props.ref, () => ({
    reveal: (index, focus) => {
      virtualizer.scrollToIndex(lineOfRow(lines, index), { align: 'auto' })
      if (focus && !focusRow(scroller.current, index)) {
        whenDrawn(() => focusRow(scroller.current, index))
      }
    },
    toTop: () => {
      scroller.current?.scrollTo({ top: 0 })
      whenDrawn(() => focusRow(scroller.current, 0))
    },
    isAtTop: () => (scroller.current?.scrollTop ?? 0) < 1,
  }))

  const before = (shown[0]?.start ?? headHeight) - headHeight
  const after = virtualizer.getTotalSize() - (shown.at(-1)?.end ?? 0)
  const span = columns.length + (sizes.hasFiller ? 1 : 0)
  return (
    // The scrollbar stands in the margin of the page, so that the table is as wide as what is above it.
    <div className="@container relative min-h-0 flex-1">
      <div
        ref={scroller}
        data-scroll-restoration-id="table"
        className={`absolute inset-y-0 left-0 -right-4 overflow-y-auto md:-right-6 ${props.onWidth ? 'overflow-x-auto' : 'overflow-x-hidden'}`}
      >
        <table
          aria-label={props.label}
          aria-busy={isLoading || props.isStale}
          aria-rowcount={isLoading ? -1 : data.length + 1}
          style={props.onWidth && { minWidth: sizes.least }}
          className={`w-[100cqw] table-fixed border-separate border-spacing-0 text-sm ${props.isStale ? 'opacity-60' : ''}`}
        >
          <DataTableHead
            table={table}
            sort={props.sort}
            onSort={props.onSort}
            headless={props.headless}
            sizes={sizes}
          />
          <tbody>
            {isLoading && (
              <SkeletonRows columns={columns} height={rowHeight} isTitled={props.isTitled} />
            )}
            {!isLoading && <Spacer height={before} />}
            {!isLoading &&
              shown.map(({ index, key }) => {
                const line = lines[index]
                if (!line) return null
                if (line.kind === 'title') return <TitleRow key={key} {...line} width={span} />
                const row = rows[line.index]
                if (!row) return null
                return (
                  <DataRow
                    key={row.id}
                    row={row}
                    height={rowHeight}
                    isSelected={row.id === props.selectedId}
                    isPicked={props.picked?.has(row.id) ?? false}
                    hasFiller={sizes.hasFiller}
                    onOpen={props.onOpen}
                  />
                )
              })}
            {!isLoading && <Spacer height={after} />}
            {!isLoading && data.length > 0 && (
              <tr>
                <td colSpan={span} style={{ height: END_HEIGHT }} className="px-2.5 text-faint">
                  {props.end}
                </td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
    </div>
  )
}

function lineOfRow(lines: readonly TableLine[], index: number): number {
  return lines.findIndex((line) => line.kind === 'row' && line.index === index)
}

function whenDrawn(action: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(action))
}

/** False while the row is out of view and therefore not drawn. */
function focusRow(scroller: HTMLElement | null, index: number): boolean {
  const link = scroller?.querySelector<HTMLElement>(`[data-row="${index}"] a`)
  link?.focus({ preventScroll: true })
  return Boolean(link)
}
